import Domain
import Euler
import Margin
import PlainNumbers
import Testing
import Units

/// `checkNoViolation` and `getLTV`, worked by hand and against plain arithmetic.
@Suite struct EulerTests {
    private static let ether: UInt128 = 1_000_000_000_000_000_000

    /// 1 WETH at 2 000 with an LTV of 85 %, USDC at 1; the unit of account has 18 decimals.
    private func vaults() -> EulerTable {
        var table = EulerTable()
        table.define(0, decimals: 6, price: Self.ether)
        table.define(1, decimals: 18, price: 2_000 * Self.ether, threshold: 8_500)
        return table
    }

    @Test func `equality can be liquidated, one unit of debt less cannot`() {
        let table = vaults()
        #expect(table.health(collateral: Self.ether, owing: 1_700_000_000)?.isLiquidatable == true)
        #expect(table.health(collateral: Self.ether, owing: 1_700_000_000)?.healthFactor == AccountHealth.one)
        #expect(table.health(collateral: Self.ether, owing: 1_699_999_999)?.isLiquidatable == false)
    }

    @Test func `a debt counts in whole units, rounded up, and one that is worth nothing is none`() {
        let table = vaults()
        #expect(table.health(collateral: 0, owing: 1, fraction: 1)?.debt == UInt256(2 * 1_000_000_000_000 as UInt128))
        #expect(table.health(collateral: 0, owing: 0)?.isLiquidatable == false)
        var worthless = vaults()
        worthless.reserves.set(ReserveIndex(0), price: Price(baseUnits: 1))
        #expect(worthless.health(collateral: 0, owing: 999_999)?.isLiquidatable == false)
        #expect(worthless.health(collateral: 0, owing: 1_000_000)?.isLiquidatable == true)
    }

    @Test(arguments: [
        (Int64(0), UInt64(9_000)), (1_000, 9_000), (1_001, 8_999), (1_499, 8_501), (1_500, 8_500), (1_999, 8_001),
        (2_000, 8_000), (9_999, 8_000),
    ])
    func `a threshold that was lowered comes down in a straight line, cut to whole points`(
        second: Int64, points: UInt64
    ) {
        var table = vaults()
        table.lower(1, from: 9_000, to: 8_000, endingAt: 2_000, over: 1_000)
        table.reserves.update(MarketIndex(0)) { $0.clock = Moment.start + .seconds(second) }
        let health = table.health(collateral: Self.ether, owing: 1)
        #expect(health?.collateral == UInt256(points) * UInt256(UInt128(2_000) * Self.ether / 10_000))
    }

    @Test func `a threshold that was raised is there at once`() {
        var table = vaults()
        table.lower(1, from: 8_000, to: 8_500, endingAt: 2_000, over: 1_000)
        let health = table.health(collateral: Self.ether, owing: 1)
        #expect(health?.collateral == UInt256(UInt128(1_700) * Self.ether))
    }

    @Test func `a collateral with a threshold of zero asks for no price`() {
        var table = vaults()
        table.define(2, decimals: 18, price: nil)
        let legs = [Leg(ReserveIndex(2), .collateral, 1)]
        #expect(table.health(legs)?.isLiquidatable == false)
    }

    @Test(arguments: 0..<40)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            var table = EulerTable()
            let price = generator.number(bits: 30...70), decimals = generator.within(0...18)
            table.define(0, decimals: UInt8(decimals), price: price)
            let now = generator.number(bits: 90...92), then = generator.number(bits: 89...90)
            let owed = generator.number(bits: 1...128)
            table.reserves.set(ReserveIndex(0), supply: .one, borrow: Ray(now))
            var legs = [Leg(ReserveIndex(0), .debt, owed), Leg(ReserveIndex(0), .accrual, then)]
            let current = Natural(owed) * Natural(now) / Natural(then)
            let units = current.dividedRoundingUp(by: Natural(1 << 31))
            let liability = units * Natural(price) / .ten(decimals)
            let second = generator.within(0...3_000)
            table.reserves.update(MarketIndex(0)) { $0.clock = Moment.start + .seconds(Int64(second)) }
            var collateral = Natural(0)
            for i in 1...generator.within(1...4) {
                let price = generator.number(bits: 30...70), decimals = generator.within(0...18)
                let target = generator.within(1...9_000), initial = generator.within(1...10_000)
                let duration = generator.within(1...4_000), amount = generator.number(bits: 1...112)
                table.define(i, decimals: UInt8(decimals), price: price)
                table.lower(i, from: initial, to: target, endingAt: 2_000, over: duration)
                legs.append(Leg(ReserveIndex(i), .collateral, amount))
                // No ramp began before its duration had it begin.
                let left = min(max(0, 2_000 - second), duration)
                let points = target + max(0, initial - target) * left / duration
                collateral =
                    collateral + Natural(amount) * Natural(price) / .ten(decimals) * Natural(points)
                    / Natural(10_000)
            }
            let health = table.health(legs)
            #expect(health?.collateral.description == collateral.description, "seed \(seed): \(legs)")
            #expect(health?.debt.description == liability.description, "seed \(seed): \(legs)")
            #expect(health?.isLiquidatable == (!liability.isZero && collateral <= liability), "seed \(seed)")
        }
    }
}

/// A vault's debt asset as number 0 and its collaterals.
private struct EulerTable {
    var reserves = ReserveTable()

    init() { reserves.define(MarketIndex(0), cash: ReserveIndex(0)) }

    mutating func define(_ i: Int, decimals: UInt8, price: UInt128?, threshold: UInt32 = 0) {
        reserves.define(
            ReserveDefinition(
                reserve: ReserveIndex(i), market: MarketIndex(0), decimals: decimals,
                liquidationThreshold: .basisPoints(threshold), liquidationBonus: .zero, protocolFee: .zero,
                scalePartsPerMillion: 10_000))
        if let price { reserves.set(ReserveIndex(i), price: Price(baseUnits: price)) }
    }

    mutating func lower(_ i: Int, from initial: Int, to target: Int, endingAt end: Int64, over duration: Int) {
        let row = reserves.row(ReserveIndex(i))
        define(i, decimals: row?.decimals ?? 18, price: nil, threshold: UInt32(target))
        let ramp = ThresholdRamp(
            initial: .basisPoints(UInt32(initial)), end: Moment.start + .seconds(end),
            duration: .seconds(Int64(duration)))
        reserves.set(ReserveIndex(i), terms: .lending(LendingTerms(collateralFactor: Wad(0), ramp: ramp)))
    }

    func health(collateral: UInt128, owing units: UInt128, fraction: UInt128 = 0) -> AccountHealth? {
        health([
            Leg(ReserveIndex(1), .collateral, collateral), Leg(ReserveIndex(0), .debt, units << 31 + fraction),
            Leg(ReserveIndex(0), .accrual, Ray.one.value),
        ])
    }

    func health(_ legs: [Leg]) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return EulerRules().health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }
}
