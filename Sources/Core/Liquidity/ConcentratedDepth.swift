package import Units

/// A concentrated pool as depth of one of its tokens against the other, which is cash.
package struct ConcentratedDepth: Equatable, Sendable {
    package var pool: ConcentratedPool
    /// Whether the asset is token 0; then the pool's price is cash for one asset.
    package var assetIsToken0: Bool

    package init(pool: ConcentratedPool, assetIsToken0: Bool) {
        self.pool = pool
        self.assetIsToken0 = assetIsToken0
    }

    private var selling: ConcentratedPool.Direction { assetIsToken0 ? .zeroForOne : .oneForZero }
    private var buying: ConcentratedPool.Direction { assetIsToken0 ? .oneForZero : .zeroForOne }

    package func proceeds(ofSelling amount: TokenAmount) -> TokenAmount? {
        pool.swap(selling, exactIn: amount)?.amountOut
    }

    package func cost(ofBuying amount: TokenAmount) -> TokenAmount? {
        pool.swap(buying, exactOut: amount)?.amountIn
    }

    var saleMargin: MarginalPrice { MarginalPrice(lowered(mid), per: Self.unit) }
    var purchaseMargin: MarginalPrice { MarginalPrice(raised(mid), per: Self.unit) }

    /// What goes in until the price after the fee falls to the limit.
    func sale(downTo price: MarginalPrice) -> TokenAmount {
        guard let limit = root(at: raised(price.fraction)) else { return 0 }
        guard assetIsToken0 ? limit < pool.price : limit > pool.price else { return 0 }
        return pool.swap(selling, until: limit)?.amountIn ?? .max >> 1
    }

    /// What comes out until the price with the fee rises to the limit.
    func purchase(upTo price: MarginalPrice) -> TokenAmount {
        guard let limit = root(at: lowered(price.fraction)) else { return 0 }
        guard assetIsToken0 ? limit > pool.price : limit < pool.price else { return 0 }
        return pool.swap(buying, until: limit)?.amountOut ?? 0
    }

    /// Cash for one asset before any fee, 128 fractional bits.
    private var mid: UInt256 {
        // The root squared has 192 fractional bits: 64 too many for token 0, to be inverted for token 1.
        let square = pool.price.multipliedFullWidth(by: pool.price)
        let upright =
            square.high.bitCount <= 64
            ? square.high.shiftedLeft(by: 192).adding(square.low.shiftedRight(by: 64)) ?? .max : .max
        guard !assetIsToken0 else { return upright }
        return MarginalPrice(Self.unit, per: upright).fraction
    }

    /// The root of the pool's price at which one asset is worth so much cash.
    private func root(at price: UInt256) -> UInt256? {
        if assetIsToken0 { return price.approximateRoot(shiftedLeft: 32) }
        guard !price.isZero else { return TickMath.mostRoot }
        // 2^320 / price, as 2^256 / price and then 2^64 more under the root.
        return UInt256.max.dividedRoundingDown(by: price).approximateRoot(shiftedLeft: 32)
    }

    /// Less the fee, and before the fee is taken off.
    private func lowered(_ price: UInt256) -> UInt256 {
        price.multiplied(by: pool.fee.complement, dividedRoundingDownBy: Pips.wholeWord) ?? .max
    }
    private func raised(_ price: UInt256) -> UInt256 {
        price.multiplied(by: Pips.wholeWord, dividedRoundingDownBy: pool.fee.complement) ?? .max
    }

    private static let unit = MarginalPrice.unit
}
