import Domain
import Liquidity
import Units

/// The pools that collateral is sold into, and what is left of earlier sales in them.
///
/// A pool is a constant product around the market's price with the depth of the moment; a sale of s into a units of the asset
/// lowers its price by (a / (a + s))², and arbitrage takes part of that back each block. Fee 0.3 %.
struct StressMarket {
    private(set) var pools: [Pool] = []
    /// Units beyond the reference pool.
    private var sold: [UInt128] = [0, 0, 0]
    /// Without our sales.
    private(set) var reference: [UInt128]
    private let cashAtFirst: [UInt128]
    private static let fee = BasisPoints(30)

    /// - Parameter depth: cash in each pool at first.
    init(depth: [TokenAmount]) {
        cashAtFirst = depth.map { max($0, StressAsset.cashUnit) }
        reference = StressAsset.allCases.map(\.startPrice)
        pools = StressAsset.allCases.map { Self.pool($0, $0.startPrice, cashAtFirst[$0.rawValue], sold: 0) }
    }

    /// The next block: where the market is, how deep, and what arbitrage leaves.
    mutating func turn(_ block: StressPath.Block, keeping kept: BasisPoints) {
        for asset in StressAsset.allCases {
            let i = asset.rawValue
            sold[i] = kept.share(of: sold[i])
            reference[i] = max(1, asset.startPrice * UInt128(block.market[i]) / 1_000_000)
            let cash = max(StressAsset.cashUnit, cashAtFirst[i] * UInt128(block.depth) / 1_000_000)
            pools[i] = Self.pool(asset, reference[i], cash, sold: sold[i])
        }
    }

    private static func pool(_ asset: StressAsset, _ price: UInt128, _ cash: TokenAmount, sold: UInt128) -> Pool {
        let held = max(1, asset.amount(worth: cash, at: price))
        let left = UInt256(held).multiplied(by: UInt256(cash), dividedRoundingUpBy: UInt256(held + sold))?.asUInt128
        guard let left else { preconditionFailure("Invariant: less cash than before a sale") }
        return Pool(assetReserve: held + sold, cashReserve: max(1, left), fee: fee)
    }

    /// In the pool now, rounded down, at least one.
    func price(_ asset: StressAsset) -> UInt128 {
        let pool = pools[asset.rawValue]
        return max(
            1,
            StressAsset.product(
                pool.cashReserve, asset.unit * (StressAsset.one / StressAsset.cashUnit), over: pool.assetReserve))
    }

    /// Of the reference, in basis points.
    func impact(_ asset: StressAsset) -> UInt64 {
        UInt64(clamping: price(asset) * 10_000 / reference[asset.rawValue])
    }

    /// Cash for so much, rounded down (`UniswapV2Library.getAmountOut`).
    func proceeds(_ amount: TokenAmount, of asset: StressAsset) -> TokenAmount {
        let pool = pools[asset.rawValue]
        return ConstantProduct.amountOut(
            amount, reserveIn: pool.assetReserve, reserveOut: pool.cashReserve, fee: pool.fee) ?? 0
    }

    mutating func sell(_ amount: TokenAmount, of asset: StressAsset) -> TokenAmount {
        let got = proceeds(amount, of: asset)
        pools[asset.rawValue].assetReserve += amount
        pools[asset.rawValue].cashReserve -= got
        sold[asset.rawValue] += amount
        return got
    }
}
