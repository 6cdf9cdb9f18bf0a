import Domain
import Units

/// What a perpetual's mark is made of, where the venue does not publish it as a price: its virtual pool, its order book, the
/// median of three, or its index. By the number that the parameter `mark_source` carries.
enum MarkSource: Int128 {
    /// The quote reserve over the base reserve of a pool record, in the cash's smallest units for one whole base.
    case virtualPool = 1
    /// The middle of bid and ask, within `mark_band` of the index.
    case book = 2
    /// Of the last trade, the best bid and the best ask.
    case median = 3
    case index = 4

    /// The mark as it stands; `nil` when the price record carries it, or while something that it is made of is missing.
    static func mark(of reserve: ReserveIndex, in reserves: borrowing ReserveTable) -> Price? {
        guard let number = reserves.parameter(.markSource, of: reserve), let source = MarkSource(rawValue: number),
            let row = reserves.row(reserve), let quotes = reserves.state(of: reserve)?.quotes
        else { return nil }
        switch source {
        case .virtualPool:
            return row.pool.flatMap {
                MarkPrice.virtualPool(base: $0.assetReserve, quote: $0.cashReserve, unit: row.unit)
            }
        case .book:
            guard let bid = quotes.bid, let ask = quotes.ask, let index = quotes.index,
                let band = reserves.parameter(.markBand, of: reserve), 0...10_000 ~= band
            else { return nil }
            return MarkPrice.book(bid: bid, ask: ask, index: index, band: .basisPoints(UInt32(band)))
        case .median:
            guard let last = quotes.last, let bid = quotes.bid, let ask = quotes.ask else { return nil }
            return MarkPrice.median(last, bid, ask)
        case .index: return MarkPrice.index(quotes)
        }
    }
}

extension MarginWatch {
    /// Sets a mark that is made here, when it has moved.
    mutating func followMark(of reserve: ReserveIndex) {
        guard let mark = MarkSource.mark(of: reserve, in: reserves), mark.baseUnits > 0,
            mark != reserves.price(of: reserve)
        else { return }
        set(reserve, price: mark)
    }
}
