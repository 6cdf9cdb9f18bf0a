import CompoundV2
import Domain
import Engine
import Margin
import Morpho
import Strategy
import Testing
import Units

/// Venues beside Aave are acted on: ten WETH against USDC, whose price falls from 2 000 to 1 800.
@Suite struct OtherVenueTests {
    private static let stream = StreamIndex(0)
    private static let market = MarketIndex(0)
    private static let account = AccountIndex(0)
    private static let usdc = ReserveIndex(0)
    private static let weth = ReserveIndex(1)
    private static let ether: UInt128 = 1_000_000_000_000_000_000

    /// Without a tip, so that gas alone shows: 500 000 at 20 gwei is a hundredth of an ether.
    private func engine(_ rules: any MarginRules) -> Engine {
        var settings = EngineSettings(rules: [rules])
        settings.parameters.tipShare = .zero
        settings.gasMoney = 100 * Self.ether
        return Engine(settings)
    }

    private func define(bonus: UInt32, fee: UInt32) -> [Input] {
        [
            .market(
                MarketDefinition(
                    market: Self.market, rules: RulesIndex(0), closeFactor: .basisPoints(5_000), cash: Self.usdc,
                    native: Self.weth, flashLoanFee: .zero))
        ]
            + [Self.usdc, Self.weth].map { reserve in
                .reserve(
                    ReserveDefinition(
                        reserve: reserve, market: Self.market, decimals: reserve == Self.usdc ? 6 : 18,
                        liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(bonus),
                        protocolFee: .basisPoints(fee), scalePartsPerMillion: 2_500))
            }
    }

    private var world: [Input] {
        [
            .pool(
                Self.weth,
                Pool(assetReserve: 50_000 * Self.ether, cashReserve: 90_000_000_000_000, fee: .basisPoints(30))),
            .gas(
                GasUpdate(
                    market: Self.market, baseFee: GasPrice(weiPerGas: 20_000_000_000), priorityFeeMedian: .zero,
                    priorityFeeHigh: .zero)),
            .stream(.whole), .armed(true),
            .block(BlockUpdate(market: Self.market, number: BlockNumber(1), timestamp: .start)),
        ]
    }

    private func open(_ legs: [Leg]) -> [Input] {
        [
            .accountBegins(
                AccountUpdate(
                    account: Self.account, market: Self.market, kind: .state, reserve: Self.weth, version: 1,
                    legs: UInt16(legs.count)))
        ] + legs.map { .accountLeg($0) }
    }

    private func play(_ rules: any MarginRules, _ inputs: [Input]) -> [Output] {
        var engine = engine(rules)
        var outputs: ContiguousArray<Output> = []
        for (second, input) in inputs.enumerated() {
            engine.step(input, from: Self.stream, at: Moment(nanoseconds: Int64(second + 1)), into: &outputs)
        }
        return Array(outputs)
    }

    @Test func `a Compound v2 account is taken up to the close factor, and gas costs what it costs`() throws {
        // getUnderlyingPrice has 36 decimals less the token's: 18 for WETH, 30 for USDC. A cToken is worth 0.02.
        let usd: UInt128 = 1_000_000_000_000_000_000_000_000_000_000
        let terms = LendingTerms(collateralFactor: Wad(800_000_000_000_000_000))
        let inputs =
            define(bonus: 10_800, fee: 280)
            + [
                .lendingTerms(Self.usdc, terms), .lendingTerms(Self.weth, terms),
                .parameter(Self.usdc, .closeFactor, 500_000_000_000_000_000),
                .price(Self.usdc, Price(baseUnits: usd)), .price(Self.weth, Price(baseUnits: 2_000 * Self.ether)),
                .indices(Self.weth, supply: Ray(Self.ether / 50), borrow: Ray(Self.ether)),
                .indices(Self.usdc, supply: Ray(Self.ether / 50), borrow: Ray(Self.ether)),
            ] + world
            + open([
                Leg(Self.weth, .collateral, 500 * Self.ether), Leg(Self.usdc, .debt, 15_000_000_000),
                Leg(Self.usdc, .accrual, Self.ether),
            ]) + [.price(Self.weth, Price(baseUnits: 1_800 * Self.ether))]
        let outputs = play(CompoundV2Rules(), inputs)
        let intent = try #require(outputs.intents.first)
        #expect(intent.figures.repay == 7_500_000_000)
        // 7 500 · 1.08 / 1 800 = 4.5 WETH, of which 2.8 % stay.
        #expect(intent.figures.seize == 4_374_000_000_000_000_000)
        #expect(intent.figures.gasCost == 18_000_000)
    }

    @Test func `a Morpho account is taken whole, and gas costs what it costs`() throws {
        // The oracle's price: loan units for a smallest unit of collateral, times 10^36.
        let price: (UInt128) -> Price = { Price(baseUnits: $0 * 1_000_000_000_000_000_000_000_000) }
        let inputs =
            define(bonus: 10_000, fee: 0)
            + [
                .lendingTerms(Self.weth, LendingTerms(collateralFactor: Wad(860_000_000_000_000_000))),
                .totals(Self.usdc, Totals(assets: 1_000_000_000_000, shares: 1_000_000_000_000_000_000)),
                .price(Self.usdc, Price(baseUnits: 1)), .price(Self.weth, price(2_000)),
            ] + world
            + open([
                Leg(Self.weth, .collateral, 10 * Self.ether), Leg(Self.usdc, .debt, 16_000_000_000_000_000),
            ]) + [.price(Self.weth, price(1_800))]
        let outputs = play(MorphoRules(), inputs)
        let intent = try #require(outputs.intents.first)
        #expect(intent.figures.repay == 16_000_000_000)
        #expect(intent.figures.gasCost == 18_000_000)
        #expect(intent.figures.netProfit > .zero)
    }
}
