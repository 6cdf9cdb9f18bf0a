public import Units

/// The chance to win by tip as it has turned out, made monotone: who offers more does not win less often.
///
/// Outcomes fall into sixteen bins by the tip's share of the stake. Each bin counts half a win and half a loss beforehand
/// (Jeffreys), and bins against the order are pooled (pool adjacent violators, Ayer et al. 1955). Straight lines between the
/// middles of the bins; below the first and above the last the value stays.
public struct WinTable: Equatable, Sendable {
    private let bins: InlineArray<16, UInt32>

    public static let binCount = 16
    /// Basis points of the stake in a bin.
    public static let binWidth: Int64 = 625

    /// One bid that was decided: what it offered, and whether it won.
    public struct Outcome: Sendable {
        public var tip: Int64
        public var hasWon: Bool

        public init(tip: Int64, hasWon: Bool) {
            self.tip = tip
            self.hasWon = hasWon
        }
    }

    public init(_ outcomes: some Sequence<Outcome>) {
        var (wins, trials) = ([UInt64](repeating: 1, count: 16), [UInt64](repeating: 2, count: 16))
        for outcome in outcomes {
            let bin = Int(min(max(outcome.tip / Self.binWidth, 0), Int64(Self.binCount - 1)))
            trials[bin] += 2
            if outcome.hasWon { wins[bin] += 2 }
        }
        self.init(wins: wins, trials: trials)
    }

    /// A straight line from the first bin to the last; the ends are in order.
    public init(from least: BasisPoints, to most: BasisPoints) {
        precondition(least <= most && most <= .whole, "Condition: a chance does not fall with the tip")
        let (first, rise) = (UInt64(least.count) * 100_000, UInt64(most.count - least.count) * 100_000)
        bins = InlineArray { UInt32(first + rise * UInt64($0) / UInt64(Self.binCount - 1)) }
    }

    /// From chances in order, as stored; they do not descend.
    public init?(partsPerBillion: [UInt32]) {
        guard partsPerBillion.count == Self.binCount, partsPerBillion.allSatisfy({ $0 <= 1_000_000_000 }),
            zip(partsPerBillion, partsPerBillion.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        bins = InlineArray { partsPerBillion[$0] }
    }

    /// Wins of trials, sixteen bins of each with at least one trial.
    init(wins: [UInt64], trials: [UInt64]) {
        var pools: [(wins: UInt64, trials: UInt64, bins: Int)] = []
        for bin in 0..<Self.binCount {
            pools.append((wins[bin], trials[bin], 1))
            while pools.count > 1, Self.isAgainstOrder(pools[pools.count - 2], pools[pools.count - 1]) {
                let last = pools.removeLast()
                pools[pools.count - 1].wins += last.wins
                pools[pools.count - 1].trials += last.trials
                pools[pools.count - 1].bins += last.bins
            }
        }
        let flat = pools.flatMap { pool in
            Array(
                repeating: UInt32((UInt128(Chance(pool.wins, of: pool.trials).parts) * 1_000_000_000) >> 62),
                count: pool.bins)
        }
        bins = InlineArray { flat[$0] }
    }

    private static func isAgainstOrder(
        _ a: (wins: UInt64, trials: UInt64, bins: Int), _ b: (wins: UInt64, trials: UInt64, bins: Int)
    ) -> Bool { a.wins.multipliedFullWidth(by: b.trials) > b.wins.multipliedFullWidth(by: a.trials) }

    public var partsPerBillion: [UInt32] { (0..<Self.binCount).map { bins[$0] } }

    public func chance(tip: Int64) -> Chance {
        let fromFirst = tip - Self.binWidth / 2
        guard fromFirst > 0 else { return Chance(partsPerBillion: bins[0]) }
        let bin = Int(fromFirst / Self.binWidth)
        guard bin + 1 < Self.binCount else { return Chance(partsPerBillion: bins[Self.binCount - 1]) }
        let step = UInt64(bins[bin + 1] - bins[bin]) * UInt64(fromFirst % Self.binWidth) / UInt64(Self.binWidth)
        return Chance(partsPerBillion: bins[bin] + UInt32(step))
    }

    public static func == (a: WinTable, b: WinTable) -> Bool { a.partsPerBillion == b.partsPerBillion }
}
