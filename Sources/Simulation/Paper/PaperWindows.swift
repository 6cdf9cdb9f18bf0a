public import Units

/// What our bids came to in each of several stretches of a tape: one run, several scores.
///
/// An ending counts in the stretch that its block lies in; what ends before the first in none, what ends after the last in it. Each stretch has its own
/// drawdown, from the best that it has seen. Example: `PaperWindows(2, from: first, to: last)`.
public struct PaperWindows: Equatable, Sendable {
    public private(set) var rows: ContiguousArray<Row>
    private let start: Moment
    private let length: Int64

    public static let countMax = 1_000

    public struct Row: Equatable, Sendable {
        /// Cash and gas together, gas at the prices of each ending.
        public fileprivate(set) var profit = Cash.zero
        /// Gas of bids that brought nothing, in cash; not below zero.
        public fileprivate(set) var failedGas = Cash.zero
        /// From the best that was reached, at worst; not below zero.
        public fileprivate(set) var drawdown = Cash.zero
        public fileprivate(set) var endings: UInt64 = 0
        public fileprivate(set) var won: UInt64 = 0
        fileprivate var best = Cash.zero
    }

    /// - Parameter count: 1 to `countMax`, all of one length.
    public init(_ count: Int, from first: Moment, to last: Moment) {
        precondition((1...Self.countMax).contains(count) && first <= last, "Condition: some stretches of some time")
        start = first
        length = max(1, ((last - first).nanoseconds + Int64(count)) / Int64(count))
        rows = ContiguousArray(repeating: Row(), count: count)
    }

    /// The stretch that a moment lies in.
    public func position(of moment: Moment) -> Int {
        Int(min(max((moment - start).nanoseconds / length, 0), Int64(rows.count - 1)))
    }

    /// - Parameter gas: its gas in cash, below zero.
    mutating func note(_ ending: PaperEnding, valued gas: Cash) {
        guard ending.order.party == .ours, ending.at >= start else { return }
        let position = position(of: ending.at)
        rows[position].endings += 1
        rows[position].profit += ending.cash + gas
        if ending.isSettled { rows[position].won += 1 } else { rows[position].failedGas += .zero - gas }
        rows[position].best = max(rows[position].best, rows[position].profit)
        rows[position].drawdown = max(rows[position].drawdown, rows[position].best - rows[position].profit)
    }
}
