public import Domain
public import Units

/// A Morpho position with its market, and what repaying or seizing does to it (`Morpho.liquidate`, `PreLiquidation`).
///
/// Exactly one of seized assets and repaid shares is given; the other follows, rounded against the liquidator. No close
/// factor, no minimum, no fee. `nil` is a revert.
public struct MorphoPosition: Equatable, Sendable {
    public var collateral: UInt256
    public var borrowShares: UInt256
    public var totals: Totals
    /// `price()`: with 36 decimals, and the difference of the tokens'.
    public var price: UInt256
    public var lltv: UInt256

    public init(collateral: TokenAmount, borrowShares: UInt128, totals: Totals, price: Price, lltv: Wad) {
        self.collateral = UInt256(collateral)
        self.borrowShares = UInt256(borrowShares)
        self.totals = totals
        self.price = UInt256(price.baseUnits)
        self.lltv = UInt256(lltv.value)
    }

    var shares: MorphoShares { MorphoShares(totals) }
    /// What is owed, rounded up.
    public var borrowed: UInt256? { shares.assetsRoundingUp(borrowShares) }
    /// The collateral's worth in loan units, rounded down.
    public var quoted: UInt256? { MorphoMath.mulDivDown(collateral, price, MorphoMath.oraclePriceScale) }

    public var isHealthy: Bool? {
        if borrowShares.isZero { return true }
        guard let borrowed, let most = quoted.flatMap({ MorphoMath.mulDivDown($0, lltv, MorphoMath.wad) })
        else { return nil }
        return most >= borrowed
    }

    /// ⌊⌊assets · LIF⌋ · 10^36 / price⌋ of the shares' assets rounded down.
    public func seized(repayingShares repaid: UInt256, incentive: UInt256) -> UInt256? {
        guard !price.isZero else { return nil }
        return shares.assetsRoundingDown(repaid)
            .flatMap { MorphoMath.mulDivDown($0, incentive, MorphoMath.wad) }
            .flatMap { MorphoMath.mulDivDown($0, MorphoMath.oraclePriceScale, price) }
    }

    /// Rounded up at every step.
    public func repaidShares(seizing seized: UInt256, incentive: UInt256) -> UInt256? {
        MorphoMath.mulDivUp(seized, price, MorphoMath.oraclePriceScale)
            .flatMap { MorphoMath.mulDivUp($0, MorphoMath.wad, incentive) }
            .flatMap { shares.sharesRoundingUp($0) }
    }

    /// What paying at most so many assets comes to: as many shares as it buys, or the whole collateral for less.
    public func taking(paying assets: UInt256, incentive: UInt256) -> MorphoTaking? {
        guard let bought = shares.sharesRoundingDown(assets) else { return nil }
        let repaid = min(bought, borrowShares)
        guard let wanted = seized(repayingShares: repaid, incentive: incentive) else { return nil }
        guard wanted > collateral else { return taking(shares: repaid, seizing: wanted) }
        return repaidShares(seizing: collateral, incentive: incentive).flatMap {
            taking(shares: $0, seizing: collateral)
        }
    }

    private func taking(shares repaid: UInt256, seizing seized: UInt256) -> MorphoTaking? {
        guard let assets = shares.assetsRoundingUp(repaid), let left = borrowShares.subtracting(repaid),
            let collateralLeft = collateral.subtracting(seized),
            let sharesLeft = UInt256(totals.shares).subtracting(repaid)?.asUInt128
        else { return nil }
        let assetsLeft = UInt256(totals.assets).subtracting(assets)?.low ?? 0
        var after = self
        (after.collateral, after.borrowShares) = (collateralLeft, left)
        after.totals = Totals(assets: assetsLeft, shares: sharesLeft)
        return MorphoTaking(repaidShares: repaid, repaidAssets: assets, seized: seized, after: after)
    }

    /// What a market writes off when nothing of the collateral is left: by the totals after the repayment.
    public var badDebt: UInt256? {
        guard collateral.isZero else { return .zero }
        return borrowed.map { min($0, UInt256(totals.assets)) }
    }
}

/// One liquidation, and the position after it, before bad debt is written off.
public struct MorphoTaking: Equatable, Sendable {
    public var repaidShares: UInt256
    public var repaidAssets: UInt256
    public var seized: UInt256
    public var after: MorphoPosition
}
