// Dense identifiers. Names stay at the border: the core sees these, in the order in which they were first named.

/// A market: one pool of reserves under one set of rules on one chain.
public struct MarketIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt16

    @inlinable public init(_ raw: UInt16) { self.raw = raw }
    @inlinable public init(_ position: Int) { raw = UInt16(position) }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public static func < (a: MarketIndex, b: MarketIndex) -> Bool { a.raw < b.raw }
}

/// An asset listed in a market. The same token in two markets is two reserves.
public struct ReserveIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt16

    @inlinable public init(_ raw: UInt16) { self.raw = raw }
    @inlinable public init(_ position: Int) { raw = UInt16(position) }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public static func < (a: ReserveIndex, b: ReserveIndex) -> Bool { a.raw < b.raw }
}

/// An account in a market, dense from zero in order of first mention.
public struct AccountIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt32

    @inlinable public init(_ raw: UInt32) { self.raw = raw }
    @inlinable public init(_ position: Int) { raw = UInt32(position) }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public static func < (a: AccountIndex, b: AccountIndex) -> Bool { a.raw < b.raw }
}

/// An owner with several accounts, on several venues or chains.
public struct GroupIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt32

    @inlinable public init(_ raw: UInt32) { self.raw = raw }
    @inlinable public init(_ position: Int) { raw = UInt32(position) }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public static func < (a: GroupIndex, b: GroupIndex) -> Bool { a.raw < b.raw }
}

/// A stream of one publisher; at most 64, so that a set of them is one word.
public struct StreamIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt8

    @inlinable public init(_ raw: UInt8) { self.raw = raw }
    @inlinable public init(_ position: Int) { raw = UInt8(position) }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public static func < (a: StreamIndex, b: StreamIndex) -> Bool { a.raw < b.raw }
}

/// A venue's rules in the table the engine was given.
public struct RulesIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt8

    @inlinable public init(_ raw: UInt8) { self.raw = raw }
    @inlinable public init(_ position: Int) { raw = UInt8(position) }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public static func < (a: RulesIndex, b: RulesIndex) -> Bool { a.raw < b.raw }
}
