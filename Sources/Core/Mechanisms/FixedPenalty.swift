public import Domain
public import Margin
public import Units

/// Liquidation at the oracle's price plus a fixed bonus, up to a close factor: what may be taken, and for how much.
public protocol FixedPenaltyRules: MarginRules {
    /// The most that one call may repay of a debt, by the close factor. Zero when nothing may be taken.
    func maximumRepay(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount

    /// The most that one call may repay without leaving a remainder that the venue refuses as dust. At most `maximumRepay`.
    func repayAvoidingDust(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount

    /// What one call would do, to the unit, or why it would revert.
    func liquidation(
        repaying repay: TokenAmount, of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> Result<LiquidationAmounts, LiquidationRevert>

    /// `repayAvoidingDust` and the liquidation with it, for venues that work out both at once; `nil` where the call would
    /// revert or do nothing.
    func largestLiquidation(
        of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> LargestLiquidation?

    /// No call repays or seizes more than this: a filter in doubles that costs a fraction of working it out. `nil` where the
    /// venue has none.
    ///
    /// Of a subject with the whole close factor it holds at any health, and elsewhere in proportion: the repayment by the worth of
    /// either leg, and what is seized for a unit by the debt's price over the collateral's.
    func liquidationBound(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> LiquidationBound?
}

extension FixedPenaltyRules {
    public func liquidationBound(
        of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> LiquidationBound? { nil }

    public func largestLiquidation(
        of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> LargestLiquidation? {
        let limit = repayAvoidingDust(of: subject, in: reserves)
        guard limit > 0, case .success(let amounts) = liquidation(repaying: limit, of: subject, in: reserves) else {
            return nil
        }
        return LargestLiquidation(limit: limit, repay: amounts.repay, seize: amounts.seize)
    }
}

/// The most that one call may ask for, and what it does.
public struct LargestLiquidation: Equatable, Sendable {
    public var limit: TokenAmount
    public var repay: TokenAmount
    public var seize: TokenAmount

    public init(limit: TokenAmount, repay: TokenAmount, seize: TokenAmount) {
        self.limit = limit
        self.repay = repay
        self.seize = seize
    }
}

/// Which collateral is taken for which debt.
public struct LiquidationPair: Hashable, Sendable {
    public var collateral: ReserveIndex
    public var debt: ReserveIndex

    public init(collateral: ReserveIndex, debt: ReserveIndex) {
        self.collateral = collateral
        self.debt = debt
    }
}

/// What a mechanism needs of an account: one pair of its legs, its health and its traits, and its market's close factor.
public struct LiquidationSubject: Equatable, Sendable {
    public var pair: LiquidationPair
    public var scaledCollateral: TokenAmount
    public var scaledDebt: TokenAmount
    public var health: AccountHealth
    public var closeFactor: BasisPoints
    public var traits: AccountTraits
    /// The interest index at which the debt was last settled (its leg on the accrual side), for venues that keep one.
    public var settledIndex: TokenAmount?

    public init(
        pair: LiquidationPair, scaledCollateral: TokenAmount, scaledDebt: TokenAmount, health: AccountHealth,
        closeFactor: BasisPoints, traits: AccountTraits = .none, settledIndex: TokenAmount? = nil
    ) {
        self.pair = pair
        self.scaledCollateral = scaledCollateral
        self.scaledDebt = scaledDebt
        self.health = health
        self.closeFactor = closeFactor
        self.traits = traits
        self.settledIndex = settledIndex
    }
}

/// One liquidation to the unit.
public struct LiquidationAmounts: Equatable, Sendable {
    /// Debt tokens the liquidator pays.
    public var repay: TokenAmount
    /// Collateral tokens the liquidator receives.
    public var seize: TokenAmount
    /// Collateral tokens that go to the protocol.
    public var protocolFee: TokenAmount
    /// What the debt's scaled balance becomes.
    public var scaledDebtAfter: TokenAmount
    /// What the collateral's scaled balance becomes.
    public var scaledCollateralAfter: TokenAmount
    /// Debt tokens that nobody will pay after this call.
    public var badDebt: TokenAmount

    public init(
        repay: TokenAmount, seize: TokenAmount, protocolFee: TokenAmount, scaledDebtAfter: TokenAmount,
        scaledCollateralAfter: TokenAmount, badDebt: TokenAmount = 0
    ) {
        self.repay = repay
        self.seize = seize
        self.protocolFee = protocolFee
        self.scaledDebtAfter = scaledDebtAfter
        self.scaledCollateralAfter = scaledCollateralAfter
        self.badDebt = badDebt
    }
}

/// Why the venue would refuse, named after its own errors.
public enum LiquidationRevert: UInt8, CaseIterable, Error, Sendable {
    case healthFactorNotBelowThreshold
    case collateralCannotBeLiquidated
    case specifiedCurrencyNotBorrowedByUser
    case mustNotLeaveDust
    case amountIsZero
    case arithmeticOverflow
    case priceMissing
    /// More than the close factor, or another limit of one call, allows.
    case tooMuchRepay
    /// The borrower holds less than the repayment would seize.
    case seizeTooMuch
    /// The moment is outside the offer's window.
    case notOpen
    /// An auction that ran out must be restarted first.
    case needsReset
    /// What would be left of an auction is too little to go on with.
    case noPartialPurchase
    /// A limit over all accounts is reached.
    case limitReached
    /// The account was checked too short a time ago.
    case coolingOff
    /// A bid that does not outdo the last one by enough.
    case bidTooLow
    case notForSale
    case insufficientReserves
    /// A number that the rules need was never sent.
    case parameterMissing
}
