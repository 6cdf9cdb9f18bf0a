import Domain
import Liquity
import Mechanisms
import OfferList
import PlainNumbers
import Testing
import Units

/// What becomes of a trove in both versions, worked by hand; and that nothing is lost.
@Suite struct LiquityLiquidationTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static let hundredth: UInt128 = 10_000_000_000_000_000

    private static func trove(
        _ collateral: UInt128, _ debt: UInt128, pool: UInt128, system: UInt128 = 200
    ) -> LiquityTrove {
        LiquityTrove(
            collateral: collateral * hundredth, debt: debt * wad, price: Price(baseUnits: 200 * wad), pool: pool * wad,
            systemRatio: UInt256(system * hundredth))
    }

    @Test func `in normal mode the pool takes what it covers and the other troves the rest`() throws {
        // 10.50 at 200 against 2 000: 105 %.
        let amounts = try #require(Self.trove(1_050, 2_000, pool: 500).version1)
        #expect(amounts.gasCompensation == 52_500_000_000_000_000)
        #expect(amounts.debtToPool == UInt256(500 * Self.wad) && amounts.debtRedistributed == UInt256(1_500 * Self.wad))
        #expect(amounts.collateralToPool == 2_611_875_000_000_000_000)
        #expect(amounts.collateralRedistributed == 7_835_625_000_000_000_000)
        #expect(Self.trove(1_100, 2_000, pool: 500).version1 == nil, "110 % is safe")
    }

    @Test func `in recovery mode a trove below the system is offset at 110 per cent, if the pool covers it`() throws {
        // 13.00 against 2 000 is 130 %; the system is at 140 %.
        let amounts = try #require(Self.trove(1_300, 2_000, pool: 2_000, system: 140).version1)
        #expect(amounts.surplus == 2_000_000_000_000_000_000)
        #expect(amounts.gasCompensation == 55_000_000_000_000_000)
        #expect(amounts.collateralToPool == 10_945_000_000_000_000_000)
        #expect(Self.trove(1_300, 2_000, pool: 1_999, system: 140).version1 == nil)
        #expect(Self.trove(1_400, 2_000, pool: 2_000, system: 140).version1 == nil)
        // At or below 100 % everything is redistributed.
        let under = try #require(Self.trove(1_000, 2_000, pool: 2_000, system: 140).version1)
        #expect(under.debtToPool == .zero && under.debtRedistributed == UInt256(2_000 * Self.wad))
    }

    @Test func `version two keeps a coin in the pool, five per cent for it, and the rest for the owner`() throws {
        // 10.90 against 2 000: of 10.8455 after half a per cent, the pool gets 2 000 · 1.05 / 200 = 10.5.
        let amounts = try #require(Self.trove(1_090, 2_000, pool: 2_001).version2(redistributionPenalty: Self.tenth))
        #expect(amounts.gasCompensation == 54_500_000_000_000_000)
        #expect(amounts.collateralToPool == 10_500_000_000_000_000_000)
        #expect(amounts.surplus == 345_500_000_000_000_000)
        let short = try #require(Self.trove(1_090, 2_000, pool: 2_000).version2(redistributionPenalty: Self.tenth))
        #expect(short.debtRedistributed == UInt256(Self.wad))
    }

    @Test func `with an empty pool there is no collateral for the keeper in version two`() throws {
        let amounts = try #require(Self.trove(1_090, 2_000, pool: 0).version2(redistributionPenalty: Self.tenth))
        #expect(amounts.gasCompensation == .zero && amounts.collateralRedistributed == UInt256(1_090 * Self.hundredth))
    }

    private static let tenth = UInt256(100_000_000_000_000_000)

    @Test(arguments: 0..<40)
    func `all collateral and all debt go somewhere`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let debt = generator.number(bits: 40...90), price = generator.number(bits: 50...80)
            let percent = Natural(Int(generator.within(20...160)))
            let worth = Natural(debt) * percent * .ten(16) / Natural(price)
            guard let collateral = UInt128("\(worth)"), collateral > 0 else { continue }
            let trove = LiquityTrove(
                collateral: collateral, debt: debt, price: Price(baseUnits: price),
                pool: generator.number(bits: 40...91),
                systemRatio: UInt256(generator.number(bits: 60...61)))
            let found = [trove.version1, trove.version2(redistributionPenalty: Self.tenth)]
            for amounts in found.compactMap({ $0 }) {
                let kept = amounts.gasCompensation + amounts.collateralToPool + amounts.collateralRedistributed
                #expect(kept + amounts.surplus == UInt256(collateral), "seed \(seed)")
                #expect(amounts.debtToPool + amounts.debtRedistributed == UInt256(debt), "seed \(seed)")
            }
        }
    }

    @Test func `a trove offers the compensation and two hundred coins without capital`() throws {
        let ether = ReserveIndex(0), coin = ReserveIndex(1)
        var reserves = ReserveTable()
        for reserve in [ether, coin] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        reserves.define(MarketIndex(0), cash: coin)
        reserves.set(ether, price: Price(baseUnits: 200 * Self.wad))
        reserves.update(ether) { $0.totals = Totals(assets: 1_000 * Self.wad, shares: 100_000 * Self.wad) }
        reserves.update(coin) { $0.totals = Totals(assets: 5_000 * Self.wad, shares: 0) }
        let legs = [Leg(ether, .collateral, 1_050 * Self.hundredth), Leg(ether, .debt, 2_000 * Self.wad)]
        let offer = try #require(LiquityRules(.v1).offers(on: legs, in: reserves).first)
        #expect(offer.mechanism == .stabilityPool && offer.payable == 0...0)
        let rewards = try offer.exchange(paying: 0).get().rewards
        #expect(rewards.first == Reward(ether, 52_500_000_000_000_000))
        #expect(rewards.second == Reward(coin, 200 * Self.wad))
    }
}
