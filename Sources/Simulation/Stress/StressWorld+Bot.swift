import Mechanisms
import Units

/// The bot: it takes what pays after gas and slippage, with the cash it has, and sells at once.
///
/// Of an offer it tries the most that it can pay, and then a half, a quarter and so on of that, `triesMax` times, and does what
/// leaves most. Nothing that leaves nothing. It knows the pool and the offer as they are, so nothing of it fails.
struct StressChoice {
    var exchange: Exchange
    /// In cash units and in units of the asset.
    var paid: TokenAmount
    var received: TokenAmount
    var profit: TokenAmount
}

extension StressWorld {
    static let triesMax = 7

    /// - Parameters:
    ///   - cashScale: the offer's units of what it asks for in one unit of cash; `assetScale` of what it gives.
    func choice(
        _ offer: some Offer, of asset: StressAsset, cashScale: UInt128 = 1, assetScale: UInt128 = 1
    ) -> StressChoice? {
        guard room > 0, books.cash(.bot) > gasCost else { return nil }
        var best: StressChoice?
        var amount = min((offer.payable.upperBound + cashScale - 1) / cashScale, books.cash(.bot) - gasCost)
        for _ in 0..<Self.triesMax where amount > 0 {
            let asked = min(amount * cashScale, offer.payable.upperBound)
            if case .success(let exchange) = offer.exchange(paying: asked) {
                let paid = (exchange.paid + cashScale - 1) / cashScale
                let received = exchange.received / assetScale
                // No sale fetches more than the pool's price, and smaller sizes cost as much apiece: then none of them pays.
                if asset.value(received, at: market.price(asset) + 1) + 1 <= paid { return best }
                let proceeds = market.proceeds(received, of: asset)
                if proceeds > paid + gasCost, proceeds - paid - gasCost > best?.profit ?? 0 {
                    best = StressChoice(
                        exchange: exchange, paid: paid, received: received, profit: proceeds - paid - gasCost)
                }
            }
            amount /= 2
        }
        return best
    }

    /// One action of the bot: gas is burnt, and the block has less room.
    mutating func spendAction() {
        room -= 1
        books.pay(gasCost, from: .bot, to: .burnt)
        result.gas += gasCost
    }

    /// What the bot was given is sold into the pool.
    mutating func sell(_ amount: TokenAmount, of asset: StressAsset, by seller: StressParty) {
        guard amount > 0 else { return }
        books.give(amount, of: asset, from: seller, to: .pools)
        books.pay(market.sell(amount, of: asset), from: .pools, to: seller)
    }

    /// Books one liquidation of so much debt for collateral.
    mutating func count(debt: TokenAmount, collateral: TokenAmount, of asset: StressAsset) {
        result.liquidations += 1
        result.volume += debt
        result.collateral += asset.value(collateral, at: judge.price(asset))
    }

    /// Positions of accounts that can be liquidated, the largest debts first; of equal ones the first to come.
    mutating func liquidatable() -> [Int] {
        accounts.indices.filter { watch.isLiquidatable($0, accounts[$0], judge) }
            .sorted { accounts[$0].debt != accounts[$1].debt ? accounts[$0].debt > accounts[$1].debt : $0 < $1 }
    }
}
