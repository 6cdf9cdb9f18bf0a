public import Domain
import Margin
public import Mechanisms
public import Units

/// How much of a debt one call may repay (`LiquidationLogic`; v2 `LendingPoolCollateralManager`).
extension AaveRules {
    /// `CLOSE_FACTOR_HF_THRESHOLD`.
    static let wholeDebtThreshold = UInt256(950_000_000_000_000_000 as UInt128)
    /// `MIN_BASE_MAX_CLOSE_FACTOR_THRESHOLD`: below this value, in base units of 8 decimals, a leg may be taken whole.
    static let wholeLegThreshold = UInt256(2_000_00000000 as UInt128)

    public func maximumRepay(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount {
        guard subject.health.isLiquidatable, let legs = PairLegs(subject, self, reserves) else { return 0 }
        return maximumRepay(subject, legs)?.asUInt128 ?? 0
    }

    func maximumRepay(_ subject: LiquidationSubject, _ legs: PairLegs) -> UInt256? {
        let isHopeless = subject.health.healthFactor <= Self.wholeDebtThreshold
        switch version {
        case .v2: return AaveMath.percentMul(legs.debt, subject.closeFactor, .halfUp)
        case .v3_0: return isHopeless ? legs.debt : AaveMath.percentMul(legs.debt, subject.closeFactor, .halfUp)
        case .v3_3, .v3_5, .v3_6, .v3_7:
            guard !isHopeless, legs.collateralValue >= Self.wholeLegThreshold, legs.debtValue >= Self.wholeLegThreshold
            else { return legs.debt }
            // From 3.3 the share is of the whole debt of the account, not of this reserve's.
            guard let share = AaveMath.percentMul(subject.health.debt, subject.closeFactor, .halfUp) else { return nil }
            guard legs.debtValue > share else { return legs.debt }
            return AaveMath.quotient(
                share, UInt256(legs.debtUnit), over: UInt256(legs.debtPrice.baseUnits), .down)
        }
    }
}

/// The two legs of a pair with what is derived from them once.
struct PairLegs {
    /// The smallest units in a whole token.
    var collateralUnit: UInt128
    var debtUnit: UInt128
    /// Of the collateral and of the debt.
    var supplyIndex: Ray
    var borrowIndex: Ray
    var protocolFee: BasisPoints
    var collateralPrice: Price
    var debtPrice: Price
    /// Balances in token units, values in base units.
    var collateral: UInt256
    var debt: UInt256
    var collateralValue: UInt256
    var debtValue: UInt256

    /// Collateral value seized for a debt value repaid: the efficiency mode's where the collateral is in the account's.
    var bonus: BasisPoints

    /// `nil` when a price is missing or the venue's arithmetic would overflow.
    init?(_ subject: LiquidationSubject, _ rules: AaveRules, _ reserves: borrowing ReserveTable) {
        let pair = subject.pair
        guard let market = reserves.market(of: pair.collateral),
            let collateralUnit = reserves.unit(of: pair.collateral),
            let debtUnit = reserves.unit(of: pair.debt)
        else { return nil }
        let mode = rules.mode(subject.traits, of: market, reserves)
        let terms = rules.terms(of: pair.collateral, mode, reserves)
        let debtTerms = rules.terms(of: pair.debt, mode, reserves)
        (supplyIndex, borrowIndex) = (reserves.supplyIndex(of: pair.collateral), reserves.borrowIndex(of: pair.debt))
        guard let collateralPrice = terms.price, let debtPrice = debtTerms.price,
            let collateral = rules.collateralBalance(subject.scaledCollateral, supplyIndex),
            let debt = rules.debtBalance(subject.scaledDebt, borrowIndex),
            let collateralValue = rules.collateralValue(collateral, collateralPrice, unit: collateralUnit),
            let debtValue = rules.debtValue(debt, debtPrice, unit: debtUnit)
        else { return nil }
        (self.collateralUnit, self.debtUnit) = (collateralUnit, debtUnit)
        protocolFee = reserves.protocolFee(of: pair.collateral)
        self.collateralPrice = collateralPrice
        self.debtPrice = debtPrice
        self.collateral = collateral
        self.debt = debt
        self.collateralValue = collateralValue
        self.debtValue = debtValue
        bonus = terms.bonus
    }
}
