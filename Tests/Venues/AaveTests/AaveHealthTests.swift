import Aave
import Domain
import Margin
import Testing
import Units

/// Health factors worked by hand from `GenericLogic.calculateUserAccountData`.
@Suite struct AaveHealthTests {
    @Test(arguments: AaveVersion.allCases)
    func `exactly one is safe, one unit of debt more is not`(version: AaveVersion) {
        // 1 WETH at 2 000 with a threshold of 82.5 % carries exactly 1 650 USDC at 1.
        let market = LendingTable()
        #expect(
            market.health(version, weth: LendingTable.ether, usdc: 1_650_000_000)?.healthFactor == AccountHealth.one)
        #expect(market.health(version, weth: LendingTable.ether, usdc: 1_650_000_000)?.isLiquidatable == false)
        // A millionth of a dollar is 100 base units: enough to show in 18 decimals.
        #expect(market.health(version, weth: LendingTable.ether, usdc: 1_650_000_001)?.isLiquidatable == true)
    }

    @Test func `before 3.5 the average threshold is truncated to whole basis points, from then on it is not`() {
        // 1 WETH (2 000, 82.50 %) and 1 000 USDC (85 %): average 83.33 %, truncated to 8 333.
        let market = LendingTable()
        let factors = [
            FactorIndex(LendingTable.weth, .collateral), FactorIndex(LendingTable.usdc, .collateral),
            FactorIndex(LendingTable.dai, .debt),
        ]
        // 2 500 DAI: the truncated average carries 2 499.9, the whole one exactly 2 500.
        let amounts: [TokenAmount] = [LendingTable.ether, 1_000_000_000, 2_500 * LendingTable.ether]
        let old = AaveRules(.v3_3).health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: market.reserves)
        let new = AaveRules(.v3_5).health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: market.reserves)
        #expect(old?.healthFactor == UInt256(999_960_000_000_000_000 as UInt128))
        #expect(new?.healthFactor == AccountHealth.one)
    }

    @Test func `any debt at all is worth a base unit from 3.5 on, and nothing before`() {
        // One unit of an 18-decimal token at 1.00000000 is worth 10^-10 base units.
        let market = LendingTable()
        let factors = [FactorIndex(LendingTable.dai, .debt)]
        let amounts: [TokenAmount] = [1]
        let old = AaveRules(.v3_3).health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: market.reserves)
        let new = AaveRules(.v3_5).health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: market.reserves)
        #expect(old?.debt == 0)
        #expect(old?.healthFactor == .max)
        #expect(new?.debt == 1)
        #expect(new?.isLiquidatable == true)
    }

    @Test(arguments: [(AaveVersion.v3_3, UInt64(1_500_000_001)), (.v3_5, 1_500_000_001), (.v2, 1_500_000_001)])
    func `debt grows with the borrow index, rounded as the version rounds`(version: AaveVersion, expected: UInt64) {
        // 1 000 000 000.4 scaled units times 1.5: half up gives …001 from 1 500 000 000.6.
        var market = LendingTable()
        market.reserves.set(
            LendingTable.usdc, supply: .one,
            borrow: Ray(Ray.one.value / 1_000_000_000 * 1_500_000_000 + 600_000_000_000_000_000))
        let health = market.health(version, weth: LendingTable.ether, usdc: 1_000_000_000)
        #expect(health?.debt == UInt256(expected) * 100)
    }

    @Test func `without a price there is no judgement`() {
        var market = LendingTable()
        market.reserves.define(LendingTable.definition(ReserveIndex(3), decimals: 8, threshold: 7_000))
        let factors = [FactorIndex(ReserveIndex(3), .collateral)]
        let amounts: [TokenAmount] = [1]
        let health = AaveRules(.v3_7).health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: market.reserves)
        #expect(health == nil)
    }
}

/// WETH at 2 000, USDC and DAI at 1, in base units of 8 decimals.
struct LendingTable {
    static let usdc = ReserveIndex(0)
    static let weth = ReserveIndex(1)
    static let dai = ReserveIndex(2)
    static let ether: TokenAmount = 1_000_000_000_000_000_000
    var reserves = ReserveTable()

    init(fee: UInt32 = 0) {
        reserves.define(Self.definition(Self.usdc, decimals: 6, threshold: 8_500, fee: fee))
        reserves.define(Self.definition(Self.weth, decimals: 18, threshold: 8_250, fee: fee))
        reserves.define(Self.definition(Self.dai, decimals: 18, threshold: 8_000, fee: fee))
        reserves.set(Self.usdc, price: Price(baseUnits: 1_00000000))
        reserves.set(Self.weth, price: Price(baseUnits: 2_000_00000000))
        reserves.set(Self.dai, price: Price(baseUnits: 1_00000000))
    }

    static func definition(
        _ reserve: ReserveIndex, decimals: UInt8, threshold: UInt32, fee: UInt32 = 0
    ) -> ReserveDefinition {
        ReserveDefinition(
            reserve: reserve, market: MarketIndex(0), decimals: decimals, liquidationThreshold: .basisPoints(threshold),
            liquidationBonus: .basisPoints(10_500), protocolFee: .basisPoints(fee), scalePartsPerMillion: 1_000)
    }

    func health(_ version: AaveVersion, weth: TokenAmount, usdc: TokenAmount) -> AccountHealth? {
        let factors = [FactorIndex(Self.weth, .collateral), FactorIndex(Self.usdc, .debt)]
        let amounts = [weth, usdc]
        return AaveRules(version).health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }
}
