package import Domain
package import Margin
package import Units

/// `GenericLogic.calculateUserAccountData` (v2 and v3), without efficiency modes.
extension AaveRules {
    package func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        var collateral = UInt256.zero
        var debt = UInt256.zero
        var weighted = UInt256.zero
        for leg in factors.indices {
            guard let reserve = reserves.row(factors[leg].reserve), let price = reserve.price else { return nil }
            switch factors[leg].side {
            case .collateral:
                // Since 3.6 a zero threshold no longer excludes; it then adds nothing to the weighted sum either way.
                guard reserve.liquidationThreshold != .zero else { continue }
                guard let balance = collateralBalance(amounts[leg], reserve),
                    let value = collateralValue(balance, price, reserve), let sum = collateral.adding(value),
                    let weight = value.multiplied(by: UInt256(UInt64(reserve.liquidationThreshold.count))),
                    let weightedSum = weighted.adding(weight)
                else { return nil }
                collateral = sum
                weighted = weightedSum
            case .debt:
                guard let balance = debtBalance(amounts[leg], reserve),
                    let value = debtValue(balance, price, reserve), let sum = debt.adding(value)
                else { return nil }
                debt = sum
            case .accrual, .entry: continue
            }
        }
        guard let factor = healthFactor(collateral, weighted, debt) else { return nil }
        return AccountHealth(
            collateral: collateral, debt: debt, healthFactor: factor, isLiquidatable: factor < AccountHealth.one)
    }

    /// Before 3.5 the thresholds are averaged into whole basis points first, and what that truncates is lost.
    private func healthFactor(_ collateral: UInt256, _ weighted: UInt256, _ debt: UInt256) -> UInt256? {
        guard !debt.isZero else { return .max }
        if version >= .v3_5 {
            return AaveMath.wadDiv(weighted, debt)?.dividedRoundingDown(by: AaveMath.percent)
        }
        guard !collateral.isZero else { return .zero }
        let average = weighted.dividedRoundingDown(by: collateral)
        let points = BasisPoints(UInt32(average.low))
        guard let adjusted = AaveMath.percentMul(collateral, points, .halfUp) else { return nil }
        return AaveMath.wadDiv(adjusted, debt)
    }
}
