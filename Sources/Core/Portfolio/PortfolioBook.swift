package import Domain

/// An account of a market with options, decoded: whole units, money in the market's base units.
package struct PortfolioBook<Q: Quantity>: Sendable {
    /// The balance's value; below zero when it is owed.
    package var cash = Q(0)
    package var underlyings: ContiguousArray<UnderlyingBook<Q>> = []
    /// What moves the account, and how far the box reaches, by the position of the variable.
    package var factors: ContiguousArray<FactorIndex> = []
    package var halfWidths: ContiguousArray<Double> = []
    /// The sum of what every leg is worth without its sign: what rounding is relative to.
    package var gross = 0.0

    /// What the account would fetch at the marks; values every option.
    package var equity: Q { underlyings.reduce(cash) { $0 + $1.worth } }
}

/// Everything of an account that moves with one underlying.
package struct UnderlyingBook<Q: Quantity>: Sendable {
    package let instrument: ReserveIndex
    package let spot: Q
    /// Of the underlying itself, whole units; below zero when it is owed.
    package var base = 0.0
    /// The share of the base's value that counts, where the market has said so.
    package var baseWeight: Double?
    package var futures: ContiguousArray<FutureHolding<Q>> = []
    package var expiries: ContiguousArray<ExpiryBook<Q>> = []

    package var worth: Q {
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
package struct FutureHolding<Q: Quantity>: Sendable {
    package let price: Q
    /// Whole units; below zero when short.
    package let size: Double
    /// size · price − what it was entered for − funding owed.
    package let worth: Q
    /// Shares of the notional, where the market has said so.
    package let requirement: FutureRequirement?
}

/// `initial_margin` and `maintenance_margin` of a future.
package struct FutureRequirement: Equatable, Sendable {
    package var initial: Double
    package var maintenance: Double

    package init(initial: Double, maintenance: Double) {
        self.initial = initial
        self.maintenance = maintenance
    }
}

/// The options of one expiry.
package struct ExpiryBook<Q: Quantity>: Sendable {
    package let instrument: ReserveIndex
    package let forward: Q
    package let years: Q
    /// Held while the form holds: another rate weighs everybody anew.
    package let rate: Double
    package let discount: Q
    package var options: ContiguousArray<OptionHolding<Q>> = []

    /// The options' value at the marks, worked out anew each time.
    package var mark: Q { Q.revalued(self, under: .still)[0] }

    /// One of an option.
    package func mark(of option: OptionHolding<Q>) -> Q {
        Q.option(option.contract, forward: forward, volatility: option.volatility, years: years, rate: rate)
    }
}

/// So many of one option; below zero when it is owed.
package struct OptionHolding<Q: Quantity>: Sendable {
    package let contract: OptionContract
    package let amount: Double
    package let volatility: Q
    /// ln(strike / forward).
    let moneyness: Double
}
