import Aave
import Domain
import Margin
import Mechanisms
import Strategy
import Testing
import Units

@Suite struct TwoStepTests {
    private static let ether: TokenAmount = 1_000_000_000_000_000_000
    private static let usdc = ReserveIndex(0)
    private static let weth = ReserveIndex(1)

    /// 100 WETH at a price against a debt in USDC; threshold 82.5 %, bonus 5 %, close factor a half.
    private struct World {
        var reserves = ReserveTable()
        let rules: AaveRules
        let factors = [FactorIndex(weth, .collateral), FactorIndex(usdc, .debt)]
        let debt: TokenAmount

        init(_ version: AaveVersion, price: UInt128, debt: TokenAmount) {
            rules = AaveRules(version)
            self.debt = debt
            for (reserve, decimals) in [(usdc, UInt8(6)), (weth, 18)] {
                reserves.define(
                    ReserveDefinition(
                        reserve: reserve, market: MarketIndex(0), decimals: decimals,
                        liquidationThreshold: .basisPoints(8_250), liquidationBonus: .basisPoints(10_500),
                        protocolFee: .zero, scalePartsPerMillion: 2_500))
            }
            reserves.set(usdc, price: Price(baseUnits: 1_00000000))
            reserves.set(weth, price: Price(baseUnits: price))
        }

        func health(_ collateral: TokenAmount, _ debt: TokenAmount) throws -> AccountHealth {
            let amounts = [collateral, debt]
            let found = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
            return try #require(found)
        }

        func subject(_ collateral: TokenAmount, _ debt: TokenAmount) throws -> LiquidationSubject {
            LiquidationSubject(
                pair: LiquidationPair(collateral: weth, debt: usdc), scaledCollateral: collateral, scaledDebt: debt,
                health: try health(collateral, debt), closeFactor: .basisPoints(5_000))
        }

        func plan() throws -> StepPlan {
            var amounts: ContiguousArray = [100 * ether, debt]
            let planner = StepPlanner(rules: rules, subject: try subject(amounts[0], amounts[1]))
            let plan = planner.plan(factors: factors.span, amounts: &amounts, in: reserves)
            #expect(amounts == [100 * ether, debt], "the legs come back as they were")
            return plan
        }
    }

    /// Debts just above 165 000, which 100 WETH at 2 000 carry at 82.5 %.
    @Test(arguments: [165_100, 166_000, 168_000, 170_000, 172_000] as [UInt64], [AaveVersion.v3_0, .v3_6])
    func `two steps repay what the closed form says, by the venue's own integers`(
        dollars: UInt64, version: AaveVersion
    ) throws {
        let world = World(version, price: 2_000_00000000, debt: TokenAmount(dollars) * 1_000_000)
        guard case .two(let first, let second) = try world.plan() else {
            Issue.record("two steps were possible")
            return
        }
        // r₁ = (D − LT·C) / (1 − LT·1.05), in millionths: 1 − 0.825 · 1.05 = 0.13375.
        let debt = Int128(dollars) * 1_000_000
        let closed = (debt - 165_000_000_000) * 100_000 / 13_375
        #expect(abs(Int128(first.repay) - closed) <= 100, "first \(first.repay) against \(closed)")
        #expect(abs(Int128(second.repay) - (debt - Int128(first.repay)) / 2) <= 1)
        let once = try world.rules.liquidation(
            repaying: .max >> 1, of: world.subject(100 * Self.ether, world.debt), in: world.reserves
        ).get()
        // The gain is (1 − CF)·r₁.
        let gain = Int128(first.repay + second.repay) - Int128(once.repay)
        #expect(abs(gain - closed / 2) <= 100)
        // As the venue sees it: after the first call the account is below the edge, a dollar more would have saved it.
        let between = try world.health(first.scaledCollateralAfter, first.scaledDebtAfter)
        #expect(between.isLiquidatable)
        let over = try world.rules.liquidation(
            repaying: first.repay + 1_000_000, of: world.subject(100 * Self.ether, world.debt), in: world.reserves
        ).get()
        #expect(try !world.health(over.scaledCollateralAfter, over.scaledDebtAfter).isLiquidatable)
        let again = try world.rules.liquidation(
            repaying: second.repay, of: world.subject(first.scaledCollateralAfter, first.scaledDebtAfter),
            in: world.reserves
        ).get()
        #expect(again == second)
    }

    @Test func `below the lower threshold everything is taken at once`() throws {
        let world = World(.v3_6, price: 2_000_00000000, debt: 176_000_000_000)
        guard case .one(let call) = try world.plan() else {
            Issue.record("one step was enough")
            return
        }
        #expect(call.scaledDebtAfter == 0 && call.repay == world.debt)
    }

    @Test func `what each call would make worse is refused, unless it is the last`() throws {
        // 200 000 of collateral over 195 000 of debt, times 1.05, is under water for the close factor of v2.
        #expect(try World(.v2, price: 2_000_00000000, debt: 195_000_000_000).plan() == .toxic)
        guard case .one(let last) = try World(.v3_0, price: 2_000_00000000, debt: 195_000_000_000).plan() else {
            Issue.record("all collateral can be taken")
            return
        }
        #expect(last.scaledCollateralAfter == 0)
    }

    @Test func `a healthy account has no plan`() throws {
        #expect(try World(.v3_0, price: 2_000_00000000, debt: 165_000_000_000).plan() == .none)
    }

    @Test func `a lot is taken in even slices, none below what must remain and none larger than it pays`() {
        // Earns 100 a unit, less the size squared: best at 50 by itself.
        let margin = { (size: TokenAmount) in Cash(units: 100 * Int128(size) - Int128(size * size)) }
        let best = { (lot: TokenAmount, least: TokenAmount, takes: UInt32) in
            AuctionSlice(lot: lot, remainderLeast: least, takesLeft: takes).best(margin)?.size
        }
        #expect(best(200, 0, 1) == 50)
        #expect(best(60, 0, 2) == 30)
        #expect(best(61, 0, 2) == 31)
        #expect(best(60, 40, 2) == 20)
        #expect(best(30, 40, 2) == 30)
        #expect(best(0, 40, 2) == nil)
    }
}
