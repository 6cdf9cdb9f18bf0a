import Domain
import GMX
import Mechanisms
import OfferList
import Testing
import Units

/// A position to be closed is no business of ours: the offer says so.
@Suite struct GMXOfferTests {
    @Test func `a position below its leverage's margin is the keepers' to close, and pays nothing`() throws {
        let (cash, token, market) = (ReserveIndex(0), ReserveIndex(1), ReserveIndex(2))
        let dollar: UInt128 = 1_000_000_000_000_000_000_000_000_000_000
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: cash)
        for reserve in [cash, token, market] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 0, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
            table.set(reserve, price: Price(baseUnits: dollar))
        }
        table.update(market) { $0.quotes.oracle = Price(baseUnits: dollar) }
        table.set(cash, .minimumCollateral, to: Int128(dollar))
        table.set(token, .collateralWeight, to: 1_000_000_000_000_000_000)
        table.set(market, .closingFee, to: 0)
        table.set(market, .maintenanceMargin, to: 200_000_000_000_000_000)
        func offers(_ collateral: UInt128) -> [any Offer] {
            let legs = [
                Leg(token, .collateral, collateral), Leg(market, .collateral, 100),
                Leg(market, .entry, signed: Int128(100 * dollar)),
            ]
            return GMXRules().offers(on: legs, in: table)
        }
        #expect(offers(20).isEmpty)
        let close = try #require(offers(19).first)
        #expect(close.audience == .roleHolders && close.receives == market && close.payable == 0...0)
        #expect(try close.exchange(paying: 0).get().rewards == .none)
        #expect(close.exchange(paying: 1) == .failure(.tooMuchRepay))
    }
}
