/// An instant: nanoseconds since 1970, UTC. Time is an input; nothing in the core asks a clock.
///
/// | expression | result |
/// |---|---|
/// | `later - earlier` | `Interval` |
/// | `moment + span` | `Moment` |
public struct Moment: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static let start = Moment(nanoseconds: 0)

    @inlinable public static func < (a: Moment, b: Moment) -> Bool { a.nanoseconds < b.nanoseconds }
    @inlinable public static func - (a: Moment, b: Moment) -> Interval {
        Interval(nanoseconds: a.nanoseconds - b.nanoseconds)
    }
    @inlinable public static func + (a: Moment, b: Interval) -> Moment {
        Moment(nanoseconds: a.nanoseconds + b.nanoseconds)
    }
}

/// A length of time in nanoseconds.
public struct Interval: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    @inlinable public static func seconds(_ count: Int64) -> Interval {
        Interval(nanoseconds: count * 1_000_000_000)
    }
    @inlinable public static func milliseconds(_ count: Int64) -> Interval {
        Interval(nanoseconds: count * 1_000_000)
    }
    @inlinable public static func < (a: Interval, b: Interval) -> Bool { a.nanoseconds < b.nanoseconds }
}

/// The height of a block.
public struct BlockNumber: Hashable, Comparable, Sendable {
    public var height: UInt64

    @inlinable
    public init(_ height: UInt64) {
        self.height = height
    }

    @inlinable public static func < (a: BlockNumber, b: BlockNumber) -> Bool { a.height < b.height }
    @inlinable public static func + (a: BlockNumber, blocks: UInt64) -> BlockNumber {
        BlockNumber(a.height + blocks)
    }
}
