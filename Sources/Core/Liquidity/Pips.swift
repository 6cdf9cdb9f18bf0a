import Units

/// Parts per million, as Uniswap v3 and order books state their fees: `Pips(3_000)` is 0.3 %.
///
/// Invariant: below the whole.
public struct Pips: Hashable, Sendable {
    public let count: UInt32

    public init(_ count: UInt32) {
        precondition(count < Self.whole, "Condition: a fee is below the whole")
        self.count = count
    }

    public static let whole: UInt32 = 1_000_000
    public static let zero = Pips(0)

    /// What is left of a million.
    var complement: UInt256 { UInt256(UInt64(Self.whole - count)) }
    static var wholeWord: UInt256 { UInt256(UInt64(whole)) }
    var word: UInt256 { UInt256(UInt64(count)) }
}
