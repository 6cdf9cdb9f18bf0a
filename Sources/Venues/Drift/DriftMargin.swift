import Domain
import Margin
import Units

/// Drift's ratios (`MARGIN_PRECISION`, `SPOT_WEIGHT_PRECISION`: ten thousandths), which depend on sizes and not on prices.
enum DriftMargin {
    static let ratioUnit = UInt256(10_000)
    /// Funding rates have 9 decimals, sizes 9, the quote 6.
    static let fundingUnit = Int256(1_000_000_000_000 as Int128)

    /// What a position needs of its worth; `nil` while it was never sent.
    static func positionRatio(_ position: PerpetualPosition, _ reserves: borrowing ReserveTable) -> UInt256? {
        ratio(.maintenanceMargin, of: position.instrument, reserves)
            .flatMap { withPremium($0, size: position.size.magnitude, position.instrument, reserves) }
    }

    /// How much of a deposit counts; or how much a borrow counts, with its premium for size.
    static func spotWeight(
        of instrument: ReserveIndex, _ amount: Int256, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        guard amount.isNegative else { return ratio(.collateralWeight, of: instrument, reserves) }
        return ratio(.liabilityWeight, of: instrument, reserves)
            .flatMap { withPremium($0, size: amount.magnitude, instrument, reserves) }
    }

    private static func withPremium(
        _ ratio: UInt256, size: UInt256, _ instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        guard let row = reserves.row(instrument),
            let factor = reserves.parameter(.sizePremium, of: instrument).flatMap({ UInt128(exactly: $0) }),
            let whole = size.multiplied(by: 1_000_000_000, dividedRoundingDownBy: UInt256(row.unit))
        else { return nil }
        return sizePremium(ratio: ratio, size: whole, factor: UInt256(factor))
    }

    /// `calculate_size_premium_liability_weight`: max(r, r − r/5 + √(10·size + 1) · factor / 10^7), the size with 9 decimals.
    static func sizePremium(ratio: UInt256, size: UInt256, factor: UInt256) -> UInt256? {
        guard !factor.isZero else { return ratio }
        let base = ratio - ratio.dividedRoundingDown(by: 5)
        return size.multiplied(by: 10)?.adding(1)?.squareRootRoundingDown
            .multiplied(by: factor, dividedRoundingDownBy: 10_000_000)?
            .adding(base)
            .map { max(ratio, $0) }
    }

    private static func ratio(
        _ parameter: MarginParameter, of instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        reserves.parameter(parameter, of: instrument).flatMap { UInt128(exactly: $0) }
            .map { UInt256($0 / 100_000_000_000_000) }
    }
}

extension UInt256 {
    /// ⌊√self⌋, by Newton's method from above: each step falls until it would not.
    var squareRootRoundingDown: UInt256 {
        guard self > 1 else { return self }
        var root = UInt256(1)
        while root < UInt256(high: 1, low: 0), root.multiplied(by: root).map({ $0 <= self }) ?? false {
            root = root * 2
        }
        while true {
            let next = (root + dividedRoundingDown(by: root)).dividedRoundingDown(by: 2)
            if next >= root { return root }
            root = next
        }
    }
}
