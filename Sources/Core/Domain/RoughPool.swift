import Units

/// A pool as filters see it: doubles, worked out when the pool is set instead of whenever it is looked at. Never for an amount.
public struct RoughPool: BitwiseCopyable, Sendable {
    /// √ of the marginal price, in the cash asset's smallest units for one of the asset's: for whoever sells the asset, and whoever buys it.
    public var saleRoot: Double
    public var purchaseRoot: Double
    /// √(R_asset·R_cash / g), g = 1 − fee.
    public var liquidity: Double
    public var asset: Double

    /// The marginal price without the fee, in the same units.
    public var price: Double { saleRoot * purchaseRoot }

    public init(_ pool: Pool) {
        let kept = 1 - Double(pool.fee.count) / 10_000
        let cash = pool.cashReserve.approximate
        asset = pool.assetReserve.approximate
        saleRoot = (cash / asset * kept).squareRoot()
        purchaseRoot = (cash / asset / kept).squareRoot()
        liquidity = (asset * cash / kept).squareRoot()
    }
}
