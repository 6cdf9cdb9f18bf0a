package import Domain
package import Margin
package import Units

/// The linear form of an Aave account. Excess is in base units times 10 000: Σ collateral value · threshold − 10 000 · debt value.
extension AaveRules {
    package func factorValue(of reserve: Reserve, on side: Side) -> Double {
        guard let price = reserve.price else { return 0 }
        let index = side == .collateral ? reserve.supplyIndex : reserve.borrowIndex
        return price.baseUnits.approximate * (index.value.approximate / 1e27) / reserve.unit.approximate
    }

    package func linearForm(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, in reserves: borrowing ReserveTable,
        weights: inout ContiguousArray<Double>
    ) -> FormAccuracy {
        weights.removeAll(keepingCapacity: true)
        var collaterals = 0
        var leastThreshold = Double.infinity
        var allowance = 2.0 * Self.valueRounding
        for leg in factors.indices {
            let reserve = reserves.row(factors[leg].reserve)
            let amount = amounts[leg].approximate
            switch factors[leg].side {
            case .debt: weights.append(-10_000 * amount)
            case .collateral:
                let threshold = Double(reserve?.liquidationThreshold.count ?? 0)
                weights.append(threshold * amount)
                collaterals += threshold > 0 ? 1 : 0
                if threshold > 0 { leastThreshold = min(leastThreshold, threshold) }
            }
            allowance += Self.valueRounding
            if let reserve { allowance += Self.balanceRounding * factorValue(of: reserve, on: factors[leg].side) }
        }
        guard version < .v3_5, collaterals > 1 else { return FormAccuracy(allowance: Float(allowance)) }
        return truncatedForm(factors, amounts, leastThreshold, allowance, &weights)
    }

    /// The average threshold loses up to one basis point of the collateral: the form takes that point off, and the slack
    /// bounds what the venue may leave on.
    private func truncatedForm(
        _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ leastThreshold: Double, _ allowance: Double,
        _ weights: inout ContiguousArray<Double>
    ) -> FormAccuracy {
        for leg in factors.indices where factors[leg].side == .collateral && weights[leg] > 0 {
            weights[leg] -= amounts[leg].approximate
        }
        let slack = 1.01 / max(leastThreshold - 1, 1)
        return FormAccuracy(allowance: Float(allowance), slack: Float(slack))
    }

    /// One base unit, in excess units: what flooring one value may take.
    private static let valueRounding = 10_000.0
    /// One token unit, in excess units per unit of factor, four times over: the allowance is computed once, and holds while
    /// the factor stays below four times what it was then.
    private static let balanceRounding = 40_000.0
}
