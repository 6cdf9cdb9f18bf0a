import Aave
import Domain
import Engine
import Margin
import Units

/// A lending market with many accounts under an engine, and the ticks of a market to run through it. From a seed.
struct BenchWorld: ~Copyable {
    var engine: Engine
    var outputs: ContiguousArray<Output> = []
    private var prices: [Double]
    private var generator: SeededGenerator

    static let reserves = 20
    private static let stream = StreamIndex(0)
    /// 10^8 base units a whole token at the start, 10^6 token units a whole token.
    private static let startPrice = 100_000_000_000.0

    /// Two or three legs an account, 2.5 on average, health factors spread from just above 1 to about 3.
    init(accounts: Int, seed: UInt64) {
        var settings = EngineSettings(rules: AaveRules.all)
        settings.accountsExpected = accounts
        engine = Engine(settings)
        generator = SeededGenerator(seed: seed)
        prices = Array(repeating: Self.startPrice, count: Self.reserves)
        outputs.reserveCapacity(4_096)
        define()
        for account in 0..<accounts { open(AccountIndex(account)) }
        outputs.removeAll(keepingCapacity: true)
    }

    private mutating func step(_ input: Input) {
        engine.step(input, from: Self.stream, at: .start, into: &outputs)
        if outputs.count > 2_048 { outputs.removeAll(keepingCapacity: true) }
    }

    private mutating func define() {
        let market = MarketIndex(0)
        step(
            .market(
                MarketDefinition(
                    market: market, rules: RulesIndex(3), closeFactor: .basisPoints(5_000), cash: ReserveIndex(0),
                    native: ReserveIndex(1), flashLoanFee: .basisPoints(9))))
        for reserve in 0..<Self.reserves {
            step(
                .reserve(
                    ReserveDefinition(
                        reserve: ReserveIndex(reserve), market: market, decimals: 6,
                        liquidationThreshold: .basisPoints(8_000),
                        liquidationBonus: .basisPoints(10_500), protocolFee: .zero, scalePartsPerMillion: 2_500)))
            step(.price(ReserveIndex(reserve), Price(baseUnits: UInt128(UInt64(prices[reserve])))))
        }
    }

    private mutating func open(_ account: AccountIndex) {
        let collaterals = generator.below(2) == 0 ? 1 : 2
        let first = Int(generator.below(UInt64(Self.reserves)))
        var legs: [Leg] = []
        for i in 0..<collaterals {
            legs.append(Leg(ReserveIndex((first + i * 7) % Self.reserves), .collateral, 1_000_000_000))
        }
        let health = 1.002 + 2 * generator.fraction()
        let debt = TokenAmount(UInt64(Double(collaterals) * 1e9 * 0.8 / health))
        legs.append(Leg(ReserveIndex((first + 11) % Self.reserves), .debt, debt))
        step(
            .accountBegins(
                AccountUpdate(
                    account: account, market: MarketIndex(0), kind: .state, reserve: ReserveIndex(0), version: 1,
                    legs: UInt16(legs.count))))
        for leg in legs { step(.accountLeg(leg)) }
    }

    /// Two streamed venues for one asset, and another asset that is kept.
    mutating func stateDepth() {
        step(.use(ReserveIndex(2), .depth))
        step(.use(ReserveIndex(3), .keep(AssetUse.Keeping(haircut: .basisPoints(100), heldMax: 1_000_000_000))))
        for venue in 0..<2 {
            step(
                .depthBegins(
                    DepthUpdate(
                        asset: ReserveIndex(2), against: ReserveIndex(0), venue: TradingVenueIndex(venue),
                        form: .pool(asset: 1_000_000_000, against: 1_000_000_000_000, fee: .basisPoints(30)))))
        }
    }

    /// One price tick of a falling market: collateral-heavy reserves sink, all of them jitter.
    mutating func fallingTick() {
        let reserve = Int(generator.below(UInt64(Self.reserves)))
        let drift = reserve < Self.reserves / 2 ? -1e-6 : 0
        prices[reserve] *= 1 + drift + 8e-6 * (generator.fraction() - 0.5)
        step(.price(ReserveIndex(reserve), Price(baseUnits: UInt128(UInt64(prices[reserve])))))
    }

    /// One price tick that goes nowhere: a hair up, a hair down.
    mutating func quietTick(_ number: Int) {
        let reserve = number % Self.reserves
        let price = prices[reserve] * (number / Self.reserves % 2 == 0 ? 1 : 1.000001)
        step(.price(ReserveIndex(reserve), Price(baseUnits: UInt128(UInt64(price)))))
    }
}
