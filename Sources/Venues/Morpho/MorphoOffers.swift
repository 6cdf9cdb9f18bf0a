public import Domain
import Margin
public import Mechanisms
public import Units

/// Morpho's liquidation as a pair: the loan asset against the collateral, by the incentive of its lltv.
extension MorphoRules: FixedPenaltyRules {
    public func maximumRepay(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount {
        guard subject.health.isLiquidatable, let position = Self.position(subject, reserves),
            let incentive = MorphoMath.liquidationIncentive(lltv: Wad(position.lltv.low)),
            let all = position.borrowed, let taking = position.taking(paying: all, incentive: incentive)
        else { return 0 }
        return taking.repaidAssets.asUInt128 ?? .max
    }

    public func repayAvoidingDust(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount {
        maximumRepay(of: subject, in: reserves)
    }

    public func liquidation(
        repaying repay: TokenAmount, of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> Result<LiquidationAmounts, LiquidationRevert> {
        guard subject.health.isLiquidatable else { return .failure(.healthFactorNotBelowThreshold) }
        guard repay > 0 else { return .failure(.amountIsZero) }
        guard let position = Self.position(subject, reserves) else { return .failure(.priceMissing) }
        guard let incentive = MorphoMath.liquidationIncentive(lltv: Wad(position.lltv.low)),
            let taking = position.taking(paying: UInt256(repay), incentive: incentive),
            let badDebt = taking.after.badDebt?.asUInt128
        else { return .failure(.arithmeticOverflow) }
        guard !taking.repaidShares.isZero else { return .failure(.amountIsZero) }
        let isEmptied = taking.after.collateral.isZero
        return .success(
            LiquidationAmounts(
                repay: taking.repaidAssets.low, seize: taking.seized.low, protocolFee: 0,
                scaledDebtAfter: isEmptied ? 0 : taking.after.borrowShares.low,
                scaledCollateralAfter: taking.after.collateral.low, badDebt: badDebt))
    }

    static func position(_ subject: LiquidationSubject, _ reserves: borrowing ReserveTable) -> MorphoPosition? {
        guard let price = reserves.price(of: subject.pair.collateral),
            case .lending(let terms) = reserves.terms(of: subject.pair.collateral),
            let totals = reserves.state(of: subject.pair.debt)?.totals
        else { return nil }
        return MorphoPosition(
            collateral: subject.scaledCollateral, borrowShares: subject.scaledDebt, totals: totals, price: price,
            lltv: terms.collateralFactor)
    }
}

/// The liquidation of an unhealthy position; of a healthy one that allows it (traits category 1), the pre-liquidation.
extension MorphoRules: OfferingRules {
    /// The owner has authorised the pre-liquidation contract.
    public static let allowsPreLiquidation: UInt8 = 1

    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        visitPairs(
            factors: factors, amounts: amounts, traits: traits, closeFactor: .whole, at: moment, in: reserves,
            to: &visitor)
        guard traits.category == Self.allowsPreLiquidation else { return }
        for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
            for leg in factors.indices where factors[leg].side == .collateral && amounts[leg] > 0 {
                let subject = LiquidationSubject(
                    pair: LiquidationPair(collateral: factors[leg].reserve, debt: factors[debt].reserve),
                    scaledCollateral: amounts[leg], scaledDebt: amounts[debt],
                    health: .debtless(collateral: .zero), closeFactor: .whole)
                guard let position = Self.position(subject, reserves),
                    let terms = PreLiquidationTerms(factors[leg].reserve, reserves),
                    let offer = PreLiquidation(position, terms, subject.pair, at: moment)
                else { continue }
                visitor.visit(offer)
            }
        }
    }
}
