import Domain
import GMX
import Margin
import PlainNumbers
import Testing
import Units

/// The three conditions, the two prices and the fees, by hand.
@Suite struct GMXTests {
    private static let cash = ReserveIndex(0)
    private static let token = ReserveIndex(1)
    private static let ether = ReserveIndex(2)
    private static let second = ReserveIndex(3)
    private static let wad: Int128 = 1_000_000_000_000_000_000
    private static let dollar: Int128 = 1_000_000_000_000_000_000_000_000_000_000

    /// Index tokens without decimals at 1 000 to 1 010 dollars; collateral of 6 decimals at a dollar; leverage bound 1 %.
    private func market(least: Int128 = 1_000, most: Int128 = 1_010, cost: Int128 = 0, fee: Int128 = 0) -> ReserveTable
    {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: Self.cash)
        for reserve in [Self.cash, Self.token, Self.ether, Self.second] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 6, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        table.set(Self.token, price: Price(baseUnits: UInt128(Self.dollar / 1_000_000)))
        table.set(Self.token, .collateralWeight, to: Self.wad)
        table.set(Self.ether, price: Price(baseUnits: UInt128(least * Self.dollar)))
        table.update(Self.ether) {
            $0.quotes.oracle = Price(baseUnits: UInt128(most * Self.dollar))
            $0.cumulativeFunding = cost
        }
        table.set(Self.ether, .closingFee, to: fee)
        table.set(Self.ether, .maintenanceMargin, to: Self.wad / 100)
        table.set(Self.cash, .minimumCollateral, to: Self.dollar)
        return table
    }

    private func health(_ legs: [Leg], in table: borrowing ReserveTable) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return GMXRules().health(factors: factors.span, amounts: amounts.span, traits: .none, in: table)
    }

    /// Tokens of size worth so many dollars when entered, and collateral in its smallest units.
    private func position(_ tokens: Int128, dollars: Int128, collateral: UInt128) -> [Leg] {
        [
            Leg(Self.ether, tokens < 0 ? .debt : .collateral, tokens.magnitude),
            Leg(Self.ether, .entry, signed: dollars * Self.dollar), Leg(Self.token, .collateral, collateral),
        ]
    }

    @Test func `a long counts at the least price and a short at the most`() {
        // 10 entered at 1 000 need 100: the long has no loss, the short one of 100.
        #expect(health(position(10, dollars: 10_000, collateral: 100_000_000), in: market())?.isLiquidatable == false)
        #expect(health(position(10, dollars: 10_000, collateral: 99_999_999), in: market())?.isLiquidatable == true)
        #expect(health(position(-10, dollars: 10_000, collateral: 200_000_000), in: market())?.isLiquidatable == false)
        #expect(health(position(-10, dollars: 10_000, collateral: 199_999_999), in: market())?.isLiquidatable == true)
    }

    @Test func `less than the minimum in dollars is liquidated however small the position`() {
        #expect(health(position(1, dollars: 1_000, collateral: 10_000_000), in: market())?.isLiquidatable == false)
        var table = market()
        table.set(Self.cash, .minimumCollateral, to: 11 * Self.dollar)
        #expect(health(position(1, dollars: 1_000, collateral: 10_000_000), in: table)?.isLiquidatable == true)
    }

    @Test func `nothing left is liquidated even where no minimum is set`() {
        var table = market()
        table.set(Self.cash, .minimumCollateral, to: 0)
        table.set(Self.ether, .maintenanceMargin, to: 0)
        #expect(health(position(10, dollars: 10_100, collateral: 100_000_000), in: table)?.isLiquidatable == true)
        #expect(health(position(10, dollars: 10_100, collateral: 100_000_001), in: table)?.isLiquidatable == false)
    }

    @Test func `fees are charged in whole units of the collateral token`() {
        // A thousandth of 10 000 to close, and half a unit more for its time: the half is cut off.
        let half = Self.dollar / 20_000_000_000
        let table = market(cost: half, fee: Self.wad / 1_000)
        #expect(health(position(10, dollars: 10_000, collateral: 110_000_000), in: table)?.isLiquidatable == false)
        let whole = market(cost: 2 * half, fee: Self.wad / 1_000)
        #expect(health(position(10, dollars: 10_000, collateral: 110_000_000), in: whole)?.isLiquidatable == true)
    }

    @Test func `an account is one position, and a short needs the most price`() {
        let twice = position(10, dollars: 10_000, collateral: 1) + [Leg(Self.second, .collateral, 1)]
        #expect(health(twice, in: market()) == nil)
        var table = market()
        table.update(Self.ether) { $0.quotes.oracle = nil }
        #expect(health(position(-10, dollars: 10_000, collateral: 1), in: table) == nil)
        #expect(health(position(10, dollars: 10_000, collateral: 1), in: table) != nil)
    }

    @Test(arguments: 0..<30)
    func `the rules are plain arithmetic's, to the last decimal`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var liquidatable = 0
        for _ in 0..<25 {
            let least = Int128(generator.within(1...5_000))
            let most = least + Int128(generator.within(0...20))
            let cost = generator.signed(bits: 60...98), settled = generator.signed(bits: 60...98)
            let fee = Int128(generator.number(bits: 30...55))
            let table = market(least: least, most: most, cost: cost, fee: fee)
            let tokens = generator.signed(bits: 1...12)
            // Entered near the price of now, so that what is left is near what must be.
            let dollars = max(1, Int128(tokens.magnitude) * least * Int128(generator.within(960...1_040)) / 1_000)
            let collateral = UInt128(dollars) * 1_000_000 / UInt128(generator.within(20...400)) + 1
            let legs =
                position(tokens, dollars: dollars, collateral: collateral)
                + [Leg(Self.ether, .accrual, signed: settled)]

            let size = Whole(dollars) * Whole(Self.dollar), price = Whole(Self.dollar / 1_000_000)
            let worth = Whole(tokens) * Whole(tokens > 0 ? least : most) * Whole(Self.dollar)
            let gain = tokens > 0 ? worth - size : worth + size
            let closing = size * Whole(fee) / .ten(18)
            let accrued = (Whole(cost) - Whole(settled)) * size / .ten(30)
            let fees = closing / price * price + accrued / price * price
            let remaining = Whole(collateral) * price + gain - fees
            let leverage = size / Whole(100)
            let expected = remaining < Whole(Self.dollar) || remaining <= .zero || remaining < leverage
            let found = health(legs, in: table)
            #expect(found?.isLiquidatable == expected, "seed \(seed): \(legs)")
            #expect(found?.collateral.description == remaining.shown.description, "seed \(seed): \(legs)")
            liquidatable += expected ? 1 : 0
        }
        #expect(liquidatable > 0 && liquidatable < 25, "seed \(seed): all on one side prove little")
    }
}
