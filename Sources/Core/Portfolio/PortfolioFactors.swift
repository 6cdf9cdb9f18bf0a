public import Domain
public import Margin
public import Units

/// How the factors of a market of options stand: the one place that knows their units.
///
/// | factor | value |
/// |---|---|
/// | cash, accrual | the market's clock, seconds since 1970 |
/// | expiry, debt / accrual / entry | volatility at the money, skew, curvature: 1.0 is 100 % |
/// | perpetual, accrual | cumulative funding, cash in its smallest units for one whole unit |
/// | any, collateral | its price |
public enum PortfolioFactors {
    /// A typical move of the clock, in seconds: as long as a form should hold on account of time alone.
    public static let clockScale = 600.0
    /// A typical move may be at most this share, so that a box of two of them leaves every price above zero.
    public static let shareMax = 0.2
    public static let shareMin = 1e-6
    /// Funding moves by this share of what a price moves.
    private static let fundingShare = 0.01

    public static func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let market = reserves.market(of: factor.reserve), let partsPerMillion = reserves.scale(of: factor.reserve)
        else { return nil }
        let share = min(max(Double(partsPerMillion) / 1e6, shareMin), shareMax)
        let conditions = reserves.conditions(of: market)
        if conditions?.cash == factor.reserve, factor.side == .accrual {
            let clock = (conditions?.clock ?? .start).seconds
            return FactorReading(fixed: clock, scale: clockScale)
        }
        if factor.side != .collateral, case .expiry(let terms)? = reserves.terms(of: factor.reserve),
            !terms.isPerpetual
        {
            return smile(factor, share, reserves)
        }
        guard let price = reserves.price(of: factor.reserve)?.baseUnits.approximate else { return nil }
        switch factor.side {
        case .collateral, .debt: return FactorReading(perPrice: 1, scale: price * share)
        case .entry: return nil
        case .accrual:
            guard let cash = conditions?.cash, let unit = CashUnit(of: cash, in: reserves) else { return nil }
            let funding = reserves.state(of: factor.reserve)?.cumulativeFunding ?? 0
            return FactorReading(fixed: funding.approximate, scale: price / unit.value * share * fundingShare)
        }
    }

    private static func smile(_ factor: FactorIndex, _ share: Double, _ reserves: borrowing ReserveTable)
        -> FactorReading?
    {
        guard let smile = reserves.smile(of: factor.reserve), smile.atTheMoney > 0 else { return nil }
        let scale = Double(smile.atTheMoney) / 1e9 * share
        switch factor.side {
        case .debt: return FactorReading(fixed: Double(smile.atTheMoney) / 1e9, scale: scale)
        case .accrual: return FactorReading(fixed: Double(smile.skew) / 1e9, scale: scale)
        case .entry: return FactorReading(fixed: Double(smile.curvature) / 1e9, scale: scale)
        case .collateral: return nil
        }
    }
}

/// What the smallest unit of the cash asset is worth, in base units.
struct CashUnit {
    let value: Double

    init?(of cash: ReserveIndex, in reserves: borrowing ReserveTable) {
        guard let unit = reserves.unit(of: cash), let price = reserves.price(of: cash) else { return nil }
        value = price.baseUnits.approximate / unit.approximate
    }
}

extension ExpiryTerms {
    /// A perpetual is a future on its underlying whose expiry never comes.
    public var isPerpetual: Bool { expiry == Moment(nanoseconds: .max) }
}

extension Moment {
    public var seconds: Double { Double(nanoseconds) / 1e9 }
}

extension Int128 {
    /// The nearest double but for one rounding more.
    public var approximate: Double { self < 0 ? -magnitude.approximate : magnitude.approximate }
}
