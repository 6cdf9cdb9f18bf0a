public import Domain
public import Liquidity
public import Units

/// What a market's assets fetch and cost in its cash asset. The cash asset itself is worth itself.
public struct CashMarket: Sendable {
    public let cash: ReserveIndex

    /// What is not in it is traded in its reserve's own pool.
    public let depth: DepthTable

    public init(cash: ReserveIndex, depth: DepthTable = .empty) {
        self.cash = cash
        self.depth = depth
    }

    /// Cash for selling an amount, rounded down. `nil` when there is no depth, or it cannot take it.
    public func proceeds(
        ofSelling amount: TokenAmount, _ reserve: ReserveIndex, in reserves: borrowing ReserveTable
    ) -> TokenAmount? {
        if reserve == cash || amount == 0 { return amount }
        if depth.contains(.sale, of: reserve) { return depth.proceeds(ofSelling: amount, reserve) }
        guard let pool = reserves.pool(of: reserve) else { return nil }
        return ConstantProduct.amountOut(
            amount, reserveIn: pool.assetReserve, reserveOut: pool.cashReserve, fee: pool.fee)
    }

    /// Cash for buying an amount, rounded up. `nil` when there is no depth, or it does not hold so much.
    public func cost(
        ofBuying amount: TokenAmount, _ reserve: ReserveIndex, in reserves: borrowing ReserveTable
    ) -> TokenAmount? {
        if reserve == cash || amount == 0 { return amount }
        if depth.contains(.purchase, of: reserve) { return depth.cost(ofBuying: amount, reserve) }
        guard let pool = reserves.pool(of: reserve) else { return nil }
        return ConstantProduct.amountIn(
            for: amount, reserveIn: pool.cashReserve, reserveOut: pool.assetReserve, fee: pool.fee)
    }
}
