/// Tags that a market or an account carries (a jurisdiction, a permissioned pool), a bit each. Names stay at the border.
package struct Segments: OptionSet, Hashable, BitwiseCopyable, Sendable {
    package let rawValue: UInt16

    @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// So many different tags can be told apart in one run.
    package static let countMax = 16

    package static func tag(_ number: Int) -> Segments {
        precondition(number >= 0 && number < countMax, "Condition: a tag is one of sixteen")
        return Segments(rawValue: 1 << UInt16(number))
    }
}
