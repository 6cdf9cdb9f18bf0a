/// A table of chances that goes on learning: what was known at the start, and every bid that was decided since.
///
/// The start counts for so many outcomes in each of its sixteen bins. Then bins against the order are pooled, as in the table.
/// Example: a start of 20 % with a weight of 16 and four wins of four make (3.2 + 4) / 20 = 36 %.
public struct WinRecord: Equatable, Sendable {
    public private(set) var table: WinTable
    private let start: [UInt32]
    private let weight: UInt64
    public private(set) var wins = [UInt64](repeating: 0, count: WinTable.binCount)
    public private(set) var trials = [UInt64](repeating: 0, count: WinTable.binCount)

    /// Keeps products of counts within 64 bits.
    public static let weightMax: UInt32 = 10_000
    /// A bin that has seen so many learns no more.
    public static let trialsMax: UInt64 = 1_000_000

    public init(_ start: WinTable, weight: UInt32) {
        precondition((1...Self.weightMax).contains(weight), "Condition: the start counts for one outcome at least")
        table = start
        self.start = start.partsPerBillion
        self.weight = UInt64(weight)
    }

    public var outcomes: UInt64 { trials.reduce(0, +) }

    public mutating func learn(_ outcome: WinTable.Outcome) {
        let bin = Int(min(max(outcome.tip / WinTable.binWidth, 0), Int64(WinTable.binCount - 1)))
        guard trials[bin] < Self.trialsMax else { return }
        trials[bin] += 1
        if outcome.hasWon { wins[bin] += 1 }
        // In billionths of an outcome.
        table = WinTable(
            wins: (0..<WinTable.binCount).map { UInt64(start[$0]) * weight + wins[$0] * Self.billion },
            trials: (0..<WinTable.binCount).map { (weight + trials[$0]) * Self.billion })
    }

    private static let billion: UInt64 = 1_000_000_000
}
