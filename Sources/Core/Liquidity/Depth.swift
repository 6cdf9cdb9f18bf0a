public import Domain
public import Units

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
public enum Depth: Equatable, Sendable {
    case pool(Pool)
    case concentrated(ConcentratedDepth)
    case book(OrderBook)
    case inventory(Inventory)

    /// Cash for selling so much, rounded down.
    public func proceeds(ofSelling amount: TokenAmount) -> TokenAmount? {
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
    public func cost(ofBuying amount: TokenAmount) -> TokenAmount? {
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

    /// To the unit what can be traded, where that is known beforehand.
    func capacity(_ side: TradeSide) -> TokenAmount? {
        switch self {
        case .pool(let pool): side == .sale ? Self.unlimited : pool.assetReserve - 1
        case .concentrated: nil
        case .book(let book): (side == .sale ? book.bids : book.asks).size
        case .inventory(let inventory): side == .sale ? inventory.room : inventory.stock
        }
    }

    private static let unlimited = TokenAmount.max >> 4
}
