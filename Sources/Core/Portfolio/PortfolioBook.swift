public import Domain

/// An account of a market with options, decoded: whole units, money in the market's base units.
public struct PortfolioBook<Q: Quantity>: Sendable {
    /// The balance's value; below zero when it is owed.
    public var cash = Q(0)
    public var underlyings: ContiguousArray<UnderlyingBook<Q>> = []
    /// What moves the account, and how far the box reaches, by the position of the variable.
    public var factors: ContiguousArray<FactorIndex> = []
    public var halfWidths: ContiguousArray<Double> = []
    /// The sum of what every leg is worth without its sign: what rounding is relative to.
    public var gross = 0.0

    /// What the account would fetch at the marks; values every option.
    public var equity: Q { underlyings.reduce(cash) { $0 + $1.worth } }
}

/// Everything of an account that moves with one underlying.
public struct UnderlyingBook<Q: Quantity>: Sendable {
    public let instrument: ReserveIndex
    public let spot: Q
    /// Of the underlying itself, whole units; below zero when it is owed.
    public var base = 0.0
    /// The share of the base's value that counts, where the market has said so.
    public var baseWeight: Double?
    public var futures: ContiguousArray<FutureHolding<Q>> = []
    public var expiries: ContiguousArray<ExpiryBook<Q>> = []

    public var worth: Q {
        var sum = straightWorth
        for expiry in expiries { sum.add(expiry.mark, times: 1) }
        return sum
    }

    /// Without the options.
    var straightWorth: Q {
        var sum = spot * base
        for future in futures { sum.add(future.worth, times: 1) }
        return sum
    }
}

/// A perpetual or a dated future.
public struct FutureHolding<Q: Quantity>: Sendable {
    public let price: Q
    /// Whole units; below zero when short.
    public let size: Double
    /// size · price − what it was entered for − funding owed.
    public let worth: Q
    /// Shares of the notional, where the market has said so.
    public let requirement: FutureRequirement?
}

/// `initial_margin` and `maintenance_margin` of a future.
public struct FutureRequirement: Equatable, Sendable {
    public var initial: Double
    public var maintenance: Double

    public init(initial: Double, maintenance: Double) {
        self.initial = initial
        self.maintenance = maintenance
    }
}

/// The options of one expiry.
public struct ExpiryBook<Q: Quantity>: Sendable {
    public let instrument: ReserveIndex
    public let forward: Q
    public let years: Q
    /// Held while the form holds: another rate weighs everybody anew.
    public let rate: Double
    public let discount: Q
    public var options: ContiguousArray<OptionHolding<Q>> = []

    /// The options' value at the marks, worked out anew each time.
    public var mark: Q { Q.revalued(self, under: .still)[0] }

    /// One of an option.
    public func mark(of option: OptionHolding<Q>) -> Q {
        Q.option(option.contract, forward: forward, volatility: option.volatility, years: years, rate: rate)
    }
}

/// So many of one option; below zero when it is owed.
public struct OptionHolding<Q: Quantity>: Sendable {
    public let contract: OptionContract
    public let amount: Double
    public let volatility: Q
    /// ln(strike / forward).
    let moneyness: Double
}
