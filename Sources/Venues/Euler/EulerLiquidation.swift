public import Domain
public import Mechanisms
public import Units

/// Euler v2's liquidation (`Liquidation.calculateLiquidation`): the discount is as large as the account is short, up to a bound;
/// the whole account may be taken, and the taker becomes the debtor.
///
/// Example: weighted collateral of 950 against a liability of 1 000 is a discount of 5 %: 950 of debt value buys 1 000 of
/// collateral. All values in the unit of account, rounded against the taker.
public struct EulerLiquidation: Offer {
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    /// What all of it costs and yields: debt units, and shares of the collateral vault.
    public let maximumRepay: UInt256
    public let maximumYield: UInt256
    /// 1 less the discount, 18 decimals.
    public let factor: UInt256
    private let debt: UInt256
    private let yieldsAll: Bool
    private let socialises: Bool

    public var mechanism: Mechanism { .healthDiscount }

    /// `nil` when there is nothing to repay, or where the contract reverts. Worthless collateral is free.
    public init?(_ state: EulerLiquidationState, pays: ReserveIndex, receives: ReserveIndex, at moment: Moment) {
        guard !state.liability.isZero, state.weighted <= state.liability, !state.balance.isZero,
            let health = state.weighted.multiplied(by: Self.one)?.dividedRoundingDown(by: state.liability),
            let bound = state.discountMaximum.multiplied(by: Self.one)?.dividedRoundingDown(by: Self.one),
            let least = Self.one.subtracting(bound)
        else { return nil }
        let factor = max(health, least)
        guard let (repay, yield) = Self.limits(state, factor), let most = repay.asUInt128, yield.high == 0
        else { return nil }
        (self.pays, self.receives, self.factor) = (pays, receives, factor)
        (maximumRepay, maximumYield, debt) = (repay, yield, state.debt)
        yieldsAll = yield == state.balance
        socialises = state.isOnlyCollateral && state.liability >= Self.leastSocialised
        payable = min(1, most)...most
        window = OfferWindow(opens: max(moment, state.opens))
    }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard UInt256(amount) <= maximumRepay else { return .failure(.tooMuchRepay) }
        guard !maximumRepay.isZero else { return .success(Exchange(paid: 0, received: maximumYield.low)) }
        guard amount > 0 else { return .failure(.amountIsZero) }
        guard let yield = UInt256(amount).multiplied(by: maximumYield)?.dividedRoundingDown(by: maximumRepay)
        else { return .failure(.arithmeticOverflow) }
        let isEmptied = yieldsAll && yield == maximumYield
        let left = debt.subtracting(UInt256(amount)) ?? .zero
        let lost = isEmptied && socialises ? left.asUInt128 ?? .max : 0
        return .success(Exchange(paid: amount, received: yield.low, badDebt: lost))
    }

    private static func limits(_ state: EulerLiquidationState, _ factor: UInt256) -> (UInt256, UInt256)? {
        guard !state.worth.isZero else { return (.zero, state.balance) }
        guard !factor.isZero else { return nil }
        var repayValue = state.liability
        guard var yieldValue = repayValue.multiplied(by: one)?.dividedRoundingDown(by: factor) else { return nil }
        if state.worth < yieldValue {
            guard let value = state.worth.multiplied(by: factor)?.dividedRoundingDown(by: one) else { return nil }
            (repayValue, yieldValue) = (value, state.worth)
        }
        guard let repay = repayValue.multiplied(by: state.debt)?.dividedRoundingDown(by: state.liability),
            let yield = yieldValue.multiplied(by: state.balance)?.dividedRoundingDown(by: state.worth)
        else { return nil }
        return (repay, yield)
    }

    private static let one = UInt256(Wad.one.value)
    /// `MIN_SOCIALIZATION_LIABILITY_VALUE`.
    private static let leastSocialised = UInt256(1_000_000)
}

/// What a liquidation reads of an account and one of its collaterals.
public struct EulerLiquidationState: Equatable, Sendable {
    /// Σ weighted collateral values, and the debt's, in the unit of account.
    public var weighted: UInt256
    public var liability: UInt256
    /// The debt in its smallest units, rounded up.
    public var debt: UInt256
    /// Shares of the chosen collateral, and what they are worth.
    public var balance: UInt256
    public var worth: UInt256
    /// `maxLiquidationDiscount`, 18 decimals.
    public var discountMaximum: UInt256
    /// The end of the cool-off after the account's last check.
    public var opens: Moment
    public var isOnlyCollateral: Bool

    public init(
        weighted: UInt256, liability: UInt256, debt: UInt256, balance: UInt256, worth: UInt256,
        discountMaximum: UInt256, opens: Moment = .start, isOnlyCollateral: Bool = true
    ) {
        (self.weighted, self.liability, self.debt) = (weighted, liability, debt)
        (self.balance, self.worth, self.discountMaximum) = (balance, worth, discountMaximum)
        (self.opens, self.isOnlyCollateral) = (opens, isOnlyCollateral)
    }
}
