/// Tags that a market or an account carries (a jurisdiction, a permissioned pool), a bit each. Names stay at the border.
public struct Segments: OptionSet, Hashable, BitwiseCopyable, Sendable {
    public let rawValue: UInt16

    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// So many different tags can be told apart in one run.
    public static let countMax = 16

    public static func tag(_ number: Int) -> Segments {
        precondition(number >= 0 && number < countMax, "Condition: a tag is one of sixteen")
        return Segments(rawValue: 1 << UInt16(number))
    }
}
