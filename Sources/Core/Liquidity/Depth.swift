package import Domain
package import Units

/// One venue of an asset against cash: what selling fetches, what buying costs, and how the price moves.
///
/// | model | sale | the price falls |
/// |---|---|---|
/// | `pool` | constant product | smoothly |
/// | `concentrated` | constant product between ticks | smoothly, with kinks at ticks |
/// | `book` | resting orders | in steps |
/// | `inventory` | kept, at the oracle's price less a haircut | not at all, up to its room |
///
/// What we receive is rounded down, what we pay is rounded up; `nil` when the venue cannot.
package enum Depth: Equatable, Sendable {
    case pool(Pool)
    case concentrated(ConcentratedDepth)
    case book(OrderBook)
    case inventory(Inventory)

    /// Cash for selling so much, rounded down.
    package func proceeds(ofSelling amount: TokenAmount) -> TokenAmount? {
        guard amount > 0 else { return 0 }
        return switch self {
        case .pool(let pool):
            ConstantProduct.amountOut(
                amount, reserveIn: pool.assetReserve, reserveOut: pool.cashReserve, fee: pool.fee)
        case .concentrated(let depth): depth.proceeds(ofSelling: amount)
        case .book(let book): book.proceeds(ofSelling: amount)
        case .inventory(let inventory): inventory.proceeds(ofSelling: amount)
        }
    }

    /// Cash for buying so much, rounded up.
    package func cost(ofBuying amount: TokenAmount) -> TokenAmount? {
        guard amount > 0 else { return 0 }
        return switch self {
        case .pool(let pool):
            ConstantProduct.amountIn(
                for: amount, reserveIn: pool.cashReserve, reserveOut: pool.assetReserve, fee: pool.fee)
        case .concentrated(let depth): depth.cost(ofBuying: amount)
        case .book(let book): book.cost(ofBuying: amount)
        case .inventory(let inventory): inventory.cost(ofBuying: amount)
        }
    }

    /// What the first unit fetches, fees taken off.
    package var saleMargin: MarginalPrice {
        switch self {
        case .pool(let pool): pool.saleMargin
        case .concentrated(let depth): depth.saleMargin
        case .book(let book): book.saleMargin
        case .inventory(let inventory): inventory.saleMargin
        }
    }

    /// What the first unit costs, fees included.
    package var purchaseMargin: MarginalPrice {
        switch self {
        case .pool(let pool): pool.purchaseMargin
        case .concentrated(let depth): depth.purchaseMargin
        case .book(let book): book.purchaseMargin
        case .inventory(let inventory): inventory.purchaseMargin
        }
    }

    /// About how much can be sold before one more unit fetches less than the price.
    package func sale(downTo price: MarginalPrice) -> TokenAmount {
        switch self {
        case .pool(let pool): pool.sale(downTo: price)
        case .concentrated(let depth): depth.sale(downTo: price)
        case .book(let book): book.sale(downTo: price)
        case .inventory(let inventory): inventory.sale(downTo: price)
        }
    }

    /// About how much can be bought before one more unit costs more than the price.
    package func purchase(upTo price: MarginalPrice) -> TokenAmount {
        switch self {
        case .pool(let pool): pool.purchase(upTo: price)
        case .concentrated(let depth): depth.purchase(upTo: price)
        case .book(let book): book.purchase(upTo: price)
        case .inventory(let inventory): inventory.purchase(upTo: price)
        }
    }
}
