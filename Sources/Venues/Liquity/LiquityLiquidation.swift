public import Units

/// What becomes of a liquidated trove, all with 18 decimals (`TroveManager._getOffsetAndRedistributionVals` and its kin).
///
/// Nothing is lost: the collateral goes to the gas compensation, the stability pool, the other troves and a surplus that the
/// owner may claim; the debt to the pool and the other troves.
public struct LiquityAmounts: Equatable, Sendable {
    /// Paid to whoever liquidates, in the collateral.
    public var gasCompensation = UInt256.zero
    public var debtToPool = UInt256.zero
    public var collateralToPool = UInt256.zero
    public var debtRedistributed = UInt256.zero
    public var collateralRedistributed = UInt256.zero
    public var surplus = UInt256.zero

    public init() {}
}

/// A trove about to be liquidated, the pool, and the whole system's ratio (version 1).
public struct LiquityTrove: Equatable, Sendable {
    public var collateral: UInt256
    public var debt: UInt256
    public var price: UInt256
    /// What the stability pool holds.
    public var pool: UInt256
    /// The system's ratio, 18 decimals.
    public var systemRatio: UInt256

    public init(collateral: TokenAmount, debt: TokenAmount, price: Price, pool: UInt128, systemRatio: UInt256 = .max) {
        self.collateral = UInt256(collateral)
        self.debt = UInt256(debt)
        self.price = UInt256(price.baseUnits)
        self.pool = UInt256(pool)
        self.systemRatio = systemRatio
    }

    public var ratio: UInt256? { LiquityRules.ratio(collateral, debt, price) }

    // MARK: Version 1

    /// `liquidate`: by the mode the system is in. `nil` when nothing happens: the trove is safe, or the pool too small.
    public var version1: LiquityAmounts? {
        guard let ratio, !debt.isZero else { return nil }
        let isRecovering = systemRatio < LiquityRules.criticalRatio
        if isRecovering, ratio <= LiquityRules.wad { return offset(by: .zero) }
        if ratio < LiquityRules.minimumRatio { return offset(by: pool) }
        return isRecovering && ratio < systemRatio && debt <= pool ? capped : nil
    }

    /// As much as the pool covers is offset, the rest is redistributed.
    private func offset(by pool: UInt256) -> LiquityAmounts? {
        var amounts = LiquityAmounts()
        amounts.gasCompensation = collateral.dividedRoundingDown(by: Self.compensationDivisor)
        let rest = collateral - amounts.gasCompensation
        amounts.debtToPool = min(debt, pool)
        guard let share = rest.multiplied(by: amounts.debtToPool)?.dividedRoundingDown(by: debt) else { return nil }
        amounts.collateralToPool = share
        amounts.debtRedistributed = debt - amounts.debtToPool
        amounts.collateralRedistributed = rest - share
        return amounts
    }

    /// `_getCappedOffsetVals`: the pool gets 110 %, the owner keeps the rest.
    private var capped: LiquityAmounts? {
        guard !price.isZero,
            let most = debt.multiplied(by: LiquityRules.minimumRatio)?.dividedRoundingDown(by: price),
            let surplus = collateral.subtracting(most)
        else { return nil }
        var amounts = LiquityAmounts()
        amounts.gasCompensation = most.dividedRoundingDown(by: Self.compensationDivisor)
        amounts.debtToPool = debt
        amounts.collateralToPool = most - amounts.gasCompensation
        amounts.surplus = surplus
        return amounts
    }

    // MARK: Version 2

    /// `_liquidate` of a branch; one whole coin always stays in the pool.
    public func version2(redistributionPenalty: UInt256) -> LiquityAmounts? {
        guard !debt.isZero, !price.isZero else { return nil }
        var amounts = LiquityAmounts()
        amounts.debtToPool = min(debt, pool.subtracting(min(LiquityRules.wad, pool)) ?? .zero)
        guard let share = collateral.multiplied(by: amounts.debtToPool)?.dividedRoundingDown(by: debt)
        else { return nil }
        amounts.gasCompensation = min(
            share.dividedRoundingDown(by: Self.compensationDivisor), Self.compensationMost)
        guard
            let toPool = limit(share - amounts.gasCompensation, amounts.debtToPool, Self.poolPenalty)
        else { return nil }
        (amounts.collateralToPool, amounts.surplus) = toPool
        amounts.debtRedistributed = debt - amounts.debtToPool
        let rest = collateral - share
        guard !amounts.debtRedistributed.isZero, !rest.isZero else { return amounts }
        guard let others = limit(rest + amounts.surplus, amounts.debtRedistributed, redistributionPenalty)
        else { return nil }
        (amounts.collateralRedistributed, amounts.surplus) = others
        return amounts
    }

    /// `_getCollPenaltyAndSurplus`: no more than the debt and the penalty is worth.
    private func limit(_ held: UInt256, _ debt: UInt256, _ penalty: UInt256) -> (UInt256, UInt256)? {
        guard let most = debt.multiplied(by: LiquityRules.wad + penalty)?.dividedRoundingDown(by: price)
        else { return nil }
        return held > most ? (most, held - most) : (held, .zero)
    }

    /// `PERCENT_DIVISOR`, `COLL_GAS_COMPENSATION_DIVISOR`: half a per cent.
    private static let compensationDivisor = UInt256(200)
    /// `COLL_GAS_COMPENSATION_CAP`.
    private static let compensationMost = UInt256(2_000_000_000_000_000_000)
    /// `LIQUIDATION_PENALTY_SP`.
    private static let poolPenalty = UInt256(50_000_000_000_000_000)
}
