import Domain
import Hyperliquid
import Margin
import PlainNumbers
import Testing
import Units

/// Equity, maintenance and liquidation prices by hand, and against plain arithmetic.
@Suite struct HyperliquidTests {
    private static let cash = ReserveIndex(0)
    private static let bitcoin = ReserveIndex(1)
    private static let ether = ReserveIndex(2)
    private static let percent: Int128 = 10_000_000_000_000_000

    /// 20 × leverage at most: 5 % to open, 2.5 % to stay. Sizes have 3 decimals.
    private func market(price: UInt128 = 100_000, funding: Int128 = 0, tiers: [MarginTier] = []) -> ReserveTable {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: Self.cash)
        for (reserve, decimals) in [(Self.cash, 6), (Self.bitcoin, 3), (Self.ether, 3)] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: UInt8(decimals), liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
            guard reserve != Self.cash else { continue }
            table.set(reserve, price: Price(baseUnits: price))
            table.update(reserve) { $0.cumulativeFunding = funding }
            table.set(reserve, .initialMargin, to: 5 * Self.percent)
            for (i, tier) in tiers.enumerated() { _ = table.set(reserve, tier: tier, at: i) }
        }
        return table
    }

    private func health(
        _ legs: [Leg], in table: borrowing ReserveTable, _ traits: AccountTraits = .none
    ) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return HyperliquidRules().health(factors: factors.span, amounts: amounts.span, traits: traits, in: table)
    }

    /// A whole size entered at 100 000, with cash.
    private func account(_ size: Int128, cash: Int128) -> [Leg] {
        [
            Leg(Self.bitcoin, size < 0 ? .debt : .collateral, (size * 1_000).magnitude),
            Leg(Self.bitcoin, .entry, signed: size * 100_000),
            Leg(Self.cash, cash < 0 ? .debt : .collateral, cash.magnitude),
        ]
    }

    @Test func `maintenance is half the initial margin, and equity at it is safe`() {
        let even = health(account(10, cash: 25_000), in: market())
        #expect(even == AccountHealth(equity: 25_000, requirement: 25_000, isLiquidatable: false))
        #expect(health(account(10, cash: 24_999), in: market())?.isLiquidatable == true)
        #expect(health(account(-10, cash: 24_999), in: market())?.isLiquidatable == true)
    }

    @Test func `brackets stand in for the flat margin`() {
        let tiers = [
            MarginTier(floor: 0, maintenanceMargin: Wad(UInt128(Self.percent)), deduction: 0),
            MarginTier(floor: 500_000, maintenanceMargin: Wad(UInt128(2 * Self.percent)), deduction: 5_000),
        ]
        #expect(health(account(1, cash: 9), in: market(tiers: tiers))?.debt == 1_000)
        #expect(health(account(10, cash: 9), in: market(tiers: tiers))?.debt == 15_000)
    }

    @Test func `longs pay funding that rises and shorts are paid, rounded against both`() {
        let funding: Int128 = 1_500_000_000_000_000_000
        var legs = account(1, cash: 10_000)
        #expect(health(legs, in: market(funding: funding))?.collateral == 9_998)
        legs = account(-1, cash: 10_000)
        #expect(health(legs, in: market(funding: funding))?.collateral == 10_001)
        #expect(health(legs, in: market(funding: -funding))?.collateral == 9_998)
    }

    @Test func `cross margin shares, isolated margin stands alone`() {
        let lost = account(10, cash: 0) + [Leg(Self.ether, .collateral, 10_000)]
        // The other position was had for nothing: its worth carries both.
        #expect(health(lost, in: market())?.isLiquidatable == false)
        #expect(health(lost, in: market(), .isolated) == nil)
        #expect(health(account(10, cash: 0), in: market(), .isolated)?.isLiquidatable == true)
    }

    @Test func `the liquidation price is the documented formula's`() {
        let wad = Wad(UInt128(5 * Self.percent))
        // 10 at 100 with 50 more than needed: 100 − 50 / 10 / 0.95 and 100 + 50 / 10 / 1.05, in hundredths.
        let long = LiquidationPrice(
            size: 10, unit: 1, price: Price(baseUnits: 10_000), available: 5_000, maintenance: wad)
        #expect(long.rounded == Price(baseUnits: 9_474))
        let short = LiquidationPrice(
            size: -10, unit: 1, price: Price(baseUnits: 10_000), available: 5_000, maintenance: wad)
        #expect(short.rounded == Price(baseUnits: 10_476))
        let rich = LiquidationPrice(
            size: 10, unit: 1, price: Price(baseUnits: 10_000), available: 100_000, maintenance: wad)
        #expect(rich.rounded == nil)
        let none = LiquidationPrice(size: 0, unit: 1, price: Price(baseUnits: 1), available: 1, maintenance: wad)
        #expect(none.rounded == nil)
    }

    @Test(arguments: 0..<50)
    func `at its liquidation price an account is safe, and a little beyond it is not`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let size = Int128(generator.within(1...500)) * (generator.below(2) == 0 ? 1 : -1)
        let legs = account(size, cash: 2_500 * Int128(size.magnitude) + Int128(generator.within(0...500_000)))
        let now = try #require(health(legs, in: market()))
        let available = Int256(now.collateral.low) - Int256(now.debt.low)
        let price = LiquidationPrice(
            size: Int256(size * 1_000), unit: 1_000, price: Price(baseUnits: 100_000), available: available,
            maintenance: Wad(UInt128(5 * Self.percent / 2)))
        guard let edge = price.rounded?.baseUnits else { return }
        #expect(health(legs, in: market(price: edge))?.isLiquidatable == false, "seed \(seed)")
        let beyond = size > 0 ? edge - 3 : edge + 3
        #expect(health(legs, in: market(price: beyond))?.isLiquidatable == true, "seed \(seed)")
    }

    @Test(arguments: 0..<30)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let price = generator.number(bits: 1...50), now = generator.signed(bits: 1...90)
            let floor = generator.number(bits: 10...90)
            let rates = [generator.number(bits: 40...58), generator.number(bits: 40...58)]
            let deduction = generator.number(bits: 1...80)
            let table = market(
                price: price, funding: now,
                tiers: [
                    MarginTier(floor: 0, maintenanceMargin: Wad(rates[0]), deduction: 0),
                    MarginTier(floor: floor, maintenanceMargin: Wad(rates[1]), deduction: deduction),
                ])
            let cash = generator.signed(bits: 1...80)
            var legs = [Leg(Self.cash, cash < 0 ? .debt : .collateral, cash.magnitude)]
            var (equity, margin) = (Whole(cash), Whole.zero)
            for reserve in [Self.bitcoin, Self.ether] {
                let size = generator.signed(bits: 1...64), settled = generator.signed(bits: 1...90)
                let entry = generator.signed(bits: 1...80)
                legs += [
                    Leg(reserve, size < 0 ? .debt : .collateral, size.magnitude),
                    Leg(reserve, .accrual, signed: settled), Leg(reserve, .entry, signed: entry),
                ]
                let worth = Whole(size) * Whole(price) / .ten(3)
                let paid = ((Whole(settled) - Whole(now)) * Whole(size)).floored(by: .ten(21))
                equity = equity + worth - Whole(entry) + paid
                let isHigh = worth.abs >= Whole(floor)
                let flat = (worth.abs * Whole(rates[isHigh ? 1 : 0])).raised(by: .ten(18))
                margin = margin + max(.zero, flat - (isHigh ? Whole(deduction) : .zero))
            }
            legs.shuffle(using: &generator)
            let found = health(legs, in: table)
            #expect(found?.collateral.description == equity.shown.description, "seed \(seed): \(legs)")
            #expect(found?.debt.description == margin.description, "seed \(seed): \(legs)")
            #expect(found?.isLiquidatable == (equity < margin), "seed \(seed): \(legs)")
        }
    }
}
