import Domain
import Drift
import Margin
import PlainNumbers
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

    @Test(arguments: 0..<30)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let now = generator.signed(bits: 1...40), settled = generator.signed(bits: 1...40)
            let premium = generator.below(3) == 0 ? 0 : Int128(generator.within(1...5_000))
            var table = market(funding: now, premium: premium)
            let prices = [generator.number(bits: 10...40), generator.number(bits: 10...40)]
            table.set(Self.solana, price: Price(baseUnits: prices[0]))
            table.set(Self.perpetual, price: Price(baseUnits: prices[1]))
            let cash = generator.signed(bits: 1...60), spot = generator.signed(bits: 1...55)
            let size = generator.signed(bits: 1...50), entry = generator.signed(bits: 1...60)
            let legs = [
                Leg(Self.quote, cash < 0 ? .debt : .collateral, cash.magnitude),
                Leg(Self.solana, spot < 0 ? .debt : .collateral, spot.magnitude),
                Leg(Self.perpetual, size < 0 ? .debt : .collateral, size.magnitude),
                Leg(Self.perpetual, .entry, signed: entry), Leg(Self.perpetual, .accrual, signed: settled),
            ]

            var (collateral, requirement) = (Whole.zero, Whole.zero)
            let spotWorth = Whole(spot) * Whole(prices[0]) / .ten(9)
            for (worth, weights) in [(Whole(cash), (10_000, 10_000)), (spotWorth, (8_000, 12_000))] {
                let isSpot = weights.0 == 8_000
                if worth < .zero {
                    let weight = isSpot ? withPremium(weights.1, size: spot.magnitude, premium) : Whole(weights.1)
                    requirement = requirement + worth.abs * weight / .ten(4)
                } else {
                    collateral = collateral + worth * Whole(weights.0) / .ten(4)
                }
            }
            let worth = Whole(size) * Whole(prices[1]) / .ten(9)
            collateral = collateral + worth + Whole(entry) + (Whole(settled) - Whole(now)) * Whole(size) / .ten(12)
            requirement = requirement + worth.abs * withPremium(500, size: size.magnitude, premium) / .ten(4)
            let found = health(legs, in: table)
            #expect(found?.collateral.description == collateral.shown.description, "seed \(seed): \(legs)")
            #expect(found?.debt.description == requirement.description, "seed \(seed): \(legs)")
            #expect(found?.isLiquidatable == (collateral < requirement), "seed \(seed): \(legs)")
        }
    }

    /// max(r, r − r/5 + √(10·size + 1) · factor / 10^7), the root by halving.
    private func withPremium(_ ratio: Int, size: UInt128, _ factor: Int128) -> Whole {
        guard factor > 0 else { return Whole(ratio) }
        let square = 10 * size + 1
        var (low, high): (UInt128, UInt128) = (0, 1 << 60)
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle * middle <= square { low = middle } else { high = middle }
        }
        return max(Whole(ratio), Whole(ratio - ratio / 5) + Whole(low) * Whole(factor) / .ten(7))
    }
}
