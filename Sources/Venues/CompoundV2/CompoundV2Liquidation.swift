public import Domain
import Margin
public import Mechanisms
public import Units

/// `liquidateBorrow` and `seize`: up to the close factor of one market's borrow, at the oracle's price and a fixed incentive.
///
/// | what | where it stands |
/// |---|---|
/// | `closeFactorMantissa` | `closeFactor` of the market's cash asset; without it the market's close factor in basis points |
/// | `liquidationIncentiveMantissa` | the collateral's liquidation bonus: 10 800 is 1.08 |
/// | `protocolSeizeShareMantissa` | the collateral's protocol fee, here of everything seized: 280 is 2.8 % |
///
/// The contract does not lower a size to what the borrower has (`LIQUIDATE_SEIZE_TOO_MUCH`): we do. What is seized are
/// cTokens, counted here as what redeeming them pays. A deprecated market, which may be repaid whole, is not known here.
extension CompoundV2Rules: FixedPenaltyRules {
    public func maximumRepay(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount {
        guard subject.health.isLiquidatable, let market = CompoundV2Market(subject.pair.debt, reserves),
            let owed = CompoundV2Market.borrowBalance(
                subject.scaledDebt, since: subject.settledIndex, now: market.borrowIndex),
            let most = CompoundV2Market.multiply(Self.closeFactor(of: subject, reserves), owed)
        else { return 0 }
        return most.asUInt128 ?? .max
    }

    /// The largest repayment whose cTokens the borrower has.
    public func repayAvoidingDust(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount {
        let most = maximumRepay(of: subject, in: reserves)
        guard most > 0, let ratio = Self.seizeRatio(subject.pair, reserves), !ratio.isZero else { return 0 }
        // ⌊ratio · repay / 10^18⌋ ≤ balance  ⇔  ratio · repay < (balance + 1) · 10^18.
        let limit = ((UInt256(subject.scaledCollateral) + 1) * CompoundV2Market.scale - 1)
            .dividedRoundingDown(by: ratio)
        return min(most, limit.asUInt128 ?? .max)
    }

    public func liquidation(
        repaying repay: TokenAmount, of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> Result<LiquidationAmounts, LiquidationRevert> {
        guard subject.health.isLiquidatable else { return .failure(.healthFactorNotBelowThreshold) }
        guard repay > 0 else { return .failure(.amountIsZero) }
        guard repay <= maximumRepay(of: subject, in: reserves) else { return .failure(.tooMuchRepay) }
        guard let debt = CompoundV2Market(subject.pair.debt, reserves),
            let collateral = CompoundV2Market(subject.pair.collateral, reserves),
            let share = reserves.row(subject.pair.collateral)?.protocolFee
        else { return .failure(.priceMissing) }
        guard
            let owed = CompoundV2Market.borrowBalance(
                subject.scaledDebt, since: subject.settledIndex, now: debt.borrowIndex),
            let ratio = Self.seizeRatio(subject.pair, reserves),
            let seized = CompoundV2Market.multiply(ratio, UInt256(repay))
        else { return .failure(.arithmeticOverflow) }
        guard let left = UInt256(subject.scaledCollateral).subtracting(seized) else { return .failure(.seizeTooMuch) }
        guard let kept = CompoundV2Market.multiply(seized, Self.mantissa(share)),
            let paidOut = collateral.redeemed(seized - kept), let fee = collateral.redeemed(kept),
            let debtLeft = owed.subtracting(UInt256(repay))?.asUInt128
        else { return .failure(.arithmeticOverflow) }
        return .success(
            LiquidationAmounts(
                repay: repay, seize: paidOut, protocolFee: fee, scaledDebtAfter: debtLeft,
                scaledCollateralAfter: left.low))
    }

    /// `liquidateCalculateSeizeTokens`: cTokens for one unit repaid, 18 decimals more. `nil` is a revert.
    static func seizeRatio(_ pair: LiquidationPair, _ reserves: borrowing ReserveTable) -> UInt256? {
        guard let debt = CompoundV2Market(pair.debt, reserves),
            let collateral = CompoundV2Market(pair.collateral, reserves),
            let incentive = reserves.row(pair.collateral)?.liquidationBonus,
            let numerator = CompoundV2Market.multiply(mantissa(incentive), UInt256(debt.price)),
            let denominator = CompoundV2Market.multiply(UInt256(collateral.price), UInt256(collateral.exchangeRate)),
            !denominator.isZero
        else { return nil }
        return numerator.multiplied(by: CompoundV2Market.scale)?.dividedRoundingDown(by: denominator)
    }

    private static func closeFactor(of subject: LiquidationSubject, _ reserves: borrowing ReserveTable) -> UInt256 {
        if let market = reserves.row(subject.pair.debt)?.market, let cash = reserves.conditions(of: market)?.cash,
            let told = reserves.parameter(.closeFactor, of: cash).flatMap({ UInt128(exactly: $0) })
        {
            return UInt256(told)
        }
        return mantissa(subject.closeFactor)
    }

    /// Basis points with 18 decimals.
    private static func mantissa(_ points: BasisPoints) -> UInt256 {
        UInt256(UInt128(points.count) * 100_000_000_000_000)
    }
}

extension CompoundV2Market {
    /// `redeem`: what cTokens pay, truncated; `nil` past 128 bits.
    func redeemed(_ tokens: UInt256) -> TokenAmount? {
        Self.multiply(UInt256(exchangeRate), tokens)?.asUInt128
    }
}

/// Every pair of the account's markets.
extension CompoundV2Rules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard !factors.isEmpty, let market = reserves.row(factors[0].reserve)?.market,
            let cash = reserves.conditions(of: market)?.cash, reserves.parameter(.closeFactor, of: cash) != nil
        else { return }
        visitPairs(
            factors: factors, amounts: amounts, traits: traits, closeFactor: .zero, at: moment, in: reserves,
            to: &visitor)
    }
}
