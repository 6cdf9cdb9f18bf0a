public import Units

/// A position that may be closed against somebody else's bankruptcy.
public struct Deleverable: Equatable, Sendable {
    /// Long above zero, short below.
    public var size: Int256
    /// Unrealised, and what the position is worth without a sign, in cash.
    public var profit: Int256
    public var notional: UInt256
    /// What stands behind it, in cash.
    public var equity: UInt256

    public init(size: Int256, profit: Int256, notional: UInt256, equity: UInt256) {
        self.size = size
        self.profit = profit
        self.notional = notional
        self.equity = equity
    }
}

/// Auto-deleveraging: the positions that win most with most leverage are closed first, at the bankrupt account's price.
///
/// Rank: profit / notional · notional / equity, which is profit / equity (for losers, who come last, leverage counts the other
/// way: profit · equity). Compared as fractions, never divided. Equal ranks stay in the order given.
public enum DeleveragingQueue {
    /// Whether one comes before another.
    public static func precedes(_ a: Deleverable, _ b: Deleverable) -> Bool {
        guard a.profit.isNegative == b.profit.isNegative else { return b.profit.isNegative }
        // A position with nothing behind it counts as one with a unit: a rank of nothing over nothing would equal all others.
        let (behindA, behindB) = (max(a.equity, 1), max(b.equity, 1))
        let isLosing = a.profit.isNegative
        let left = (isLosing ? b : a).profit.magnitude.multipliedFullWidth(by: behindB)
        let right = (isLosing ? a : b).profit.magnitude.multipliedFullWidth(by: behindA)
        return left.high != right.high ? left.high > right.high : left.low > right.low
    }

    /// Closes a bankrupt position against the queue, in order of rank: hands over each position's index, size and cash. The
    /// sizes add up to what was closed, the cash to what that is worth at the price: the last unit is nobody's gain.
    ///
    /// - Parameters:
    ///   - positions: those of the same market, at most `positionsMax`.
    ///   - cash: what closing all of `size` moves, without a sign.
    /// - Returns: the size that nobody was found for.
    public static func close(
        _ size: Int256, for cash: UInt256, against positions: Span<Deleverable>,
        _ take: (Int, UInt256, UInt256) -> Void
    ) -> UInt256 {
        precondition(positions.count <= positionsMax, "Condition: a bounded queue")
        var left = size.magnitude
        var closed = UInt256.zero
        var paid = UInt256.zero
        var last: Int?
        while !left.isZero, let next = following(last, opposite: size, positions) {
            last = next
            let part = min(left, positions[next].size.magnitude)
            (left, closed) = (left - part, closed + part)
            let due = cash.multiplied(by: closed, dividedRoundingDownBy: size.magnitude) ?? paid
            take(next, part, due - paid)
            paid = due
        }
        return left
    }

    /// The best of those on the other side that come after `last`.
    private static func following(_ last: Int?, opposite size: Int256, _ positions: Span<Deleverable>) -> Int? {
        var best: Int?
        for i in positions.indices {
            let candidate = positions[i]
            guard !candidate.size.isZero, candidate.size.isNegative != size.isNegative, isAfter(last, i, positions)
            else { continue }
            if let known = best, !precedes(candidate, positions[known]) { continue }
            best = i
        }
        return best
    }

    private static func isAfter(_ last: Int?, _ i: Int, _ positions: Span<Deleverable>) -> Bool {
        guard let last else { return true }
        if precedes(positions[last], positions[i]) { return true }
        return !precedes(positions[i], positions[last]) && i > last
    }

    public static let positionsMax = 1_024
}
