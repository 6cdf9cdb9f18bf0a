import Domain
import Drift
import Mechanisms
import OfferList
import Testing
import Units

/// What a user in liquidation offers, by the slots that have passed since he was flagged.
@Suite struct DriftOfferTests {
    private static let quote = ReserveIndex(0)
    private static let perpetual = ReserveIndex(1)
    private static let wad: Int128 = 1_000_000_000_000_000_000

    /// 100 units at 100 with a ratio of 5 %; a buffer of 2 %, slot 1 000.
    private static var market: ReserveTable {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: quote)
        for (reserve, decimals) in [(quote, 6), (perpetual, 9)] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: UInt8(decimals), liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        table.set(perpetual, price: Price(baseUnits: 100_000_000))
        table.update(quote) { $0.cumulativeFunding = 1_000 }
        table.set(perpetual, .maintenanceMargin, to: wad / 20)
        table.set(perpetual, .sizePremium, to: 0)
        table.set(perpetual, .liquidationFee, to: wad / 100)
        table.set(perpetual, .insuranceFee, to: wad / 200)
        table.set(quote, .liquidationBuffer, to: wad / 50)
        table.set(quote, .liquidationDuration, to: 150)
        table.set(quote, .initialPortion, to: wad / 5)
        return table
    }

    private static func legs(_ deposit: UInt128, since slot: UInt128?) -> [Leg] {
        [
            Leg(quote, .collateral, deposit), Leg(perpetual, .collateral, 100_000_000_000),
            Leg(perpetual, .entry, signed: -10_000_000_000),
        ] + (slot.map { [Leg(quote, .accrual, $0)] } ?? [])
    }

    @Test func `a user just flagged offers a fifth, after the whole time everything that is missing`() throws {
        // 500 needed, with the buffer 510; 410 are there.
        let first = try #require(DriftRules().offers(on: Self.legs(410_000_000, since: nil), in: Self.market).first)
        #expect(first.mechanism == .partialLiquidation && first.pays == Self.quote)
        // 5.714285714 units at 99.
        #expect(first.payable == 1...565_714_286)
        let last = try #require(DriftRules().offers(on: Self.legs(410_000_000, since: 850), in: Self.market).first)
        #expect(last.payable == 1...2_828_571_429)
        #expect(try last.exchange(paying: 2_828_571_429).get().received == 28_571_428_571)
    }

    @Test func `a user at the requirement offers nothing`() {
        #expect(DriftRules().offers(on: Self.legs(500_000_000, since: nil), in: Self.market).isEmpty)
        #expect(!DriftRules().offers(on: Self.legs(499_999_999, since: nil), in: Self.market).isEmpty)
    }
}
