import Domain
import Liquity
import Margin
import PlainNumbers
import Testing
import Units

/// Ratios and the recovery mode, worked by hand and against plain arithmetic.
@Suite struct LiquityTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000

    @Test(arguments: LiquityRules.all.indices)
    func `at the minimum ratio a trove is safe, one unit of debt more is not`(version: Int) {
        // 11 ETH at 200 against 2 000: exactly 110 %. The system stands at 200 %.
        let table = TroveTable(price: 200 * Self.wad, system: (1_000 * Self.wad, 100_000 * Self.wad))
        let rules = LiquityRules.all[version]
        #expect(table.health(rules, 11 * Self.wad, 2_000 * Self.wad)?.isLiquidatable == false)
        #expect(table.health(rules, 11 * Self.wad, 2_000 * Self.wad + 1)?.isLiquidatable == true)
        #expect(table.health(rules, 11 * Self.wad, 0)?.isLiquidatable == false)
    }

    @Test func `at the critical ratio there is no recovery mode, below it there is`() {
        // The system: 750 ETH at 200 against 100 000, 150 %.
        let trove = (14 * Self.wad, 2_000 * Self.wad)
        let even = TroveTable(price: 200 * Self.wad, system: (750 * Self.wad, 100_000 * Self.wad))
        #expect(even.health(LiquityRules(.v1), trove.0, trove.1)?.isLiquidatable == false)
        let below = TroveTable(price: 200 * Self.wad, system: (750 * Self.wad - 1, 100_000 * Self.wad))
        #expect(below.health(LiquityRules(.v1), trove.0, trove.1)?.isLiquidatable == true)
        #expect(below.health(LiquityRules(.v2), trove.0, trove.1)?.isLiquidatable == false)
    }

    @Test func `in recovery mode a trove at the system's ratio is safe, one below it is not`() {
        let table = TroveTable(price: 200 * Self.wad, system: (700 * Self.wad, 100_000 * Self.wad))
        #expect(table.health(LiquityRules(.v1), 14 * Self.wad, 2_000 * Self.wad)?.isLiquidatable == false)
        #expect(table.health(LiquityRules(.v1), 14 * Self.wad - 1, 2_000 * Self.wad)?.isLiquidatable == true)
    }

    @Test func `a system below the minimum ratio protects nobody below it`() {
        // The system stands at 105 %: a trove at 107 % is above it, and still below the minimum.
        let table = TroveTable(price: 100 * Self.wad, system: (1_050 * Self.wad, 100_000 * Self.wad))
        #expect(table.health(LiquityRules(.v1), 107 * Self.wad, 10_000 * Self.wad)?.isLiquidatable == true)
        #expect(table.health(LiquityRules(.v1), 110 * Self.wad, 10_000 * Self.wad)?.isLiquidatable == false)
    }

    @Test func `version 1 needs the totals, version 2 does not`() {
        let table = TroveTable(price: 100 * Self.wad, system: nil)
        #expect(table.health(LiquityRules(.v1), 1, 1) == nil)
        #expect(table.health(LiquityRules(.v2), 1, 1) != nil)
    }

    @Test(arguments: 0..<20)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let price = generator.number(bits: 55...80)
            let system = (generator.number(bits: 80...84), generator.number(bits: 88...92))
            let trove = (generator.number(bits: 60...70), generator.number(bits: 68...80))
            let table = TroveTable(price: price, system: system)
            let ratio = Natural(trove.0) * Natural(price) / Natural(trove.1)
            let whole = Natural(system.0) * Natural(price) / Natural(system.1)
            let isRecovering = whole < Natural(15) * .ten(17)
            let minimum = Natural(11) * .ten(17)
            let old = table.health(LiquityRules(.v1), trove.0, trove.1)
            #expect(old?.healthFactor.description == ratio.description, "seed \(seed)")
            #expect(
                old?.isLiquidatable == (ratio < minimum || (isRecovering && ratio < whole)), "seed \(seed): \(trove)")
            #expect(
                table.health(LiquityRules(.v2), trove.0, trove.1)?.isLiquidatable == (ratio < minimum), "seed \(seed)")
        }
    }
}

private struct TroveTable {
    private var reserves = ReserveTable()

    init(price: UInt128, system: (UInt128, UInt128)?) {
        reserves.define(
            ReserveDefinition(
                reserve: ReserveIndex(0), market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        reserves.set(ReserveIndex(0), price: Price(baseUnits: price))
        reserves.set(ReserveIndex(0), terms: .lending(LendingTerms(collateralFactor: Wad(1_100_000_000_000_000_000))))
        if let system { reserves.update(ReserveIndex(0)) { $0.totals = Totals(assets: system.0, shares: system.1) } }
    }

    func health(_ rules: LiquityRules, _ collateral: UInt128, _ debt: UInt128) -> AccountHealth? {
        let factors = [FactorIndex(ReserveIndex(0), .collateral), FactorIndex(ReserveIndex(0), .debt)]
        let amounts = [collateral, debt]
        return rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }
}
