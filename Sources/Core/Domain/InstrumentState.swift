public import Units

/// What is streamed of an instrument beside its price, its accrual indices and its depth.
public struct InstrumentState: Equatable, Sendable {
    /// Shared pools: Morpho's total borrow assets and shares; Liquity's total collateral and debt.
    public var totals: Totals?
    /// Cumulative funding for one unit of size, signed, in the venue's own scale.
    public var cumulativeFunding: Int128 = 0
    public var quotes = PerpetualQuotes()
    /// The volatility smile of an expiry.
    public var smile: Smile?

    public init() {}
}

/// Two totals of a shared pool.
public struct Totals: Equatable, Sendable {
    public var assets: UInt128
    public var shares: UInt128

    public init(assets: UInt128, shares: UInt128) {
        self.assets = assets
        self.shares = shares
    }
}

/// The prices of a perpetual market other than its mark: kept apart, since venues use them for different things.
public struct PerpetualQuotes: Equatable, Sendable {
    /// The spot price of the underlying by the venue's index.
    public var index: Price?
    /// By the venue's oracle, where that is another one.
    public var oracle: Price?
    /// The order book's best prices, and its last trade.
    public var bid: Price?
    public var ask: Price?
    public var last: Price?
    /// Long minus short open interest, in the size's smallest units.
    public var skew: Int128 = 0

    public init() {}
}

/// One expiry's implied volatility: at the money, and how it changes with k = ln(strike / forward).
///
/// σ(k) = atm + skew · k + curvature · k². In billionths: 800 000 000 is 80 %.
public struct Smile: Equatable, Sendable {
    public var atTheMoney: Int64
    public var skew: Int64
    public var curvature: Int64
    /// Continuously compounded, a year, in billionths.
    public var rate: Int64

    public init(atTheMoney: Int64, skew: Int64, curvature: Int64, rate: Int64) {
        self.atTheMoney = atTheMoney
        self.skew = skew
        self.curvature = curvature
        self.rate = rate
    }
}
