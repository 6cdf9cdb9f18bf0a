import Domain
import Hyperliquid
import Mechanisms
import OfferList
import Testing
import Units

/// The stages of the documentation, worked by hand.
@Suite struct HyperliquidBackstopTests {
    @Test(arguments: [
        (90, HyperliquidStage.safe), (89, .book), (60, .book), (59, .backstop), (0, .backstop), (-1, .deleveraging),
    ])
    func `with a margin of ninety the equity says what happens`(equity: Int, stage: HyperliquidStage) {
        #expect(HyperliquidStage(equity: Int256(Int128(equity)), maintenance: 90) == stage)
    }

    @Test func `of a large position the first order is for a fifth, after half a minute for all`() {
        func size(_ worth: UInt128, _ since: Interval?) -> UInt256 {
            HyperliquidStage.orderSize(
                1_000, worth: UInt256(worth * 1_000_000), cashUnit: 1_000_000, sinceFirst: since)
        }
        #expect(size(100_000, nil) == 1_000)
        #expect(size(100_001, nil) == 200)
        #expect(size(100_001, .seconds(29)) == .zero)
        #expect(size(100_001, .seconds(30)) == 1_000)
    }

    @Test func `an account in need shows its positions at the mark, for the venue alone`() throws {
        let cash = ReserveIndex(0), ether = ReserveIndex(1)
        var reserves = ReserveTable()
        for (reserve, decimals) in [(cash, 6), (ether, 4)] as [(ReserveIndex, UInt8)] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: decimals, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        reserves.define(MarketIndex(0), cash: cash)
        reserves.set(cash, price: Price(baseUnits: 1_000_000))
        reserves.set(ether, price: Price(baseUnits: 2_000_000_000))
        reserves.set(ether, .initialMargin, to: 100_000_000_000_000_000)
        func offers(_ margin: UInt128) -> [any Offer] {
            let legs = [
                Leg(cash, .collateral, margin * 1_000_000), Leg(ether, .collateral, 10_000),
                Leg(ether, .entry, signed: 2_000_000_000),
            ]
            return HyperliquidRules().offers(on: legs, in: reserves)
        }
        // A long of one at 2 000 needs 100.
        #expect(offers(100).isEmpty)
        #expect(offers(99).map(\.mechanism) == [.partialLiquidation])
        let backstop = try #require(offers(50).first)
        #expect(backstop.mechanism == .takeover && backstop.audience == .venueItself)
        #expect(try backstop.exchange(paying: 1_000_000_000).get().received == 5_000)
    }
}
