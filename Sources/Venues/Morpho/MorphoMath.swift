public import Domain
public import Units

/// `MathLib`: plain words, so a product past 256 bits reverts (`nil`).
public enum MorphoMath {
    public static let wad = UInt256(1_000_000_000_000_000_000 as UInt128)
    /// `ORACLE_PRICE_SCALE`.
    public static let oraclePriceScale = UInt256(1_000_000_000_000_000_000_000_000_000_000_000_000 as UInt128)
    /// `MAX_LIQUIDATION_INCENTIVE_FACTOR`.
    static let incentiveMax = UInt256(1_150_000_000_000_000_000 as UInt128)
    /// `LIQUIDATION_CURSOR`.
    static let cursor = UInt256(300_000_000_000_000_000 as UInt128)

    static func mulDivDown(_ x: UInt256, _ y: UInt256, _ divisor: UInt256) -> UInt256? {
        x.multiplied(by: y)?.dividedRoundingDown(by: divisor)
    }

    /// (x · y + (d − 1)) / d: the sum must fit too.
    static func mulDivUp(_ x: UInt256, _ y: UInt256, _ divisor: UInt256) -> UInt256? {
        x.multiplied(by: y)?.adding(divisor - 1)?.dividedRoundingDown(by: divisor)
    }

    /// `_liquidationIncentiveFactor`: collateral value seized for a debt value repaid, with 18 decimals.
    ///
    /// Example: an lltv of 0.86 gives 1.043841336116910229.
    public static func liquidationIncentive(lltv: Wad) -> UInt256? {
        guard let room = wad.subtracting(UInt256(lltv.value)), let discount = mulDivDown(cursor, room, wad),
            let factor = mulDivDown(wad, wad, wad - discount)
        else { return nil }
        return min(incentiveMax, factor)
    }
}

/// `SharesMathLib`: shares of a pool against its assets, with virtual ones in each so that an empty pool cannot be bent.
public struct MorphoShares {
    /// `VIRTUAL_SHARES`.
    static let virtualShares = UInt256(1_000_000)
    /// `VIRTUAL_ASSETS`.
    static let virtualAssets = UInt256(1)

    let assets: UInt256
    let shares: UInt256

    public init(_ totals: Totals) {
        assets = UInt256(totals.assets) + Self.virtualAssets
        shares = UInt256(totals.shares) + Self.virtualShares
    }

    /// `toAssetsUp`: what a debt in shares comes to.
    public func assetsRoundingUp(_ amount: UInt256) -> UInt256? { MorphoMath.mulDivUp(amount, assets, shares) }
    /// `toAssetsDown`.
    public func assetsRoundingDown(_ amount: UInt256) -> UInt256? { MorphoMath.mulDivDown(amount, assets, shares) }
    /// `toSharesUp`.
    public func sharesRoundingUp(_ amount: UInt256) -> UInt256? { MorphoMath.mulDivUp(amount, shares, assets) }
    /// `toSharesDown`.
    public func sharesRoundingDown(_ amount: UInt256) -> UInt256? { MorphoMath.mulDivDown(amount, shares, assets) }
}
