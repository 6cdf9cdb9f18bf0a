/// What the rules read of an account beside its legs.
public struct AccountTraits: Hashable, BitwiseCopyable, Sendable {
    /// The efficiency mode (or margin mode) by the venue's own number; 0 is none.
    public var category: UInt8

    @inlinable public init(category: UInt8 = 0) { self.category = category }

    public static let none = AccountTraits()
}
