import Domain
import Drift
import Margin
import Testing
import Units

/// Collateral, requirement and the premium for size, by hand.
@Suite struct DriftTests {
    private static let quote = ReserveIndex(0)
    private static let solana = ReserveIndex(1)
    private static let perpetual = ReserveIndex(2)
    private static let whole: Int128 = 1_000_000_000
    private static let share: Int128 = 100_000_000_000_000

    /// SOL at 100; deposits count 80 %, borrows 120 %; positions need 5 %.
    private func market(funding: Int128 = 0, premium: Int128 = 0) -> ReserveTable {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: Self.quote)
        for (reserve, decimals) in [(Self.quote, 6), (Self.solana, 9), (Self.perpetual, 9)] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: UInt8(decimals), liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
            table.set(reserve, price: Price(baseUnits: 100_000_000))
            table.set(reserve, .sizePremium, to: premium)
        }
        table.set(Self.solana, .collateralWeight, to: 8_000 * Self.share)
        table.set(Self.solana, .liabilityWeight, to: 12_000 * Self.share)
        table.set(Self.perpetual, .maintenanceMargin, to: 500 * Self.share)
        table.update(Self.perpetual) { $0.cumulativeFunding = funding }
        return table
    }

    private func health(_ legs: [Leg], in table: borrowing ReserveTable) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return DriftRules().health(factors: factors.span, amounts: amounts.span, traits: .none, in: table)
    }

    /// A whole size entered at 100, with dollars.
    private func user(_ size: Int128, dollars: UInt128) -> [Leg] {
        [
            Leg(Self.perpetual, size < 0 ? .debt : .collateral, (size * Self.whole).magnitude),
            Leg(Self.perpetual, .entry, signed: -size * 100_000_000),
            Leg(Self.quote, .collateral, dollars * 1_000_000),
        ]
    }

    @Test func `collateral at the requirement is safe, one unit less is not`() {
        for size: Int128 in [10, -10] {
            var legs = user(size, dollars: 50)
            #expect(health(legs, in: market())?.debt == 50_000_000)
            #expect(health(legs, in: market())?.isLiquidatable == false)
            legs[2].amount -= 1
            #expect(health(legs, in: market())?.isLiquidatable == true)
        }
    }

    @Test func `longs pay funding that rises, shorts are paid`() {
        // Rates have nine decimals: 2 for each unit of size.
        let rate: Int128 = 2_000_000_000
        #expect(health(user(10, dollars: 50), in: market(funding: rate))?.collateral == 30_000_000)
        #expect(health(user(-10, dollars: 50), in: market(funding: rate))?.collateral == 70_000_000)
        #expect(health(user(10, dollars: 50), in: market(funding: -rate))?.collateral == 70_000_000)
    }

    @Test func `deposits count with their weight, borrows with theirs`() {
        let deposit = [Leg(Self.solana, .collateral, 1_000_000_000), Leg(Self.quote, .debt, 80_000_000)]
        #expect(health(deposit, in: market())?.collateral == 80_000_000)
        #expect(health(deposit, in: market())?.isLiquidatable == false)
        let borrow = [Leg(Self.solana, .debt, 1_000_000_000), Leg(Self.quote, .collateral, 119_999_999)]
        #expect(health(borrow, in: market())?.debt == 120_000_000)
        #expect(health(borrow, in: market())?.isLiquidatable == true)
    }

    @Test func `a large size needs more than its ratio`() {
        // √(10 · 10^13 + 1) is 10^7: 500 − 100 + 10^7 · 300 / 10^7 is 700, of a million worth.
        #expect(health(user(10_000, dollars: 1), in: market(premium: 300))?.debt == 70_000_000_000)
        // A small one keeps the ratio: 400 + 3 is less than 500.
        #expect(health(user(1, dollars: 1), in: market(premium: 300))?.debt == 5_000_000)
    }

    @Test func `a ratio that was never sent is not zero`() {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: Self.quote)
        table.define(
            ReserveDefinition(
                reserve: Self.perpetual, market: MarketIndex(0), decimals: 9, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        table.set(Self.perpetual, price: Price(baseUnits: 1))
        #expect(health([Leg(Self.perpetual, .collateral, 1)], in: table) == nil)
    }
}
