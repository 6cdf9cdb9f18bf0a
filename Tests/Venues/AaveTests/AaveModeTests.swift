import Aave
import Domain
import Margin
import Mechanisms
import Testing
import Units

/// Efficiency modes, worked by hand from `EModeLogic` and `GenericLogic`.
@Suite struct AaveModeTests {
    /// 1 WETH at 2 000 (82.5 %) against 1 900 USDC; category 1 counts WETH with 95 %.
    private func health(
        _ version: AaveVersion, category: UInt8, source: ReserveIndex? = nil, dai: UInt128 = 0, owing: UInt128 = 1_900
    ) -> AccountHealth? {
        var table = LendingTable().reserves
        Self.addMode(to: &table, source: source)
        let factors = [
            FactorIndex(LendingTable.weth, .collateral), FactorIndex(LendingTable.dai, .collateral),
            FactorIndex(LendingTable.usdc, .debt),
        ]
        let amounts = [LendingTable.ether, dai * LendingTable.ether, owing * 1_000_000]
        return AaveRules(version).health(
            factors: factors.span, amounts: amounts.span, traits: AccountTraits(category: category), in: table)
    }

    private static func addMode(to table: inout ReserveTable, source: ReserveIndex? = nil) {
        table.define(MarketIndex(0), cash: LendingTable.usdc)
        table.update(MarketIndex(0)) {
            $0.categories = [
                EfficiencyMode(
                    EfficiencyTerms(
                        category: 1, liquidationThreshold: .basisPoints(9_500), liquidationBonus: .basisPoints(10_100),
                        priceSource: source),
                    members: [LendingTable.weth, LendingTable.usdc])
            ]
        }
    }

    @Test(arguments: AaveVersion.allCases.filter { $0 > .v2 })
    func `a member counts with the category's threshold, to its last unit`(version: AaveVersion) {
        #expect(health(version, category: 1)?.healthFactor == AccountHealth.one)
        #expect(health(version, category: 0)?.isLiquidatable == true)
        #expect(health(version, category: 2)?.isLiquidatable == true)
    }

    @Test func `who is no member counts with its own threshold`() {
        // 1 000 DAI at 80 % beside the WETH: 800 more.
        #expect(health(.v3_5, category: 1, dai: 1_000, owing: 2_700)?.healthFactor == AccountHealth.one)
    }

    @Test func `version 2 knows no categories`() {
        #expect(health(.v2, category: 1) == health(.v2, category: 0))
    }

    @Test func `until 3.2 a category may price its members by one asset, on both sides`() {
        // WETH and USDC both at the price of DAI: a token of 18 decimals and 1 900 of 6.
        let priced = health(.v3_0, category: 1, source: LendingTable.dai)
        #expect(priced?.collateral == UInt256(1_00000000))
        #expect(priced?.debt == UInt256(1_900_00000000))
        #expect(health(.v3_3, category: 1, source: LendingTable.dai)?.collateral == UInt256(2_000_00000000))
    }

    @Test func `from 3.6 a collateral without a threshold of its own counts in a category that has it`() {
        var table = LendingTable().reserves
        table.define(LendingTable.definition(LendingTable.weth, decimals: 18, threshold: 0))
        Self.addMode(to: &table)
        let factors = [FactorIndex(LendingTable.weth, .collateral), FactorIndex(LendingTable.usdc, .debt)]
        let amounts: [TokenAmount] = [LendingTable.ether, 1_900_000_000]
        for (version, expected) in [(AaveVersion.v3_5, UInt256.zero), (.v3_6, AccountHealth.one)] {
            let health = AaveRules(version).health(
                factors: factors.span, amounts: amounts.span, traits: AccountTraits(category: 1), in: table)
            #expect(health?.healthFactor == expected, "\(version)")
        }
    }

    @Test func `a seizure pays the category's bonus`() throws {
        var table = LendingTable().reserves
        Self.addMode(to: &table)
        let judged = health(.v3_0, category: 1, owing: 1_950)
        let health = try #require(judged)
        let subject = LiquidationSubject(
            pair: LiquidationPair(collateral: LendingTable.weth, debt: LendingTable.usdc),
            scaledCollateral: LendingTable.ether, scaledDebt: 1_950_000_000, health: health,
            closeFactor: .basisPoints(5_000), traits: AccountTraits(category: 1))
        // Half of 1 950 is 975: 0.4875 WETH and one per cent on top.
        let amounts = try AaveRules(.v3_0).liquidation(repaying: .max, of: subject, in: table).get()
        #expect(amounts.repay == 975_000_000)
        #expect(amounts.seize == 492_375_000_000_000_000)
    }
}
