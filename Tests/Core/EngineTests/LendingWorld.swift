import Aave
import Domain
import Engine
import Margin
import Strategy
import Units

/// A small lending market under an engine: WETH (18 decimals) against USDC (6 decimals), prices with 8 decimals.
struct LendingWorld: ~Copyable {
    static var rules: [any MarginRules] { AaveRules.all }
    static let market = MarketIndex(0)
    static let usdc = ReserveIndex(0)
    static let weth = ReserveIndex(1)
    static let stream = StreamIndex(0)

    var engine: Engine
    var outputs: ContiguousArray<Output> = []
    var clock: Int64 = 0

    init(
        version: AaveVersion = .v3_0, cash: Int128 = 0, gasMoney: Wei = 1_000_000_000_000_000_000_000,
        _ change: (inout StrategyParameters) -> Void = { _ in }
    ) {
        self.init(version: version, cash: cash, gasMoney: gasMoney, rules: AaveRules.all) { change(&$0.parameters) }
    }

    init(
        version: AaveVersion = .v3_0, cash: Int128 = 0, gasMoney: Wei = 1_000_000_000_000_000_000_000,
        rules table: [any MarginRules], settings change: (inout EngineSettings) -> Void
    ) {
        var settings = EngineSettings(rules: table)
        change(&settings)
        settings.cash = Cash(units: cash)
        settings.gasMoney = gasMoney
        engine = Engine(settings)
        let rules = RulesIndex(AaveVersion.allCases.firstIndex(of: version) ?? 0)
        step(
            .market(
                MarketDefinition(
                    market: Self.market, rules: rules, closeFactor: .basisPoints(5_000), cash: Self.usdc,
                    native: Self.weth,
                    flashLoanFee: .basisPoints(9))))
        define(threshold: 8_250)
        step(
            .reserve(
                ReserveDefinition(
                    reserve: Self.usdc, market: Self.market, decimals: 6, liquidationThreshold: .basisPoints(8_500),
                    liquidationBonus: .basisPoints(10_500), protocolFee: .zero, scalePartsPerMillion: 200)))
        step(.price(Self.usdc, Price(baseUnits: 1_00000000)))
        price(2_000)
        step(
            .pool(
                Self.weth,
                Pool(
                    assetReserve: 50_000 * 1_000_000_000_000_000_000, cashReserve: 100_000_000 * 1_000_000,
                    fee: .basisPoints(30))))
        step(
            .gas(
                GasUpdate(
                    market: Self.market, baseFee: GasPrice(weiPerGas: 20_000_000_000),
                    priorityFeeMedian: GasPrice(weiPerGas: 1_000_000_000),
                    priorityFeeHigh: GasPrice(weiPerGas: 3_000_000_000))))
        step(.stream(.whole))
        step(.armed(true))
        block(1)
        outputs.removeAll()
    }

    mutating func step(_ input: Input) {
        clock += 1
        engine.step(input, from: Self.stream, at: Moment(nanoseconds: clock), into: &outputs)
    }

    mutating func define(threshold: UInt32) {
        step(
            .reserve(
                ReserveDefinition(
                    reserve: Self.weth, market: Self.market, decimals: 18,
                    liquidationThreshold: .basisPoints(threshold),
                    liquidationBonus: .basisPoints(10_500), protocolFee: .basisPoints(1_000),
                    scalePartsPerMillion: 2_500)))
    }

    /// WETH at so many dollars.
    mutating func price(_ dollars: UInt64) {
        step(.price(Self.weth, Price(baseUnits: UInt128(dollars) * 1_00000000)))
    }

    mutating func block(_ height: UInt64) {
        step(.block(BlockUpdate(market: Self.market, number: BlockNumber(height), timestamp: .start)))
    }

    /// An account with so many WETH against so many USDC.
    mutating func open(_ account: Int, weth: UInt64, usdc: UInt64, version: UInt64 = 1) {
        var legs: [Leg] = []
        if weth > 0 { legs.append(Leg(Self.weth, .collateral, TokenAmount(weth) * 1_000_000_000_000_000_000)) }
        if usdc > 0 { legs.append(Leg(Self.usdc, .debt, TokenAmount(usdc) * 1_000_000)) }
        step(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(account), market: Self.market, kind: .state, reserve: Self.weth,
                    version: version,
                    legs: UInt16(legs.count))))
        for leg in legs { step(.accountLeg(leg)) }
    }

    mutating func settle(_ intent: Intent, _ ending: IntentOutcome.Ending = .settled, cash: Int128 = 0) {
        step(
            .outcome(
                IntentOutcome(
                    ordinal: intent.ordinal, ending: ending, repaid: intent.figures.repay, seized: intent.figures.seize,
                    cash: Cash(units: cash), gasPaid: 0, block: BlockNumber(2))))
    }

    /// The first ten accounts that are liquidatable by the exact rules.
    var liquidatable: [UInt32] { (0..<10).filter { engine.isLiquidatable(AccountIndex(UInt32($0))) } }

    /// What was decided since the last call.
    @discardableResult
    mutating func take() -> [Output] {
        defer { outputs.removeAll() }
        return Array(outputs)
    }
}

extension [Output] {
    var questions: [Question] { compactMap { if case .ask(let question) = $0 { question } else { nil } } }
    var intents: [Intent] { compactMap { if case .submit(let intent) = $0 { intent } else { nil } } }
    var refusals: [Refusal] { compactMap { if case .refused(_, let refusal) = $0 { refusal } else { nil } } }
    var ignored: [IgnoredInput] { compactMap { if case .ignored(let reason) = $0 { reason } else { nil } } }
}
