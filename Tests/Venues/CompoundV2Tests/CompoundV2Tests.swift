import CompoundV2
import Domain
import Margin
import PlainNumbers
import Testing
import Units

/// `getAccountLiquidity` worked by hand, and against plain arithmetic.
@Suite struct CompoundV2Tests {
    @Test func `at equality there is no shortfall, one unit of debt more is one`() throws {
        // 50 000 cETH (8 decimals) at an exchange rate of 0.02 are 1 000 ETH; at 2 000 and a factor of 0.75, 1 500 000.
        var table = MoneyMarket()
        table.set(
            0, price: 2_000 * MoneyMarket.wad, factor: 750_000_000_000_000_000, rate: 200_000_000 * MoneyMarket.wad)
        table.set(1, price: MoneyMarket.wad, factor: 0, rate: 1)
        let legs = [
            Leg(ReserveIndex(0), .collateral, 50_000_00000000),
            Leg(ReserveIndex(1), .debt, 1_500_000 * MoneyMarket.wad),
            Leg(ReserveIndex(1), .accrual, MoneyMarket.wad),
        ]
        let even = try #require(table.health(legs))
        #expect(even.collateral == even.debt)
        #expect(even.healthFactor == AccountHealth.one)
        #expect(!even.isLiquidatable)
        var more = legs
        more[1].amount += 1
        #expect(table.health(more)?.isLiquidatable == true)
    }

    @Test func `debt is the principal times the index over the index it was settled at, rounded down`() throws {
        var table = MoneyMarket()
        table.set(0, price: MoneyMarket.wad, factor: 0, rate: 1, borrowIndex: 1_100_000_000_000_000_001)
        let legs = [
            Leg(ReserveIndex(0), .debt, 1_000), Leg(ReserveIndex(0), .accrual, 1_000_000_000_000_000_001),
        ]
        // 1 000 · 1.100000000000000001 / 1.000000000000000001 = 1 099.99….
        #expect(table.health(legs)?.debt == 1_099)
    }

    @Test func `without a price, a factor or an interest index there is no judgement`() {
        var table = MoneyMarket()
        table.define(0)
        #expect(table.health([Leg(ReserveIndex(0), .collateral, 1)]) == nil)
        table.reserves.set(ReserveIndex(0), price: Price(baseUnits: 1))
        #expect(table.health([Leg(ReserveIndex(0), .collateral, 1)]) == nil)
        #expect(table.health([Leg(ReserveIndex(0), .debt, 1)]) == nil)
    }

    @Test(arguments: 0..<40)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            var table = MoneyMarket()
            var plain = PlainLiquidity()
            var legs: [Leg] = []
            for i in 0..<generator.within(1...5) {
                let price = generator.number(bits: 20...126)
                let factor = generator.number(bits: 50...59), rate = generator.number(bits: 50...100)
                let now = generator.number(bits: 59...64), then = generator.number(bits: 59...60)
                table.set(i, price: price, factor: factor, rate: rate, borrowIndex: now)
                let amount = generator.number(bits: 1...110)
                if generator.below(2) == 0 {
                    legs.append(Leg(ReserveIndex(i), .collateral, amount))
                    plain.supply(amount, factor, rate, price)
                } else {
                    legs += [Leg(ReserveIndex(i), .debt, amount), Leg(ReserveIndex(i), .accrual, then)]
                    plain.borrow(amount, now, then, price)
                }
            }
            let health = table.health(legs)
            #expect((health == nil) == plain.hasReverted, "seed \(seed): \(legs)")
            guard let health else { continue }
            #expect("\(health.collateral)" == "\(plain.collateral)", "seed \(seed): \(legs)")
            #expect("\(health.debt)" == "\(plain.debt)", "seed \(seed): \(legs)")
            #expect(health.isLiquidatable == (plain.collateral < plain.debt), "seed \(seed)")
        }
    }
}

/// `getHypotheticalAccountLiquidityInternal` on numbers without a width.
private struct PlainLiquidity {
    var collateral = Natural(0)
    var debt = Natural(0)
    var hasReverted = false
    private let scale = Natural.ten(18)

    mutating func supply(_ balance: UInt128, _ factor: UInt128, _ rate: UInt128, _ price: UInt128) {
        let weighted = checked(Natural(factor) * Natural(rate)) / scale
        let denominator = checked(weighted * Natural(price)) / scale
        collateral = checked(collateral + checked(denominator * Natural(balance)) / scale)
    }

    mutating func borrow(_ principal: UInt128, _ now: UInt128, _ then: UInt128, _ price: UInt128) {
        let balance = checked(Natural(principal) * Natural(now)) / Natural(then)
        debt = checked(debt + checked(Natural(price) * balance) / scale)
    }

    private mutating func checked(_ value: Natural) -> Natural {
        if !value.fitsWord { hasReverted = true }
        return value
    }
}

/// Markets by number, as the comptroller has them.
private struct MoneyMarket {
    static let wad: UInt128 = 1_000_000_000_000_000_000
    var reserves = ReserveTable()

    mutating func define(_ i: Int) {
        reserves.define(
            ReserveDefinition(
                reserve: ReserveIndex(i), market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
    }

    mutating func set(_ i: Int, price: UInt128, factor: UInt128, rate: UInt128, borrowIndex: UInt128 = wad) {
        define(i)
        reserves.set(ReserveIndex(i), price: Price(baseUnits: price))
        reserves.set(ReserveIndex(i), supply: Ray(rate), borrow: Ray(borrowIndex))
        reserves.set(ReserveIndex(i), terms: .lending(LendingTerms(collateralFactor: Wad(factor))))
    }

    func health(_ legs: [Leg]) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return CompoundV2Rules().health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }
}
