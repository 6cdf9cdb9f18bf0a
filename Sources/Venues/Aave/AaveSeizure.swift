import Domain
import Units

/// What a repayment seizes (`_calculateAvailableCollateralToLiquidate`), before the dust rule.
struct Seizure: Equatable {
    /// Debt actually repaid: less than asked for when the collateral does not suffice.
    var repay: UInt256
    /// To the liquidator, the protocol's fee taken off.
    var seize: UInt256
    var fee: UInt256

    var gross: UInt256 { seize + fee }
}

extension AaveRules {
    /// `nil` where the venue's arithmetic would revert.
    func seizure(repaying repay: UInt256, _ legs: PairLegs) -> Seizure? {
        guard let wanted = collateral(for: repay, legs) else { return nil }
        if wanted <= legs.collateral { return withFee(repay: repay, gross: wanted, legs) }
        guard let reduced = debt(for: legs.collateral, legs) else { return nil }
        return withFee(repay: reduced, gross: legs.collateral, legs)
    }

    /// Collateral worth the repayment plus the bonus.
    private func collateral(for repay: UInt256, _ legs: PairLegs) -> UInt256? {
        let bonus = legs.bonus
        guard let value = UInt256(legs.debtPrice.baseUnits).multiplied(by: repay),
            let scaled = value.multiplied(by: UInt256(legs.collateralUnit)),
            let divisor = UInt256(legs.collateralPrice.baseUnits).multiplied(by: UInt256(legs.debtUnit))
        else { return nil }
        if version == .v2 {
            // v2 applies the bonus to the product and divides last.
            return AaveMath.percentMul(scaled, bonus, .halfUp)?.dividedRoundingDown(by: divisor)
        }
        let base = scaled.dividedRoundingDown(by: divisor)
        return AaveMath.percentMul(base, bonus, version >= .v3_7 ? .down : .halfUp)
    }

    /// Debt that so much collateral pays for, the bonus taken off.
    private func debt(for collateral: UInt256, _ legs: PairLegs) -> UInt256? {
        guard let value = UInt256(legs.collateralPrice.baseUnits).multiplied(by: collateral),
            let scaled = value.multiplied(by: UInt256(legs.debtUnit)),
            let divisor = UInt256(legs.debtPrice.baseUnits).multiplied(by: UInt256(legs.collateralUnit))
        else { return nil }
        let needed = scaled.dividedRoundingDown(by: divisor)
        return AaveMath.percentDiv(needed, legs.bonus, version >= .v3_5 ? .up : .halfUp)
    }

    /// The protocol's share of the bonus; v2 has none.
    private func withFee(repay: UInt256, gross: UInt256, _ legs: PairLegs) -> Seizure? {
        let fee = legs.protocolFee
        guard version > .v2, fee != .zero else { return Seizure(repay: repay, seize: gross, fee: .zero) }
        guard
            let withoutBonus = AaveMath.percentDiv(
                gross, legs.bonus, version >= .v3_7 ? .down : .halfUp),
            let bonus = gross.subtracting(withoutBonus),
            let share = AaveMath.percentMul(bonus, fee, version >= .v3_7 ? .up : .halfUp),
            let seize = gross.subtracting(share)
        else { return nil }
        return Seizure(repay: repay, seize: seize, fee: share)
    }
}
