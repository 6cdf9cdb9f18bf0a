import Domain
import Limits
import Margin
import Mechanisms
import Units

/// Whether the prices behind a bid can be trusted.
extension Engine {
    /// Prices that are too old or that the sources do not agree on: of what is taken, what is paid, and what is counted in.
    func priceRefusal(_ pair: LiquidationPair, _ market: MarketDefinition) -> Refusal? {
        let (ageMax, apartMax) = (settings.limits.priceAgeMax, settings.limits.disputeMax)
        return priceAge.refusal(pair.collateral, at: now, ageMax) ?? priceAge.refusal(pair.debt, at: now, ageMax)
            ?? priceAge.refusal(market.cash, at: now, ageMax) ?? priceAge.refusal(market.native, at: now, ageMax)
            ?? dispute(over: pair.collateral, apartMax) ?? dispute(over: pair.debt, apartMax)
    }

    /// The venue's oracle against what else is streamed of the instrument: its index, its book's middle, its last trade.
    private func dispute(over reserve: ReserveIndex, _ apartMax: BasisPoints?) -> Refusal? {
        guard apartMax != nil, let oracle = reserves.price(of: reserve),
            let quotes = reserves.state(of: reserve)?.quotes
        else { return nil }
        var others = InlineArray<3, Price>(repeating: oracle)
        var count = 0
        for price in [quotes.index, quotes.middle, quotes.last] {
            guard let price else { continue }
            others[count] = price
            count += 1
        }
        return PriceDispute.refusal(oracle: oracle, others: others.span.extracting(first: count), apartMax)
    }
}

extension PerpetualQuotes {
    /// Between the best bid and the best ask, rounded down.
    fileprivate var middle: Price? {
        guard let bid, let ask else { return nil }
        return Price(baseUnits: bid.baseUnits / 2 + ask.baseUnits / 2 + (bid.baseUnits & ask.baseUnits & 1))
    }
}
