package import Units

/// What is streamed of an instrument beside its price, its accrual indices and its depth.
package struct InstrumentState: Equatable, Sendable {
    /// Shared pools: Morpho's total borrow assets and shares; Liquity's total collateral and debt.
    package var totals: Totals?
    /// Cumulative funding for one unit of size, signed, in the venue's own scale.
    package var cumulativeFunding: Int128 = 0
    package var quotes = PerpetualQuotes()
    /// The volatility smile of an expiry.
    package var smile: Smile?

    package init() {}
}

/// Two totals of a shared pool.
package struct Totals: Equatable, Sendable {
    package var assets: UInt128
    package var shares: UInt128

    package init(assets: UInt128, shares: UInt128) {
        self.assets = assets
        self.shares = shares
    }
}

/// The prices of a perpetual market other than its mark: kept apart, since venues use them for different things.
package struct PerpetualQuotes: Equatable, Sendable {
    /// The spot price of the underlying by the venue's index.
    package var index: Price?
    /// By the venue's oracle, where that is another one.
    package var oracle: Price?
    /// The order book's best prices, and its last trade.
    package var bid: Price?
    package var ask: Price?
    package var last: Price?
    /// Long minus short open interest, in the size's smallest units.
    package var skew: Int128 = 0

    package init() {}
}

/// One expiry's implied volatility: at the money, and how it changes with k = ln(strike / forward).
///
/// σ(k) = atm + skew · k + curvature · k². In billionths: 800 000 000 is 80 %.
package struct Smile: Equatable, Sendable {
    package var atTheMoney: Int64
    package var skew: Int64
    package var curvature: Int64
    /// Continuously compounded, a year, in billionths.
    package var rate: Int64

    package init(atTheMoney: Int64, skew: Int64, curvature: Int64, rate: Int64) {
        self.atTheMoney = atTheMoney
        self.skew = skew
        self.curvature = curvature
        self.rate = rate
    }
}
