/// Margin by scenarios: the book revalued under every one, the worst loss, and contingencies on top.
///
/// Derive's PMRM (`mechanics.md` 8.3), Deribit's S:PM (8.6) and SPAN (8.7) are settings of it.
public struct ScanMargin: Sendable {
    public var scenarios: [Scenario]
    public var volatility: VolatilityRange
    public var discount: StaticDiscount?
    public var basis: BasisContingency?
    /// Shares of the spot for each unit, added to the worst loss.
    public var contingency: Contingency
    /// Of the spot for each short option: the worst loss counts as at least this.
    public var shortOptionMinimum: Double
    /// The initial requirement over the maintenance requirement.
    public var initialFactor: Double
    public var joint: JointMoves

    public init(
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
public struct Scenario: Hashable, Sendable {
    public enum Volatility: UInt8, Sendable, CaseIterable { case up, same, down }

    /// Relative: 0.15 is 15 % up.
    public var spot: Double
    public var volatility: Volatility
    public var weight: Double

    public init(spot: Double, _ volatility: Volatility, weight: Double = 1) {
        precondition(spot > -1 && weight > 0, "Condition: a scenario leaves a price and counts")
        self.spot = spot
        self.volatility = volatility
        self.weight = weight
    }
}

/// How far volatility moves, relative, by the time left: more for short options. factor = (30 days / time left)^power, with
/// one power below 30 days and another beyond.
public struct VolatilityRange: Hashable, Sendable {
    public var up: Double
    public var down: Double
    public var shortPower: Double
    public var longPower: Double
    /// Days; shorter ones count as this long.
    public var daysMin: Double

    public init(up: Double, down: Double, shortPower: Double, longPower: Double, daysMin: Double) {
        precondition(shortPower >= longPower && daysMin > 0, "Condition: short options move at least as much")
        self.up = up
        self.down = down
        self.shortPower = shortPower
        self.longPower = longPower
        self.daysMin = daysMin
    }

    /// With short ≥ long the larger of both powers is the right one on either side of 30 days.
    public func factor<Q: Quantity>(_ years: Q) -> Q {
        let month = 30 * PortfolioTime.daySeconds / PortfolioTime.yearSeconds
        let least = daysMin * PortfolioTime.daySeconds / PortfolioTime.yearSeconds
        let ratio = (Q.greatest(years, Q(least)).inverse * month).logarithm
        return Q.greatest((ratio * shortPower).exponential, (ratio * longPower).exponential)
    }

    public func shock<Q: Quantity>(_ volatility: Scenario.Volatility, _ factor: Q) -> Q {
        switch volatility {
        case .same: Q(1)
        case .up: Q(1) + factor * up
        case .down: Q.greatest(Q(1) - factor * down, Q(0))
        }
    }
}

/// What an expiry that is worth something counts for: base · e^(−t (max(rate, 0) · rateScale + rateAdd)).
public struct StaticDiscount: Hashable, Sendable {
    public var base: Double
    public var rateScale: Double
    public var rateAdd: Double

    public init(base: Double, rateScale: Double, rateAdd: Double) {
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
public struct BasisContingency: Hashable, Sendable {
    public var move: Double
    public var add: Double
    public var multiply: Double

    public init(move: Double, add: Double, multiply: Double) {
        self.move = move
        self.add = add
        self.multiply = multiply
    }
}

/// Shares of the spot for each unit held.
public struct Contingency: Hashable, Sendable {
    public var future: Double
    public var base: Double
    public var nakedShort: Double

    public init(future: Double, base: Double, nakedShort: Double) {
        self.future = future
        self.base = base
        self.nakedShort = nakedShort
    }
}

/// What shares are written in: parameters, not money.
public typealias ScanFraction = Double
