import Domain
import Margin
import Testing
import Units

/// Where marks come from.
@Suite struct MarkPriceTests {
    private func price(_ units: UInt128) -> Price { Price(baseUnits: units) }

    @Test func `a virtual pool's price is quote over base, rounded down`() {
        #expect(MarkPrice.virtualPool(base: 10, quote: 30_000, unit: 1) == price(3_000))
        #expect(MarkPrice.virtualPool(base: 7, quote: 50, unit: 100) == price(714))
        #expect(MarkPrice.virtualPool(base: 0, quote: 50, unit: 100) == nil)
        #expect(MarkPrice.virtualPool(base: 1, quote: .max, unit: 2) == nil)
    }

    @Test func `a book's mark is the middle of the spread, held near the index`() {
        let index = price(1_000)
        #expect(MarkPrice.book(bid: price(999), ask: price(1_002), index: index, band: .basisPoints(50)) == index)
        #expect(
            MarkPrice.book(bid: price(1_090), ask: price(1_110), index: index, band: .basisPoints(50)) == price(1_005))
        #expect(MarkPrice.book(bid: price(1), ask: price(2), index: index, band: .basisPoints(50)) == price(995))
        #expect(MarkPrice.book(bid: price(2), ask: price(1), index: index, band: .basisPoints(50)) == nil)
    }

    @Test func `the median of three is the middle one in any order`() {
        for order in [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1], [2, 2, 9], [2, 0, 2]] {
            let prices = order.map { price(UInt128($0)) }
            #expect(MarkPrice.median(prices[0], prices[1], prices[2]) == price(2), "\(order)")
        }
    }

    @Test func `an index is not an oracle`() {
        var quotes = PerpetualQuotes()
        quotes.oracle = price(5)
        #expect(MarkPrice.index(quotes) == nil)
        quotes.index = price(6)
        #expect(MarkPrice.index(quotes) == price(6))
    }
}
