import Domain
import Mechanisms
import OfferList
import Perpetual
import Testing
import Units

/// What a trader below his margin offers, in cash's own units.
@Suite struct PerpetualOfferTests {
    private static let cash = ReserveIndex(0)
    private static let ether = ReserveIndex(1)
    private static let wad: Int128 = 1_000_000_000_000_000_000

    private static var market: ReserveTable {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: cash)
        for (reserve, decimals) in [(cash, 6), (ether, 18)] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: UInt8(decimals), liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        table.set(ether, price: Price(baseUnits: UInt128(wad)))
        table.set(cash, .maintenanceMargin, to: wad / 16)
        table.set(cash, .collateralMaintenance, to: wad / 10)
        table.set(cash, .debtRatio, to: wad * 3 / 4)
        table.set(cash, .debtCeiling, to: 10_000_000_000)
        table.set(cash, .liquidationFee, to: wad / 40)
        return table
    }

    @Test func `half of a long is had for its worth less half the penalty`() throws {
        let legs = [
            Leg(Self.cash, .collateral, 40_000_000), Leg(Self.ether, .collateral, UInt128(1_000 * Self.wad)),
            Leg(Self.ether, .entry, signed: -1_000 * Self.wad),
        ]
        let offer = try #require(PerpetualRules().offers(on: legs, in: Self.market).first)
        #expect(offer.mechanism == .takeover && offer.audience == .everyone)
        #expect(offer.payable == 1...493_750_000)
        #expect(try offer.exchange(paying: 493_750_000).get().received == UInt128(500 * Self.wad))
    }

    @Test func `a short is paid for its worth and half the penalty`() throws {
        let legs = [
            Leg(Self.cash, .collateral, 40_000_000), Leg(Self.ether, .debt, UInt128(1_000 * Self.wad)),
            Leg(Self.ether, .entry, signed: 1_000 * Self.wad),
        ]
        let offer = try #require(PerpetualRules().offers(on: legs, in: Self.market).first)
        #expect(offer.pays == Self.ether && offer.payable == 1...UInt128(500 * Self.wad))
        #expect(try offer.exchange(paying: UInt128(500 * Self.wad)).get().received == 506_250_000)
    }

    @Test func `at its margin a trader offers nothing`() {
        let legs = [
            Leg(Self.cash, .collateral, 62_500_000), Leg(Self.ether, .collateral, UInt128(1_000 * Self.wad)),
            Leg(Self.ether, .entry, signed: -1_000 * Self.wad),
        ]
        #expect(PerpetualRules().offers(on: legs, in: Self.market).isEmpty)
    }
}
