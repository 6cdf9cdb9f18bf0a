import DYdX
import Domain
import Margin
import PlainNumbers
import Testing
import Units

/// Net collateral and margin worked by hand, and against plain arithmetic.
@Suite struct DYdXTests {
    private static let cash = ReserveIndex(0)
    private static let bitcoin = ReserveIndex(1)
    private static let ether = ReserveIndex(2)
    private static let wad: Int128 = 1_000_000_000_000_000_000

    /// Initial margins of 5 %, of which 60 % is maintenance: 3 %. A base quantum is worth price / 10^3.
    private func market(price: UInt128 = 50_000, funding: Int128 = 0) -> ReserveTable {
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
            table.set(reserve, .initialMargin, to: Self.wad / 20)
            table.set(reserve, .maintenanceScalar, to: Self.wad * 6 / 10)
        }
        return table
    }

    private func health(
        _ legs: [Leg], in table: borrowing ReserveTable, _ traits: AccountTraits = .none
    ) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return DYdXRules().health(factors: factors.span, amounts: amounts.span, traits: traits, in: table)
    }

    @Test func `an account is liquidated below its maintenance margin and not at it`() {
        // Long 100 at 50: worth 5 000, margin 150; owing 4 850 leaves 150.
        let long = Leg(Self.bitcoin, .collateral, 100)
        let even = health([long, Leg(Self.cash, .debt, 4_850)], in: market())
        #expect(even == AccountHealth(equity: 150, requirement: 150, isLiquidatable: false))
        #expect(health([long, Leg(Self.cash, .debt, 4_851)], in: market())?.isLiquidatable == true)
    }

    @Test func `both margins are rounded up, one after the other`() {
        // Worth 50: 5 % is 2.5, so 3, and 60 % of that is 1.8, so 2; in one step it would be 1.5.
        #expect(health([Leg(Self.bitcoin, .collateral, 1)], in: market())?.debt == 2)
    }

    @Test func `worth is cut toward zero for shorts as well`() {
        // 3 · 50 500 / 1 000 is 151.5.
        let short = [Leg(Self.bitcoin, .debt, 3), Leg(Self.cash, .collateral, 1_000)]
        #expect(health(short, in: market(price: 50_500))?.collateral == 849)
    }

    @Test func `funding of all positions is summed and then rounded down once`() {
        // A long of 1 and a short of 3 after the index rose by 500 000: −0.5 + 1.5, exactly 1 and not −1 + 1.
        let legs = [Leg(Self.bitcoin, .collateral, 1), Leg(Self.ether, .debt, 3), Leg(Self.cash, .collateral, 1_000)]
        #expect(health(legs, in: market(funding: 500_000))?.collateral == UInt256(901))
        let long = [Leg(Self.bitcoin, .collateral, 1), Leg(Self.cash, .collateral, 1_000)]
        #expect(health(long, in: market(funding: 500_000))?.collateral == UInt256(1_049))
        #expect(health(long, in: market(funding: -500_000))?.collateral == UInt256(1_050))
    }

    @Test func `without a margin requirement nothing is liquidated`() {
        #expect(health([Leg(Self.cash, .debt, 5)], in: market())?.isLiquidatable == false)
        // Worth less than a quantum.
        let dust = [Leg(Self.bitcoin, .collateral, 1), Leg(Self.cash, .debt, 5)]
        #expect(health(dust, in: market(price: 999))?.isLiquidatable == false)
        #expect(health(dust, in: market(price: 1_000))?.isLiquidatable == true)
    }

    @Test func `an isolated subaccount with two positions cannot be judged, a cross one can`() {
        let both = [Leg(Self.bitcoin, .collateral, 1), Leg(Self.ether, .debt, 1)]
        #expect(health(both, in: market()) != nil)
        #expect(health(both, in: market(), .isolated) == nil)
        #expect(health([both[0]], in: market(), .isolated) != nil)
    }

    @Test func `a position long and short at once cannot be judged`() {
        #expect(health([Leg(Self.bitcoin, .collateral, 1), Leg(Self.bitcoin, .debt, 1)], in: market()) == nil)
    }

    @Test func `a margin that was never sent is not zero`() {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: Self.cash)
        table.define(
            ReserveDefinition(
                reserve: Self.bitcoin, market: MarketIndex(0), decimals: 3, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        table.set(Self.bitcoin, price: Price(baseUnits: 1))
        #expect(health([Leg(Self.bitcoin, .collateral, 1)], in: table) == nil)
    }

    @Test(arguments: 0..<30)
    func `the rules are plain arithmetic's, to the quantum`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let price = generator.number(bits: 1...60), now = generator.signed(bits: 1...60)
            let table = market(price: price, funding: now)
            let cash = generator.signed(bits: 1...80)
            var legs = [Leg(Self.cash, cash < 0 ? .debt : .collateral, cash.magnitude)]
            var (equity, funding, margin) = (Whole(cash), Whole.zero, Whole.zero)
            for reserve in [Self.bitcoin, Self.ether] {
                let size = generator.signed(bits: 1...64), settled = generator.signed(bits: 1...60)
                let entry = generator.signed(bits: 1...80)
                legs += [
                    Leg(reserve, size < 0 ? .debt : .collateral, size.magnitude),
                    Leg(reserve, .accrual, signed: settled), Leg(reserve, .entry, signed: entry),
                ]
                let worth = Whole(size) * Whole(price) / .ten(3)
                equity = equity + worth + Whole(entry)
                funding = funding + (Whole(settled) - Whole(now)) * Whole(size)
                margin = margin + (worth.abs.raised(by: Whole(20)) * Whole(6)).raised(by: Whole(10))
            }
            equity = equity + funding.floored(by: .ten(6))
            legs.shuffle(using: &generator)
            let found = health(legs, in: table)
            #expect(found?.collateral.description == equity.shown.description, "seed \(seed): \(legs)")
            #expect(found?.debt.description == margin.description, "seed \(seed): \(legs)")
            #expect(found?.isLiquidatable == (margin > .zero && margin > equity), "seed \(seed): \(legs)")
        }
    }
}
