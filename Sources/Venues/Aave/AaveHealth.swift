public import Domain
public import Margin
public import Units

/// `GenericLogic.calculateUserAccountData` (v2 and v3), with efficiency modes.
extension AaveRules {
    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let data = accountData(factors: factors, amounts: amounts, traits: traits, in: reserves) else {
            return nil
        }
        return AccountHealth(
            collateral: data.collateral, debt: data.debt, healthFactor: data.healthFactor,
            isLiquidatable: data.healthFactor < AccountHealth.one)
    }

    /// `getUserAccountData`, as far as liquidation goes. `nil` when a price is missing or the arithmetic would revert.
    public func accountData(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AaveAccountData? {
        var mode: EfficiencyMode?
        if traits.category != 0, !factors.isEmpty, let first = reserves.row(factors[0].reserve) {
            mode = self.mode(traits, of: first.market, reserves)
        }
        var data = AaveAccountData()
        for leg in factors.indices {
            let index = factors[leg].reserve
            guard let unit = reserves.unit(of: index) else { return nil }
            let terms = terms(of: index, mode, reserves)
            guard let price = terms.price else { return nil }
            switch factors[leg].side {
            case .collateral:
                guard terms.isCounted else { continue }
                guard let balance = collateralBalance(amounts[leg], reserves.supplyIndex(of: index)),
                    let value = collateralValue(balance, price, unit: unit),
                    data.add(value, terms.threshold)
                else { return nil }
            case .debt:
                guard let balance = debtBalance(amounts[leg], reserves.borrowIndex(of: index)),
                    let value = debtValue(balance, price, unit: unit),
                    let sum = data.debt.adding(value)
                else { return nil }
                data.debt = sum
            case .accrual, .entry: continue
            }
        }
        guard let factor = healthFactor(data) else { return nil }
        data.healthFactor = factor
        return data
    }

    /// Before 3.5 the thresholds are averaged into whole basis points first, and what that truncates is lost.
    private func healthFactor(_ data: AaveAccountData) -> UInt256? {
        guard !data.debt.isZero else { return .max }
        if version >= .v3_5 {
            return AaveMath.wadDiv(data.weighted, data.debt)?.dividedRoundingDown(by: AaveMath.percent)
        }
        let points = BasisPoints(UInt32(data.liquidationThreshold.low))
        guard let adjusted = AaveMath.percentMul(data.collateral, points, .halfUp) else { return nil }
        return AaveMath.wadDiv(adjusted, data.debt)
    }
}

/// What the pool says of an account, in base units.
public struct AaveAccountData: Equatable, Sendable {
    /// `totalCollateralBase`.
    public fileprivate(set) var collateral = UInt256.zero
    /// `totalDebtBase`.
    public fileprivate(set) var debt = UInt256.zero
    /// Each collateral's value times its threshold in basis points.
    fileprivate var weighted = UInt256.zero
    public fileprivate(set) var healthFactor = UInt256.max

    /// `currentLiquidationThreshold`: the average, cut to whole basis points.
    public var liquidationThreshold: UInt256 {
        collateral.isZero ? .zero : weighted.dividedRoundingDown(by: collateral)
    }

    /// Takes a collateral in. Returns whether it fitted.
    fileprivate mutating func add(_ value: UInt256, _ threshold: BasisPoints) -> Bool {
        guard let sum = collateral.adding(value),
            let weight = value.multiplied(by: UInt256(UInt64(threshold.count))),
            let weightedSum = weighted.adding(weight)
        else { return false }
        collateral = sum
        weighted = weightedSum
        return true
    }
}
