import CompoundV3
import Domain
import Margin
import PlainNumbers
import Testing
import Units

/// `isLiquidatable` worked by hand, and against plain arithmetic.
@Suite struct CompoundV3Tests {
    private static let usdc = ReserveIndex(0)
    private static let weth = ReserveIndex(1)
    private static let wbtc = ReserveIndex(2)

    /// USDC at 1 as the base, WETH at 2 000 with a factor of 0.9.
    private func market(borrowIndex: UInt128 = 1_000_000_000_000_000) -> CometTable {
        var table = CometTable()
        table.define(Self.usdc, decimals: 6, price: 1_00000000)
        table.define(Self.weth, decimals: 18, price: 2_000_00000000, factor: 900_000_000_000_000_000)
        table.reserves.set(Self.usdc, supply: Ray(1), borrow: Ray(borrowIndex))
        return table
    }

    @Test func `at equality an account is safe, one unit of debt more is not`() {
        let table = market()
        let ether: UInt128 = 1_000_000_000_000_000_000
        let even = [Leg(Self.weth, .collateral, ether), Leg(Self.usdc, .debt, 1_800_000_000)]
        #expect(table.health(even)?.isLiquidatable == false)
        #expect(table.health(even)?.healthFactor == AccountHealth.one)
        let more = [Leg(Self.weth, .collateral, ether), Leg(Self.usdc, .debt, 1_800_000_001)]
        #expect(table.health(more)?.isLiquidatable == true)
    }

    @Test func `whoever supplies the base can never be liquidated`() {
        let table = market()
        #expect(table.health([Leg(Self.usdc, .collateral, 1)])?.isLiquidatable == false)
        #expect(table.health([])?.isLiquidatable == false)
    }

    @Test func `a price behind the point where the account is solvent is not needed`() {
        var table = market()
        table.define(Self.wbtc, decimals: 8, price: nil, factor: 850_000_000_000_000_000)
        let ether: UInt128 = 1_000_000_000_000_000_000
        let legs = [
            Leg(Self.wbtc, .collateral, 1), Leg(Self.weth, .collateral, ether), Leg(Self.usdc, .debt, 1_800_000_000),
        ]
        #expect(table.health(legs)?.isLiquidatable == false)
        var needed = legs
        needed[2].amount += 1
        #expect(table.health(needed) == nil)
    }

    @Test func `the principal grows with the borrow index of fifteen decimals`() {
        let table = market(borrowIndex: 1_250_000_000_000_000)
        #expect(table.health([Leg(Self.usdc, .debt, 1_000_000)])?.debt == 1_25000000)
        // A debt worth less than the smallest unit of value is none.
        #expect(market(borrowIndex: 1).health([Leg(Self.usdc, .debt, 1)])?.isLiquidatable == false)
    }

    @Test(arguments: 0..<40)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            var table = CometTable()
            let basePrice = generator.number(bits: 10...50), index = generator.number(bits: 50...52)
            let decimals = generator.within(0...18)
            table.define(ReserveIndex(0), decimals: UInt8(decimals), price: basePrice)
            table.reserves.set(ReserveIndex(0), supply: Ray(1), borrow: Ray(index))
            let principal = generator.number(bits: 1...104)
            var legs = [Leg(ReserveIndex(0), .debt, principal)]
            let debt =
                Natural(principal) * Natural(index) / .ten(15) * Natural(basePrice) / .ten(decimals)
            var collateral = Natural(0)
            for i in 1...generator.within(1...5) {
                let price = generator.number(bits: 10...60), factor = generator.number(bits: 57...59)
                let amount = generator.number(bits: 1...128), decimals = generator.within(0...18)
                table.define(ReserveIndex(i), decimals: UInt8(decimals), price: price, factor: factor)
                legs.append(Leg(ReserveIndex(i), .collateral, amount))
                let value = Natural(amount) * Natural(price) / .ten(decimals)
                collateral = collateral + value * Natural(factor) / .ten(18)
            }
            legs.shuffle(using: &generator)
            let health = table.health(legs)
            #expect(health?.collateral.description == collateral.description, "seed \(seed): \(legs)")
            #expect(health?.debt.description == debt.description, "seed \(seed): \(legs)")
            #expect(health?.isLiquidatable == (collateral < debt), "seed \(seed): \(legs)")
        }
    }
}

private struct CometTable {
    var reserves = ReserveTable()

    init() { reserves.define(MarketIndex(0), cash: ReserveIndex(0)) }

    mutating func define(_ reserve: ReserveIndex, decimals: UInt8, price: UInt128?, factor: UInt128 = 0) {
        reserves.define(
            ReserveDefinition(
                reserve: reserve, market: MarketIndex(0), decimals: decimals, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        if let price { reserves.set(reserve, price: Price(baseUnits: price)) }
        reserves.set(reserve, terms: .lending(LendingTerms(collateralFactor: Wad(factor))))
    }

    func health(_ legs: [Leg]) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return CompoundV3Rules().health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }
}
