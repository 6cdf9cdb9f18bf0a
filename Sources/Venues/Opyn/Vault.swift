import Domain
import Units

/// A vault with its series' terms, read from the legs; `nil` when it is not one short series against one collateral.
struct Vault {
    let kind: OptionTerms.Kind
    let strike: Price
    let series: Reserve
    let amount: TokenAmount
    let collateral: Reserve
    let deposited: TokenAmount
    let underlying: ReserveIndex
    let cash: ReserveIndex
    let cashPrice: Price
    let spot: Price
    let spotShock: UInt128
    /// Until the series expires; nothing or less once it has.
    let timeLeft: Interval
    let bounds: ContiguousArray<MarginTier>

    init?(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, in reserves: borrowing ReserveTable) {
        guard let short = Self.leg(.debt, factors), let deposit = Self.leg(.collateral, factors),
            let series = reserves.row(factors[short].reserve),
            case .option(let terms)? = reserves.terms(of: factors[short].reserve),
            case .expiry(let expiry)? = reserves.terms(of: terms.expiry),
            let conditions = reserves.conditions(of: series.market)
        else { return nil }
        let wanted = terms.kind == .put ? conditions.cash : expiry.underlying
        guard factors[deposit].reserve == wanted, let collateral = reserves.row(wanted),
            let cashPrice = reserves.price(of: conditions.cash), let spot = reserves.price(of: expiry.underlying),
            let shock = reserves.parameter(.spotShock, of: factors[short].reserve), shock > 0
        else { return nil }
        (kind, strike, self.series, self.collateral) = (terms.kind, terms.strike, series, collateral)
        (amount, deposited) = (amounts[short], amounts[deposit])
        (underlying, cash) = (expiry.underlying, conditions.cash)
        (self.cashPrice, self.spot, spotShock) = (cashPrice, spot, shock.magnitude)
        timeLeft = expiry.expiry - conditions.clock
        bounds = reserves.tiers(of: factors[short].reserve)
    }

    /// The one leg on a side, or `nil`.
    private static func leg(_ side: Side, _ factors: Span<FactorIndex>) -> Int? {
        var found: Int?
        for leg in factors.indices where factors[leg].side == side {
            guard found == nil else { return nil }
            found = leg
        }
        return found
    }

    var hasExpired: Bool { timeLeft <= .seconds(0) }

    /// `_findUpperBoundValue`: the first whose time is not below the time left. `nil` for longer series: the contract reverts.
    var boundPosition: Int? { bounds.firstIndex { Self.time($0) >= timeLeft } }

    /// How long the upper bound stays what it is: until the next shorter one is long enough, or the series expires.
    var untilNextBound: Interval {
        let next = (boundPosition ?? bounds.count) - 1
        guard next >= 0 else { return timeLeft }
        return Interval(nanoseconds: timeLeft.nanoseconds - Self.time(bounds[next]).nanoseconds)
    }

    private static func time(_ bound: MarginTier) -> Interval {
        .seconds(Int64(clamping: min(bound.floor, UInt128(UInt32.max))))
    }
}
