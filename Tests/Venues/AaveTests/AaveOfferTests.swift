import Aave
import Domain
import Margin
import Mechanisms
import OfferList
import Testing
import Units

/// Aave's pairs as offers, and a soft band above its edge.
@Suite struct AaveOfferTests {
    private static func legs(_ usdc: TokenAmount) -> [Leg] {
        [Leg(LendingTable.weth, .collateral, 10 * LendingTable.ether), Leg(LendingTable.usdc, .debt, usdc)]
    }

    @Test func `an offer does what the rules do, for every size`() throws {
        let table = LendingTable(fee: 1_000), rules = AaveRules(.v3_7)
        let offer = try #require(rules.offers(on: Self.legs(17_000_000_000), in: table.reserves).first)
        #expect(offer.payable == 1...8_500_000_000)
        let health = try #require(table.health(.v3_7, weth: 10 * LendingTable.ether, usdc: 17_000_000_000))
        let subject = LiquidationSubject(
            pair: LiquidationPair(collateral: LendingTable.weth, debt: LendingTable.usdc),
            scaledCollateral: 10 * LendingTable.ether, scaledDebt: 17_000_000_000, health: health,
            closeFactor: .basisPoints(5_000))
        for size in [1, 777, 8_500_000_000] as [TokenAmount] {
            let amounts = try rules.liquidation(repaying: size, of: subject, in: table.reserves).get()
            let exchange = try offer.exchange(paying: size).get()
            #expect(exchange.paid == amounts.repay && exchange.received == amounts.seize)
            #expect(exchange.protocolFee == amounts.protocolFee)
        }
        #expect(offer.exchange(paying: 8_500_000_001) == .failure(.tooMuchRepay))
    }

    @Test func `within the band the account is offered a little cheaper, at the edge the ordinary way`() throws {
        var table = LendingTable()
        let rules = ProactiveRules(AaveRules(.v3_0))
        // 16 500 carried against 16 000 is 1.03125.
        #expect(rules.offers(on: Self.legs(16_000_000_000), in: table.reserves).isEmpty, "no band was told")
        table.reserves.set(LendingTable.weth, .softBandWidth, to: 50_000_000_000_000_000)
        table.reserves.set(LendingTable.weth, .softBandDiscount, to: 40_000_000_000_000_000)
        let offer = try #require(rules.offers(on: Self.legs(16_000_000_000), in: table.reserves).first)
        #expect(offer.mechanism == .softBand)
        // 0.01875 of 0.05 are left: 1.5 %.
        #expect(try offer.exchange(paying: 2_000_000_000).get().received == 1_015_000_000_000_000_000)
        #expect(rules.offers(on: Self.legs(15_714_285_714), in: table.reserves).isEmpty, "1.05 and above")
        let forced = rules.offers(on: Self.legs(16_500_000_001), in: table.reserves)
        #expect(forced.map(\.mechanism) == [.fixedPenalty])
    }
}
