public import Domain
import Margin
public import Mechanisms
public import Units

/// Aave offers its pairs. Version 2 and 3 share `DEFAULT_LIQUIDATION_CLOSE_FACTOR`, a constant of the contract.
extension AaveRules: OfferingRules {
    private static let closeFactor = BasisPoints(5_000)

    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        visitPairs(
            factors: factors, amounts: amounts, traits: traits, closeFactor: Self.closeFactor, at: moment,
            in: reserves, to: &visitor)
    }
}
