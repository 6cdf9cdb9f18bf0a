import Aave
import Domain
import Margin
import Mechanisms
import Testing
import Units

/// Close factor, seizure and dust, worked by hand from `LiquidationLogic`.
@Suite struct AaveLiquidationTests {
    private let market = LendingTable()

    private func subject(
        _ version: AaveVersion, weth: TokenAmount, usdc: TokenAmount, in table: LendingTable? = nil
    ) throws -> LiquidationSubject {
        let health = try #require((table ?? market).health(version, weth: weth, usdc: usdc))
        return LiquidationSubject(
            pair: LiquidationPair(collateral: LendingTable.weth, debt: LendingTable.usdc), scaledCollateral: weth,
            scaledDebt: usdc, health: health, closeFactor: .basisPoints(5_000))
    }

    @Test(arguments: AaveVersion.allCases)
    func `just under the edge half the debt may be repaid`(version: AaveVersion) throws {
        // 10 WETH carry 16 500; 17 000 owed is a health factor of 0.9706.
        let subject = try subject(version, weth: 10 * LendingTable.ether, usdc: 17_000_000_000)
        #expect(AaveRules(version).maximumRepay(of: subject, in: market.reserves) == 8_500_000_000)
    }

    @Test func `at a health factor of 0.95 and below v3 takes everything, v2 still half`() throws {
        // 16 500 / 0.95 = 17 368.42…
        let deep = try subject(.v3_0, weth: 10 * LendingTable.ether, usdc: 17_400_000_000)
        #expect(AaveRules(.v3_0).maximumRepay(of: deep, in: market.reserves) == 17_400_000_000)
        let old = try subject(.v2, weth: 10 * LendingTable.ether, usdc: 17_400_000_000)
        #expect(AaveRules(.v2).maximumRepay(of: old, in: market.reserves) == 8_700_000_000)
    }

    @Test func `from 3.3 on a leg below two thousand dollars may be taken whole`() throws {
        // 1 WETH (2 000) against 1 700 USDC: the debt is below the threshold.
        let small = try subject(.v3_3, weth: LendingTable.ether, usdc: 1_700_000_000)
        #expect(AaveRules(.v3_3).maximumRepay(of: small, in: market.reserves) == 1_700_000_000)
        let before = try subject(.v3_0, weth: LendingTable.ether, usdc: 1_700_000_000)
        #expect(AaveRules(.v3_0).maximumRepay(of: before, in: market.reserves) == 850_000_000)
    }

    @Test(arguments: [
        // 8 500 USDC at 2 000 is 4.25 WETH, with 5 % on top 4.4625; the bonus is 0.2125, a tenth of it is the fee.
        (AaveVersion.v2, UInt64(4_462_500_000_000_000_000), UInt64(0)),
        (.v3_0, 4_441_250_000_000_000_000, 21_250_000_000_000_000),
        (.v3_7, 4_441_250_000_000_000_000, 21_250_000_000_000_000),
    ])
    func `a repayment seizes its worth and the bonus, less the protocol's share of the bonus`(
        version: AaveVersion, seize: UInt64, fee: UInt64
    ) throws {
        let table = LendingTable(fee: 1_000)
        let subject = try subject(version, weth: 10 * LendingTable.ether, usdc: 17_000_000_000, in: table)
        let amounts = try AaveRules(version).liquidation(repaying: .max, of: subject, in: table.reserves).get()
        #expect(amounts.repay == 8_500_000_000)
        #expect(amounts.seize == TokenAmount(seize))
        #expect(amounts.protocolFee == TokenAmount(fee))
        #expect(amounts.scaledDebtAfter == 8_500_000_000)
        #expect(amounts.scaledCollateralAfter == 10 * LendingTable.ether - TokenAmount(seize + fee))
    }

    @Test func `collateral that does not suffice caps the repayment`() throws {
        // 1 WETH at 2 000 pays for 2 000 / 1.05 = 1 904.761904…: floor of the division, then half up.
        let subject = try subject(.v3_0, weth: LendingTable.ether, usdc: 3_000_000_000)
        let amounts = try AaveRules(.v3_0).liquidation(repaying: .max, of: subject, in: market.reserves).get()
        #expect(amounts.seize == LendingTable.ether)
        #expect(amounts.repay == 1_904_761_905)
        #expect(amounts.scaledCollateralAfter == 0)
        #expect(amounts.scaledDebtAfter == 3_000_000_000 - 1_904_761_905)
    }

    @Test func `the largest repayment that leaves no dust is found, and one unit more would revert`() throws {
        // 4 200 owed in one of two debts, 7 021 in all: the example of the contract's own data provider.
        let rules = AaveRules(.v3_3)
        let factors = [
            FactorIndex(LendingTable.weth, .collateral), FactorIndex(LendingTable.usdc, .debt),
            FactorIndex(LendingTable.dai, .debt),
        ]
        let amounts: [TokenAmount] = [4_200_000_000_000_000_000, 4_200_000_000, 2_821 * LendingTable.ether]
        let judged = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: market.reserves)
        let health = try #require(judged)
        let subject = LiquidationSubject(
            pair: LiquidationPair(collateral: LendingTable.weth, debt: LendingTable.usdc), scaledCollateral: amounts[0],
            scaledDebt: amounts[1], health: health, closeFactor: .basisPoints(5_000))
        #expect(health.isLiquidatable)
        // Half of 7 021 is 3 510.5: 689.5 would be left of 4 200.
        #expect(rules.liquidation(repaying: .max, of: subject, in: market.reserves) == .failure(.mustNotLeaveDust))
        let repay = rules.repayAvoidingDust(of: subject, in: market.reserves)
        #expect((3_199_999_990...3_200_000_000).contains(repay))
        #expect((try? rules.liquidation(repaying: repay, of: subject, in: market.reserves).get()) != nil)
        #expect(
            rules.liquidation(repaying: 3_200_000_001, of: subject, in: market.reserves) == .failure(.mustNotLeaveDust))
    }

    @Test func `each check refuses with the contract's own reason`() throws {
        let rules = AaveRules(.v3_3)
        let healthy = try subject(.v3_3, weth: 10 * LendingTable.ether, usdc: 16_000_000_000)
        #expect(
            rules.liquidation(repaying: 1, of: healthy, in: market.reserves)
                == .failure(.healthFactorNotBelowThreshold))
        var bare = try subject(.v3_3, weth: 10 * LendingTable.ether, usdc: 17_000_000_000)
        #expect(rules.liquidation(repaying: 0, of: bare, in: market.reserves) == .failure(.amountIsZero))
        bare.scaledCollateral = 0
        #expect(
            rules.liquidation(repaying: 1, of: bare, in: market.reserves) == .failure(.collateralCannotBeLiquidated))
        bare.scaledCollateral = 1
        bare.scaledDebt = 0
        #expect(
            rules.liquidation(repaying: 1, of: bare, in: market.reserves)
                == .failure(.specifiedCurrencyNotBorrowedByUser))
    }
}
