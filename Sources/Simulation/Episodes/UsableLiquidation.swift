import Units

/// A recorded liquidation whose numbers agree with each other: amounts as integers, both prices known.
struct UsableLiquidation: Sendable {
    var record: RecordedLiquidation
    var collateralPrice: UInt128
    var debtPrice: UInt128
    var seized: TokenAmount
    var repaid: TokenAmount
    /// What was repaid, in wei.
    var repaidValue: UInt128
    var bonus: BasisPoints

    enum Verdict: Sendable {
        case usable(UsableLiquidation)
        case unusable(ImportReport.Reason)
    }

    /// How far seized over repaid may be from the bonus of the parameter file: 2.5 %. The parameters are of a later day and
    /// the oracle's prints may be seconds old; a wrong price or another bonus misses by more.
    static let tolerance = BasisPoints(250)

    static func judged(
        _ record: RecordedLiquidation, _ parameters: [String: ReserveParameters], within span: ClosedRange<Moment>
    ) -> Verdict {
        guard record.unreadable == nil else { return .unusable(.notANumber) }
        guard let collateral = parameters[record.collateral], let debt = parameters[record.debt] else {
            return .unusable(.unknownToken)
        }
        guard collateral.threshold != .zero else { return .unusable(.notCollateral) }
        guard let collateralPrice = record.collateralPrice, let debtPrice = record.debtPrice, collateralPrice > 0,
            debtPrice > 0, span.contains(record.moment)
        else { return .unusable(.priceMissing) }
        guard let seized = DecimalText.units(record.seizedText.utf8, decimals: collateral.decimals),
            let repaid = DecimalText.units(record.repaidText.utf8, decimals: debt.decimals)
        else { return .unusable(.notANumber) }
        guard seized > 0, repaid > 0 else { return .unusable(.amountZero) }
        let seizedValue = value(seized, collateralPrice, collateral.decimals)
        let repaidValue = value(repaid, debtPrice, debt.decimals)
        let expected = repaidValue * UInt256(UInt64(collateral.bonus.count))
        guard isNear(seizedValue * UInt256(UInt64(BasisPoints.whole.count)), expected), let paid = repaidValue.asUInt128
        else { return .unusable(.bonusMismatch) }
        return .usable(
            UsableLiquidation(
                record: record, collateralPrice: collateralPrice, debtPrice: debtPrice, seized: seized, repaid: repaid,
                repaidValue: paid, bonus: collateral.bonus))
    }

    private static func value(_ amount: TokenAmount, _ price: UInt128, _ decimals: UInt8) -> UInt256 {
        (UInt256(amount) * UInt256(price)).dividedRoundingDown(by: UInt256(Decimals.powerOfTen(decimals)))
    }

    private static func isNear(_ found: UInt256, _ expected: UInt256) -> Bool {
        let distance = found > expected ? found - expected : expected - found
        return distance * UInt256(UInt64(BasisPoints.whole.count)) <= expected * UInt256(UInt64(tolerance.count))
    }

    /// The gross bonus in wei: what the collateral is worth more than the repayment.
    var bonusValue: UInt128 { BasisPoints(bonus.count - BasisPoints.whole.count).share(of: repaidValue) }
}
