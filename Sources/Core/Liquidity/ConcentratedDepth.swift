public import Units

/// A concentrated pool as depth of one of its tokens against the other, which is cash.
public struct ConcentratedDepth: Equatable, Sendable {
    public var pool: ConcentratedPool
    /// Whether the asset is token 0; then the pool's price is cash for one asset.
    public var assetIsToken0: Bool

    public init(pool: ConcentratedPool, assetIsToken0: Bool) {
        self.pool = pool
        self.assetIsToken0 = assetIsToken0
    }

    private var selling: ConcentratedPool.Direction { assetIsToken0 ? .zeroForOne : .oneForZero }
    private var buying: ConcentratedPool.Direction { assetIsToken0 ? .oneForZero : .zeroForOne }

    public func proceeds(ofSelling amount: TokenAmount) -> TokenAmount? {
        pool.swap(selling, exactIn: amount)?.amountOut
    }

    public func cost(ofBuying amount: TokenAmount) -> TokenAmount? {
        pool.swap(buying, exactOut: amount)?.amountIn
    }
}
