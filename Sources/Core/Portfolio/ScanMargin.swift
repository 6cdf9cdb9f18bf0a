/// Margin by scenarios: the book revalued under every one, the worst loss, and contingencies on top.
///
/// Derive's PMRM (`mechanics.md` 8.3), Deribit's S:PM (8.6) and SPAN (8.7) are settings of it.
package struct ScanMargin: Sendable {
    package var scenarios: [Scenario]
    package var volatility: VolatilityRange
    package var discount: StaticDiscount?
    package var basis: BasisContingency?
    /// Shares of the spot for each unit, added to the worst loss.
    package var contingency: Contingency
    /// Of the spot for each short option: the worst loss counts as at least this.
    package var shortOptionMinimum: Double
    /// The initial requirement over the maintenance requirement.
    package var initialFactor: Double
    package var joint: JointMoves

    package init(
        scenarios: [Scenario], volatility: VolatilityRange, discount: StaticDiscount? = nil,
        basis: BasisContingency? = nil, contingency: Contingency, shortOptionMinimum: Double = 0,
        initialFactor: Double, joint: JointMoves = .none
    ) {
        precondition(!scenarios.isEmpty, "Condition: a grid has a scenario")
        self.scenarios = scenarios
        self.volatility = volatility
        self.discount = discount
        self.basis = basis
        self.contingency = contingency
        self.shortOptionMinimum = shortOptionMinimum
        self.initialFactor = initialFactor
        self.joint = joint
    }
}

/// One move of the market, and how much of its loss counts.
package struct Scenario: Hashable, Sendable {
    package enum Volatility: UInt8, Sendable, CaseIterable { case up, same, down }

    /// Relative: 0.15 is 15 % up.
    package var spot: Double
    package var volatility: Volatility
    package var weight: Double

    package init(spot: Double, _ volatility: Volatility, weight: Double = 1) {
        precondition(spot > -1 && weight > 0, "Condition: a scenario leaves a price and counts")
        self.spot = spot
        self.volatility = volatility
        self.weight = weight
    }
}

/// How far volatility moves, relative, by the time left: more for short options. factor = (30 days / time left)^power, with
/// one power below 30 days and another beyond.
package struct VolatilityRange: Hashable, Sendable {
    package var up: Double
    package var down: Double
    package var shortPower: Double
    package var longPower: Double
    /// Days; shorter ones count as this long.
    package var daysMin: Double

    package init(up: Double, down: Double, shortPower: Double, longPower: Double, daysMin: Double) {
        precondition(shortPower >= longPower && daysMin > 0, "Condition: short options move at least as much")
        self.up = up
        self.down = down
        self.shortPower = shortPower
        self.longPower = longPower
        self.daysMin = daysMin
    }

    /// With short ≥ long the larger of both powers is the right one on either side of 30 days.
    package func factor<Q: Quantity>(_ years: Q) -> Q {
        let month = 30 * PortfolioTime.daySeconds / PortfolioTime.yearSeconds
        let least = daysMin * PortfolioTime.daySeconds / PortfolioTime.yearSeconds
        let ratio = (Q.greatest(years, Q(least)).inverse * month).logarithm
        return Q.greatest((ratio * shortPower).exponential, (ratio * longPower).exponential)
    }

    package func shock<Q: Quantity>(_ volatility: Scenario.Volatility, _ factor: Q) -> Q {
        switch volatility {
        case .same: Q(1)
        case .up: Q(1) + factor * up
        case .down: Q.greatest(Q(1) - factor * down, Q(0))
        }
    }
}

/// What an expiry that is worth something counts for: base · e^(−t (max(rate, 0) · rateScale + rateAdd)).
package struct StaticDiscount: Hashable, Sendable {
    package var base: Double
    package var rateScale: Double
    package var rateAdd: Double

    package init(base: Double, rateScale: Double, rateAdd: Double) {
        precondition(base > 0 && base <= 1 && rateScale >= 0 && rateAdd >= 0, "Condition: a discount takes away")
        self.base = base
        self.rateScale = rateScale
        self.rateAdd = rateAdd
    }

    func share<Q: Quantity>(_ expiry: ExpiryBook<Q>) -> Q {
        (expiry.years * -(max(expiry.rate, 0) * rateScale + rateAdd)).exponential * base
    }
}

/// Expiries that move apart: each takes its worse of two small moves, times (add + multiply · years).
package struct BasisContingency: Hashable, Sendable {
    package var move: Double
    package var add: Double
    package var multiply: Double

    package init(move: Double, add: Double, multiply: Double) {
        self.move = move
        self.add = add
        self.multiply = multiply
    }
}

/// Shares of the spot for each unit held.
package struct Contingency: Hashable, Sendable {
    package var future: Double
    package var base: Double
    package var nakedShort: Double

    package init(future: Double, base: Double, nakedShort: Double) {
        self.future = future
        self.base = base
        self.nakedShort = nakedShort
    }
}

/// What shares are written in: parameters, not money.
package typealias ScanFraction = Double
