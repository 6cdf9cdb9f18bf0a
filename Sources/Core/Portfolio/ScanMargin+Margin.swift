/// From scenarios to the requirement: each underlying by itself, then what moving together is recognised for.
extension ScanMargin {
    func assessment<Q: Quantity>(_ requirement: Requirement, of book: PortfolioBook<Q>) -> Assessment<Q> {
        let outcomes = outcomes(of: book)
        var equity = book.cash
        for (underlying, outcome) in zip(book.underlyings, outcomes) {
            equity = equity + underlying.straightWorth + outcome.mark
        }
        let factor = requirement == .initial ? initialFactor : 1
        let margin = equity + risk(outcomes, over: book.halfWidths) * factor
        return Assessment(equity: equity, margin: margin.tightened(over: book.halfWidths))
    }

    /// The worst loss less contingencies: zero or below.
    public func risk<Q: Quantity>(of book: PortfolioBook<Q>) -> Q {
        risk(outcomes(of: book), over: book.halfWidths)
    }

    private func outcomes<Q: Quantity>(of book: PortfolioBook<Q>) -> ContiguousArray<ScanOutcome<Q>> {
        var outcomes: ContiguousArray<ScanOutcome<Q>> = []
        outcomes.reserveCapacity(book.underlyings.count)
        for underlying in book.underlyings { outcomes.append(outcome(of: underlying, over: book.halfWidths)) }
        return outcomes
    }

    private func risk<Q: Quantity>(
        _ outcomes: ContiguousArray<ScanOutcome<Q>>, over halfWidths: ContiguousArray<Double>
    ) -> Q {
        var sum = Q(0)
        for outcome in outcomes { sum = sum + outcome.worst }
        if outcomes.count > 1, joint.recognises(outcomes.count) {
            let together = worstTogether(outcomes, over: halfWidths)
            // Never below each alone: a minimum of sums is not below the sum of minimums.
            sum = sum * (1 - joint.share) + together * joint.share
        }
        for outcome in outcomes { sum = sum - outcome.contingency }
        return sum
    }

    /// The worst of the scenarios in which all underlyings move at once, for every pattern of directions that counts.
    private func worstTogether<Q: Quantity>(
        _ outcomes: ContiguousArray<ScanOutcome<Q>>, over halfWidths: ContiguousArray<Double>
    ) -> Q {
        var least = Q(0)
        for outcome in outcomes {
            least = least + Q.least(outcome.basis, outcome.shortOptionMinimum * -1)
        }
        let mirrored = mirrors
        for pattern in 0..<joint.patterns(of: outcomes.count) {
            for scenario in scenarios.indices {
                var sum = outcomes[0].profits[scenario]
                for other in 1..<outcomes.count {
                    let isOpposite = pattern >> (other - 1) & 1 == 1
                    sum = sum + outcomes[other].profits[isOpposite ? mirrored[scenario] : scenario]
                }
                least = Q.least(least, sum.tightened(over: halfWidths))
            }
        }
        return least
    }

    /// For each scenario the one with the opposite move; itself where there is none.
    private var mirrors: [Int] {
        scenarios.indices.map { position in
            let wanted = scenarios[position]
            return scenarios.firstIndex {
                $0.spot == -wanted.spot && $0.volatility == wanted.volatility && $0.weight == wanted.weight
            } ?? position
        }
    }
}

/// How far losses of several underlyings may offset each other.
///
/// Each underlying's own worst stands for moves that have nothing to do with each other. Of what the same scenarios for all
/// at once would save against their sum, `share` is granted. With `includesOpposite` the scenarios of every pattern of
/// directions count, and only what holds in all of them is saved.
public struct JointMoves: Hashable, Sendable {
    /// From 0 (no offset at all) to 1 (as one underlying).
    public var share: Double
    public var includesOpposite: Bool

    public init(share: Double, includesOpposite: Bool) {
        precondition(share >= 0 && share <= 1, "Condition: a share lies between 0 and 1")
        self.share = share
        self.includesOpposite = includesOpposite
    }

    public static let none = JointMoves(share: 0, includesOpposite: false)
    /// Above so many underlyings there are too many opposite patterns to try: then nothing is granted.
    static let underlyingsMax = 8

    func recognises(_ underlyings: Int) -> Bool {
        share > 0 && (!includesOpposite || underlyings <= Self.underlyingsMax)
    }

    func patterns(of underlyings: Int) -> Int { includesOpposite ? 1 << (underlyings - 1) : 1 }
}
