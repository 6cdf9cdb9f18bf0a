import Domain
import Margin
import MarginEngine
import Units

/// An account that is consistent with a recorded liquidation: it crosses the edge with the prices of that moment.
///
/// Close factor 50 %: the debt before was twice what was repaid, when the maximum was taken. The collateral is what gives a
/// health factor of just under `edge` at the oracle's prices. Example: 1 000 DAI repaid against WETH with a threshold of 85 %:
/// a debt of 2 000 DAI, and WETH worth 2 000 · 0.999 / 0.85 DAI.
struct BackDerivation: Sendable {
    /// The health factor at the event, in basis points.
    static let edge = UInt256(9_990)

    var reserves: [EpisodeReserve]
    var collateral: ReserveIndex
    var debt: ReserveIndex
    var collateralPrice: Price
    var debtPrice: Price

    /// `nil` when no such account holds what was seized, or the exact rules judge it otherwise.
    func legs(repaid: TokenAmount, seized: TokenAmount) -> [Leg]? {
        let owed = repaid * 2
        let collateralRow = reserves[collateral.position].definition
        let debtRow = reserves[debt.position].definition
        guard
            let value = UInt256(owed).multiplied(
                by: UInt256(debtPrice.baseUnits), dividedRoundingDownBy: UInt256(unit(debtRow))),
            let adjusted = value.multiplied(
                by: Self.edge, dividedRoundingDownBy: UInt256(UInt64(collateralRow.liquidationThreshold.count))),
            let held = adjusted.multiplied(
                by: UInt256(unit(collateralRow)), dividedRoundingDownBy: UInt256(collateralPrice.baseUnits)),
            let amount = held.asUInt128, amount >= seized, amount > 0
        else { return nil }
        let legs = [Leg(collateral, .collateral, amount), Leg(debt, .debt, owed)]
        var judge = Judge(reserves)
        judge.set(collateral, collateralPrice)
        judge.set(debt, debtPrice)
        guard let health = judge.health(of: legs), health.isLiquidatable, health.healthFactor >= Self.leastHealth else {
            return nil
        }
        return legs
    }

    /// Rounding takes little; an account of dust loses more than a hundredth and is not worth placing.
    private static let leastHealth = UInt256(990_000_000_000_000_000 as UInt128)

    private func unit(_ row: ReserveDefinition) -> UInt128 { Decimals.powerOfTen(row.decimals) }
}
