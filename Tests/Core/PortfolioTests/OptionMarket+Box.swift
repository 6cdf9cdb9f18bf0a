import Domain
import Margin
import Portfolio
import Units

/// Moves within a form's box, and back.
extension OptionMarket {
    func factorValues(_ factors: ContiguousArray<FactorIndex>) -> [Double] {
        factors.map { factor in
            guard let reading = PortfolioFactors.reading(of: factor, in: watch.reserves) else { return .nan }
            let price = watch.reserves.price(of: factor.reserve).map { Double($0.baseUnits) } ?? 0
            return reading.fixed + reading.perPrice * price
        }
    }

    /// Every factor somewhere in its box; half of the time at one of its ends.
    mutating func moveWithin(_ form: AccountForm, _ generator: inout SeededGenerator) {
        let start = factorValues(form.factors)
        let isCorner = generator.below(2) == 0
        for i in form.factors.indices {
            let share = isCorner ? (generator.below(2) == 0 ? 0.999 : -0.999) : 2 * generator.fraction() - 1
            set(form.factors[i], to: start[i] + share * form.bounds[i].halfWidth)
        }
    }

    mutating func returnTo(_ values: [Double], _ factors: ContiguousArray<FactorIndex>) {
        for i in factors.indices { set(factors[i], to: values[i]) }
    }

    private mutating func set(_ factor: FactorIndex, to value: Double) {
        if factor == FactorIndex(Self.cash, .accrual) { return setClock(Int64(value.rounded())) }
        if let e = Self.expiries.firstIndex(of: factor.reserve), factor.side != .collateral {
            var smile = smiles[e]
            let billionths = Int64((value * 1e9).rounded())
            switch factor.side {
            case .debt: smile.atTheMoney = billionths
            case .accrual: smile.skew = billionths
            case .entry: smile.curvature = billionths
            case .collateral: break
            }
            return setSmile(e, smile)
        }
        let price = UInt64(value.rounded())
        if let u = Self.spots.firstIndex(of: factor.reserve) { setSpot(u, price) }
        if let e = Self.expiries.firstIndex(of: factor.reserve) { setForward(e, price) }
        if factor.reserve == Self.perpetual { setPerpetual(price) }
    }
}
