public import Domain
public import Margin
import Numerics
import Portfolio
public import Units

/// The local form of a vault: what it holds less what it needs, in whole collateral. Bent where the shocked spot passes the
/// strike, and with a step in time at each upper bound: the box ends at the next one.
extension OpynRules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        PortfolioFactors.reading(of: factor, in: reserves)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard traits.category == Self.partial, let vault = Vault(factors, amounts, in: reserves), !vault.hasExpired
        else { return false }
        let left = Double(vault.untilNextBound.nanoseconds) / 1e9
        let reach = min(PortfolioRules.reachMax, left / PortfolioFactors.clockScale)
        let clock = FactorIndex(vault.cash, .accrual)
        form.add(clock, slope: 0, bounds: SlopeBounds(-Self.leastSlope, Self.leastSlope, halfWidth: left))
        guard let position = vault.boundPosition else {
            // The contract reverts until the series is short enough: not to be liquidated, and to be looked at then.
            form.constant = 1
            return true
        }
        guard let spot = variable(0, vault.underlying, reach, reserves),
            let cash = variable(1, vault.cash, reach, reserves)
        else { return false }
        let bound = Double(vault.bounds[position].maintenanceMargin.value) / 1e18
        let excess = vault.excess(upperBound: bound, spot: spot.jet, cash: cash.jet)
        form.constant = excess.here
        form.allowance = 1e-11 * (vault.gross + 1)
        add(spot, FactorIndex(vault.underlying, .collateral), excess.slope(0), &form)
        add(cash, FactorIndex(vault.cash, .collateral), excess.slope(1), &form)
        return true
    }

    private static let leastSlope = 1e-30

    private func variable(
        _ position: Int, _ instrument: ReserveIndex, _ reach: Double, _ reserves: borrowing ReserveTable
    ) -> (jet: Jet, halfWidth: Double)? {
        guard let reading = reading(of: FactorIndex(instrument, .collateral), in: reserves),
            let price = reserves.price(of: instrument)
        else { return nil }
        let halfWidth = reach * reading.scale
        let value = reading.fixed + reading.perPrice * price.baseUnits.approximate
        return (Jet.variable(position, at: value, halfWidth: halfWidth), halfWidth)
    }

    private func add(
        _ variable: (jet: Jet, halfWidth: Double), _ factor: FactorIndex, _ slope: Slope, _ form: inout AccountForm
    ) {
        form.add(
            factor, slope: slope.here,
            bounds: SlopeBounds(
                min(slope.bounds.low, -Self.leastSlope), max(slope.bounds.high, Self.leastSlope),
                halfWidth: variable.halfWidth))
    }
}

extension Vault {
    fileprivate var size: Double { amount.approximate / series.unit.approximate }
    fileprivate var depositSize: Double { deposited.approximate / collateral.unit.approximate }
    fileprivate var gross: Double {
        depositSize + size * (kind == .put ? (strike.baseUnits.approximate / cashPrice.baseUnits.approximate) : 1)
    }

    fileprivate func excess(upperBound: Double, spot: Jet, cash: Jet) -> Jet {
        let strike = strike.baseUnits.approximate
        let shock = spotShock.approximate / 1e27
        let need: Jet
        if kind == .put {
            let shocked = spot * shock
            need =
                (Jet.least(shocked, Jet(strike)) * upperBound + Jet.greatest(Jet(strike) - shocked, Jet(0)))
                * cash.inverse
        } else {
            let ratio = spot.inverse * (strike * shock)
            need = Jet.least(ratio, Jet(1)) * upperBound + Jet.greatest(Jet(1) - ratio, Jet(0))
        }
        return Jet(depositSize) - need * size
    }
}
