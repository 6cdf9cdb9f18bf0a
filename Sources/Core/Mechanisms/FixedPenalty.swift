package import Domain
package import Margin
package import Units

/// Liquidation at the oracle's price plus a fixed bonus, up to a close factor: what may be taken, and for how much.
package protocol FixedPenaltyRules: MarginRules {
    /// The most that one call may repay of a debt, by the close factor. Zero when nothing may be taken.
    func maximumRepay(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount

    /// The most that one call may repay without leaving a remainder that the venue refuses as dust. At most `maximumRepay`.
    func repayAvoidingDust(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount

    /// What one call would do, to the unit, or why it would revert.
    func liquidation(
        repaying repay: TokenAmount, of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> Result<LiquidationAmounts, LiquidationRevert>
}

/// Which collateral is taken for which debt.
package struct LiquidationPair: Hashable, Sendable {
    package var collateral: ReserveIndex
    package var debt: ReserveIndex

    package init(collateral: ReserveIndex, debt: ReserveIndex) {
        self.collateral = collateral
        self.debt = debt
    }
}

/// What a mechanism needs of an account: one pair of its legs, its health and its traits, and its market's close factor.
package struct LiquidationSubject: Equatable, Sendable {
    package var pair: LiquidationPair
    package var scaledCollateral: TokenAmount
    package var scaledDebt: TokenAmount
    package var health: AccountHealth
    package var closeFactor: BasisPoints
    package var traits: AccountTraits

    package init(
        pair: LiquidationPair, scaledCollateral: TokenAmount, scaledDebt: TokenAmount, health: AccountHealth,
        closeFactor: BasisPoints, traits: AccountTraits = .none
    ) {
        self.pair = pair
        self.scaledCollateral = scaledCollateral
        self.scaledDebt = scaledDebt
        self.health = health
        self.closeFactor = closeFactor
        self.traits = traits
    }
}

/// One liquidation to the unit.
package struct LiquidationAmounts: Equatable, Sendable {
    /// Debt tokens the liquidator pays.
    package var repay: TokenAmount
    /// Collateral tokens the liquidator receives.
    package var seize: TokenAmount
    /// Collateral tokens that go to the protocol.
    package var protocolFee: TokenAmount
    /// What the debt's scaled balance becomes.
    package var scaledDebtAfter: TokenAmount
    /// What the collateral's scaled balance becomes.
    package var scaledCollateralAfter: TokenAmount

    package init(
        repay: TokenAmount, seize: TokenAmount, protocolFee: TokenAmount, scaledDebtAfter: TokenAmount,
        scaledCollateralAfter: TokenAmount
    ) {
        self.repay = repay
        self.seize = seize
        self.protocolFee = protocolFee
        self.scaledDebtAfter = scaledDebtAfter
        self.scaledCollateralAfter = scaledCollateralAfter
    }
}

/// Why the venue would refuse, named after its own errors.
package enum LiquidationRevert: UInt8, CaseIterable, Error, Sendable {
    case healthFactorNotBelowThreshold
    case collateralCannotBeLiquidated
    case specifiedCurrencyNotBorrowedByUser
    case mustNotLeaveDust
    case amountIsZero
    case arithmeticOverflow
    case priceMissing
}
