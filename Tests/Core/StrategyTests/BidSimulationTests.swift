import Aave
import Domain
import Margin
import Mechanisms
import Strategy
import Testing
import Units

@Suite struct BidSimulationTests {
    private static let ether: TokenAmount = 1_000_000_000_000_000_000
    private static let usdc = ReserveIndex(0)
    private static let weth = ReserveIndex(1)

    /// WETH at 1 900 against USDC; 10 WETH carry 17 000 owed: under the edge. The pool's depth is the parameter.
    private func simulation(
        depth: UInt64, _ change: (inout StrategyParameters) -> Void = { _ in }
    ) -> (BidSimulation, LiquidationSubject) {
        var reserves = ReserveTable()
        for (reserve, decimals) in [(Self.usdc, UInt8(6)), (Self.weth, 18)] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: decimals,
                    liquidationThreshold: .basisPoints(8_250),
                    liquidationBonus: .basisPoints(10_500), protocolFee: .zero, scalePartsPerMillion: 2_500))
        }
        reserves.set(Self.usdc, price: Price(baseUnits: 1_00000000))
        reserves.set(Self.weth, price: Price(baseUnits: 1_900_00000000))
        reserves.set(
            Self.weth,
            pool: Pool(
                assetReserve: TokenAmount(depth) * Self.ether, cashReserve: TokenAmount(depth) * 1_900_000_000,
                fee: .basisPoints(30)))
        let market = MarketDefinition(
            market: MarketIndex(0), rules: RulesIndex(1), closeFactor: .basisPoints(5_000), cash: Self.usdc,
            native: Self.weth, flashLoanFee: .basisPoints(9))
        let gas = GasUpdate(
            market: MarketIndex(0), baseFee: GasPrice(weiPerGas: 30_000_000_000),
            priorityFeeMedian: GasPrice(weiPerGas: 1), priorityFeeHigh: GasPrice(weiPerGas: 2))
        var parameters = StrategyParameters()
        change(&parameters)
        let rules = AaveRules(.v3_0)
        let factors = [FactorIndex(Self.weth, .collateral), FactorIndex(Self.usdc, .debt)]
        let amounts: [TokenAmount] = [10 * Self.ether, 16_000_000_000]
        let health = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
        let subject = LiquidationSubject(
            pair: LiquidationPair(collateral: Self.weth, debt: Self.usdc), scaledCollateral: amounts[0],
            scaledDebt: amounts[1],
            health: health ?? AccountHealth(collateral: 0, debt: 0, healthFactor: 0, isLiquidatable: false),
            closeFactor: .basisPoints(5_000))
        let simulation = BidSimulation(
            rules: rules, market: market, reserves: reserves, gas: gas, parameters: parameters)
        return (simulation, subject)
    }

    private let rich = Purse(cash: Cash(units: 1_000_000_000_000), gasMoney: 100_000_000_000_000_000_000)

    @Test func `in a deep pool the whole close factor is taken, with our own money`() throws {
        let (simulation, subject) = simulation(depth: 1_000_000)
        let bid = try simulation.bid(on: subject, rich).get()
        #expect(bid.amounts.repay == 8_000_000_000)
        #expect(bid.funding == .capital)
        #expect(bid.swaps.repayCost == 8_000_000_000)
        // 4.2105 WETH bought for 8 000 sell for 8 400 less 0.3 % and a hair of slippage.
        #expect((8_374_000_000...8_375_000_000).contains(bid.swaps.proceeds))
        #expect(bid.netProfit == bid.swaps.margin + .cost(bid.fees.cost))
    }

    @Test(arguments: [20, 60, 150, 400] as [UInt64])
    func `in a shallow pool the size is the best of ten thousand tried`(depth: UInt64) throws {
        let (simulation, subject) = simulation(depth: depth) { $0.minimumProfitMicros = -1_000_000_000_000 }
        let bid = try simulation.bid(on: subject, rich).get()
        var best = Int128.min
        for step in 1...10_000 {
            let repay = TokenAmount(8_000_000_000) * TokenAmount(step) / 10_000
            guard
                let amounts = try? simulation.rules.liquidation(
                    repaying: repay, of: subject, in: simulation.reserves
                ).get(),
                let swaps = SwapLegs(
                    seize: amounts.seize, repay: amounts.repay, subject.pair, funding: .capital, simulation.market,
                    in: simulation.reserves)
            else { continue }
            best = max(best, swaps.margin.units)
        }
        let shortfall = best - bid.swaps.margin.units
        #expect(
            shortfall <= max(best, 1_000_000) / 1_000_000, "depth \(depth): \(bid.swaps.margin.units) against \(best)")
        #expect(depth > 200 || bid.amounts.repay < 8_000_000_000)
    }

    @Test func `without capital the flash loan's fee is paid, and without both it is refused`() throws {
        let (simulation, subject) = simulation(depth: 1_000_000)
        let poor = Purse(cash: .zero, gasMoney: rich.gasMoney)
        let bid = try simulation.bid(on: subject, poor).get()
        #expect(bid.funding == .flashLoan)
        #expect(bid.swaps.flashLoanFee == 7_200_000)
        let (careful, _) = self.simulation(depth: 1_000_000) { $0.usesFlashLoans = false }
        #expect(careful.bid(on: subject, poor) == .failure(.capitalExhausted))
    }

    @Test func `the tip is the share of the profit before it, and never above its cap`() throws {
        let (simulation, subject) = simulation(depth: 1_000_000) { $0.tipShare = .basisPoints(5_000) }
        let bid = try simulation.bid(on: subject, rich).get()
        let (free, _) = self.simulation(depth: 1_000_000) { $0.tipShare = .zero }
        let untipped = try free.bid(on: subject, rich).get()
        let share = bid.netProfit.units * 1_000 / untipped.netProfit.units
        #expect((499...500).contains(share))
        let (capped, _) = self.simulation(depth: 1_000_000) { $0.tipMax = GasPrice(weiPerGas: 7) }
        #expect(try capped.bid(on: subject, rich).get().fees.priorityFee == GasPrice(weiPerGas: 7))
    }

    @Test func `an asset that cannot be sold is refused for want of depth`() {
        var (simulation, subject) = simulation(depth: 1_000)
        subject.pair.collateral = Self.weth
        var reserves = simulation.reserves
        reserves.define(
            ReserveDefinition(
                reserve: Self.weth, market: MarketIndex(0), decimals: 17, liquidationThreshold: .basisPoints(8_250),
                liquidationBonus: .basisPoints(10_500), protocolFee: .zero, scalePartsPerMillion: 2_500))
        reserves.set(Self.weth, price: Price(baseUnits: 1_900_00000000))
        simulation = BidSimulation(
            rules: simulation.rules, market: simulation.market, reserves: reserves, gas: simulation.gas,
            parameters: simulation.parameters)
        #expect(simulation.bid(on: subject, rich) == .failure(.inputMissing))
    }
}
