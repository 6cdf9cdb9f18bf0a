import Domain
import GMX
import Margin
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
}
