import DYdX
import Domain
import Mechanisms
import OfferList
import Testing
import Units

/// What a subaccount in liquidation offers to the other side of the book.
@Suite struct DYdXOfferTests {
    private static let cash = ReserveIndex(0)
    private static let bitcoin = ReserveIndex(1)
    private static let wad: Int128 = 1_000_000_000_000_000_000

    private static var market: ReserveTable {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: cash)
        for (reserve, decimals) in [(cash, 6), (bitcoin, 3)] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: UInt8(decimals), liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        table.set(bitcoin, price: Price(baseUnits: 50_000))
        table.set(bitcoin, .initialMargin, to: wad / 20)
        table.set(bitcoin, .maintenanceScalar, to: wad * 6 / 10)
        table.set(cash, .liquidationFee, to: wad / 200)
        table.set(cash, .bankruptcyAdjustment, to: wad)
        table.set(cash, .spreadToMaintenance, to: wad / 10)
        return table
    }

    @Test func `a long with half of its margin may be bought a little below the oracle`() throws {
        // Worth 5 000, margin 150, of which 75 are left: half of a tenth of it below, cut to 7.
        let legs = [Leg(Self.bitcoin, .collateral, 100), Leg(Self.cash, .debt, 4_925)]
        let offer = try #require(DYdXRules().offers(on: legs, in: Self.market).first)
        #expect(offer.mechanism == .partialLiquidation && offer.audience == .venueItself)
        #expect(offer.pays == Self.cash && offer.receives == Self.bitcoin)
        #expect(offer.payable == 1...4_993)
        #expect(try offer.exchange(paying: 4_993).get().received == 100)
        #expect(try offer.exchange(paying: 2_500).get().received == 50)
    }

    @Test func `a short may be sold a little above the oracle`() throws {
        let legs = [Leg(Self.bitcoin, .debt, 100), Leg(Self.cash, .collateral, 5_075)]
        let offer = try #require(DYdXRules().offers(on: legs, in: Self.market).first)
        #expect(offer.pays == Self.bitcoin && offer.receives == Self.cash)
        #expect(try offer.exchange(paying: 100).get().received == 5_007)
    }

    @Test func `at its margin a subaccount offers nothing, nor while a number was never sent`() {
        let even = [Leg(Self.bitcoin, .collateral, 100), Leg(Self.cash, .debt, 4_850)]
        #expect(DYdXRules().offers(on: even, in: Self.market).isEmpty)
        var untold = Self.market
        untold.define(
            ReserveDefinition(
                reserve: ReserveIndex(2), market: MarketIndex(0), decimals: 6, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 1))
        untold.define(MarketIndex(0), cash: ReserveIndex(2))
        let legs = [Leg(Self.bitcoin, .collateral, 100), Leg(ReserveIndex(2), .debt, 4_925)]
        #expect(DYdXRules().offers(on: legs, in: untold).isEmpty)
    }
}
