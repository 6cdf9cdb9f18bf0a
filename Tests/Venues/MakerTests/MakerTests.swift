import Domain
import Maker
import Margin
import PlainNumbers
import Testing
import Units

/// `ink · spot < art · rate`, worked by hand and against plain arithmetic.
@Suite struct MakerTests {
    @Test func `at equality a vault is safe, the smallest unit of debt more is not`() {
        // 10 ETH at 3 000 with a ratio of 150 % have a spot of 2 000; at a rate of 1.25 they carry 16 000 of art.
        let wad: UInt128 = 1_000_000_000_000_000_000
        let table = IlkTable(spot: 2_000 * Ray.one.value, rate: Ray.one.value / 4 * 5)
        #expect(table.health(ink: 10 * wad, art: 16_000 * wad)?.isLiquidatable == false)
        #expect(table.health(ink: 10 * wad, art: 16_000 * wad)?.healthFactor == AccountHealth.one)
        #expect(table.health(ink: 10 * wad, art: 16_000 * wad + 1)?.isLiquidatable == true)
        #expect(table.health(ink: 10 * wad - 1, art: 16_000 * wad)?.isLiquidatable == true)
    }

    @Test func `an ilk without a spot is not judged`() {
        #expect(IlkTable(spot: nil, rate: Ray.one.value).health(ink: 0, art: 1) == nil)
    }

    @Test(arguments: 0..<20)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let spot = generator.number(bits: 80...128), rate = generator.number(bits: 90...128)
            let ink = generator.number(bits: 1...128), art = generator.number(bits: 1...128)
            let health = IlkTable(spot: spot, rate: rate).health(ink: ink, art: art)
            let collateral = Natural(ink) * Natural(spot), debt = Natural(art) * Natural(rate)
            #expect(health?.collateral.description == collateral.description, "seed \(seed)")
            #expect(health?.debt.description == debt.description, "seed \(seed)")
            #expect(health?.isLiquidatable == (collateral < debt), "seed \(seed)")
        }
    }
}

private struct IlkTable {
    private var reserves = ReserveTable()

    init(spot: UInt128?, rate: UInt128) {
        reserves.define(
            ReserveDefinition(
                reserve: ReserveIndex(0), market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        reserves.set(ReserveIndex(0), supply: .one, borrow: Ray(rate))
        if let spot { reserves.set(ReserveIndex(0), price: Price(baseUnits: spot)) }
    }

    func health(ink: UInt128, art: UInt128) -> AccountHealth? {
        let factors = [FactorIndex(ReserveIndex(0), .collateral), FactorIndex(ReserveIndex(0), .debt)]
        let amounts = [ink, art]
        return MakerRules().health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }
}
