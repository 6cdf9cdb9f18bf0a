/// What the rules read of an account beside its legs.
package struct AccountTraits: Hashable, BitwiseCopyable, Sendable {
    /// The efficiency mode (or margin mode) by the venue's own number; 0 is none.
    package var category: UInt8

    @inlinable package init(category: UInt8 = 0) { self.category = category }

    package static let none = AccountTraits()
}
