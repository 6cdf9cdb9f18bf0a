import Domain
import Margin
import Perpetual
import PlainNumbers
import Testing
import Units

/// The clearing house's and the vault's conditions by hand, and against plain arithmetic.
@Suite struct PerpetualTests {
    private static let cash = ReserveIndex(0)
    private static let weth = ReserveIndex(1)
    private static let base = ReserveIndex(2)
    private static let wad: Int128 = 1_000_000_000_000_000_000

    /// 6.25 % for positions, 7.5 % with other collateral, debt up to 75 % of it and up to 10 000.
    private func market(
        price: UInt128 = 1_000 * UInt128(PerpetualTests.wad), funding: Int128 = 0,
        collateralPrice: UInt128 = 2_000 * UInt128(PerpetualTests.wad), weight: Int128 = PerpetualTests.wad / 2,
        ceiling: Int128 = 10_000_000_000
    ) -> ReserveTable {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: Self.cash)
        for (reserve, decimals) in [(Self.cash, 6), (Self.weth, 18), (Self.base, 18)] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: UInt8(decimals), liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        table.set(Self.base, price: Price(baseUnits: price))
        table.set(Self.weth, price: Price(baseUnits: collateralPrice))
        table.set(Self.weth, .collateralWeight, to: weight)
        table.update(Self.base) { $0.cumulativeFunding = funding }
        table.set(Self.cash, .maintenanceMargin, to: Self.wad / 16)
        table.set(Self.cash, .collateralMaintenance, to: Self.wad * 75 / 1_000)
        table.set(Self.cash, .debtRatio, to: Self.wad * 3 / 4)
        table.set(Self.cash, .debtCeiling, to: ceiling)
        return table
    }

    private func health(_ legs: [Leg], in table: borrowing ReserveTable) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return PerpetualRules().health(factors: factors.span, amounts: amounts.span, traits: .none, in: table)
    }

    /// A whole size at 1 000, cash in dollars, other collateral in thousandths.
    private func account(size: Int128, cash: Int128, weth: Int128 = 0) -> [Leg] {
        [
            Leg(Self.base, size < 0 ? .debt : .collateral, (size * Self.wad).magnitude),
            Leg(Self.base, .entry, signed: -size * 1_000 * Self.wad),
            Leg(Self.cash, cash < 0 ? .debt : .collateral, (cash * 1_000_000).magnitude),
            Leg(Self.weth, .collateral, UInt128(weth * Self.wad / 1_000)),
        ]
    }

    private func dollars(_ value: Int) -> UInt256 { UInt256(value) * UInt256(UInt128(Self.wad)) }

    @Test func `an account below its margin is liquidated, one at it is not`() {
        // 16 at 1 000 need 1 000.
        for size: Int128 in [16, -16] {
            var legs = account(size: size, cash: 1_000)
            #expect(health(legs, in: market())?.debt == dollars(1_000))
            #expect(health(legs, in: market())?.isLiquidatable == false)
            legs[2].amount -= 1
            #expect(health(legs, in: market())?.isLiquidatable == true)
        }
    }

    @Test func `funding is paid by the day`() {
        let funding = 3 * 86_400 * Self.wad
        #expect(health(account(size: 2, cash: 100), in: market(funding: funding))?.collateral == dollars(94))
        #expect(health(account(size: -2, cash: 100), in: market(funding: funding))?.collateral == dollars(106))
        #expect(health(account(size: 2, cash: 100), in: market(funding: -funding))?.collateral == dollars(106))
    }

    @Test func `other collateral counts with its ratio and asks for the higher margin`() {
        let found = health(account(size: 16, cash: 0, weth: 2_000), in: market())
        #expect(found?.collateral == dollars(2_000))
        #expect(found?.debt == dollars(1_200))
        #expect(health(account(size: 16, cash: 0, weth: 1_199), in: market())?.isLiquidatable == true)
        #expect(health(account(size: 16, cash: 0, weth: 1_200), in: market())?.isLiquidatable == false)
    }

    @Test func `a debt above the share of other collateral is liquidated`() {
        // Worth 4 000 after the haircut: it carries 3 000.
        #expect(health(account(size: 0, cash: -3_000, weth: 4_000), in: market())?.isLiquidatable == false)
        #expect(health(account(size: 0, cash: -3_001, weth: 4_000), in: market())?.isLiquidatable == true)
    }

    @Test func `a debt above the bound is liquidated whatever backs it`() {
        #expect(health(account(size: 0, cash: -10_000, weth: 90_000), in: market())?.isLiquidatable == false)
        #expect(health(account(size: 0, cash: -10_001, weth: 90_000), in: market())?.isLiquidatable == true)
    }

    @Test func `an unrealised loss is part of the debt`() {
        let lost = market(price: 500 * UInt128(Self.wad))
        #expect(health(account(size: 8, cash: 1_000, weth: 4_000), in: lost)?.isLiquidatable == false)
        #expect(health(account(size: 8, cash: 999, weth: 4_000), in: lost)?.isLiquidatable == true)
    }

    @Test(arguments: 0..<30)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let (price, other) = (generator.number(bits: 40...75), generator.number(bits: 40...75))
            let weight = Int128(generator.number(bits: 50...60)), now = generator.signed(bits: 1...90)
            let ceiling = Int128(generator.number(bits: 1...60))
            let table = market(
                price: price, funding: now, collateralPrice: other, weight: weight, ceiling: ceiling)
            let (size, cash) = (generator.signed(bits: 1...70), generator.signed(bits: 1...60))
            let (entry, settled) = (generator.signed(bits: 40...80), generator.signed(bits: 1...90))
            let held = generator.below(3) == 0 ? 0 : generator.number(bits: 1...70)
            let legs = [
                Leg(Self.base, size < 0 ? .debt : .collateral, size.magnitude), Leg(Self.base, .entry, signed: entry),
                Leg(Self.base, .accrual, signed: settled),
                Leg(Self.cash, cash < 0 ? .debt : .collateral, cash.magnitude), Leg(Self.weth, .collateral, held),
            ].shuffled(using: &generator)
            let worth = Whole(size) * Whole(price) / .ten(18)
            let paid = (Whole(now) - Whole(settled)) * Whole(size) / (Whole(86_400) * .ten(18))
            let settlement = Whole(cash) * .ten(12) + worth + Whole(entry) - paid
            let counted = Whole(held) * Whole(other) / .ten(18) * Whole(weight) / .ten(18)
            let hasOther = held > 0
            let margin = worth.abs * Whole(hasOther ? 75 : 62) / Whole(1_000)
            let exact = hasOther ? margin : worth.abs / Whole(16)
            let debt = max(.zero, -settlement)
            let isBelow =
                settlement + counted < exact
                || hasOther
                    && (debt > counted * Whole(3) / Whole(4) || debt > Whole(ceiling) * .ten(12))
            let found = health(legs, in: table)
            #expect(found?.collateral.description == (settlement + counted).shown.description, "seed \(seed): \(legs)")
            #expect(found?.debt.description == exact.description, "seed \(seed): \(legs)")
            #expect(found?.isLiquidatable == isBelow, "seed \(seed): \(legs)")
        }
    }
}
