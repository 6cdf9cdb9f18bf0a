import Aave
import DYdX
import Derive
import Domain
import Engine
import Maker
import Margin
import Portfolio
import Units

/// Four markets under one engine: 60 % of the accounts lend and borrow, 20 % hold a perpetual, 10 % a vault and 10 % options
/// under portfolio margin. From a seed.
struct MixedWorld: ~Copyable {
    var engine: Engine
    var outputs: ContiguousArray<Output> = []
    private var prices: [Double]
    private var generator: SeededGenerator

    private enum Market {
        static let lending = MarketIndex(0)
        static let vaults = MarketIndex(1)
        static let perpetuals = MarketIndex(2)
        static let options = MarketIndex(3)
    }
    /// Where each market's instruments begin, its cash asset first.
    private enum Instrument {
        static let lending = 0
        static let vaults = 20
        static let perpetuals = 26
        static let options = 37
        static let spot = 38
        static let expiries = 39..<41
        static let series = 41..<61
        static let count = 61
    }
    /// What moves in a falling market.
    private static let moving = Array(0..<20) + Array(21..<26) + Array(27..<37) + [38, 39, 40]
    private static let stream = StreamIndex(0)
    private static let start = Moment(nanoseconds: 1_700_000_000_000_000_000)
    private static let dollar = 100_000_000.0
    private static let spotDollars = 2_000.0

    init(accounts: Int, seed: UInt64) {
        var settings = EngineSettings(
            rules: [AaveRules(.v3_5), MakerRules(), DYdXRules(), DeriveRules.portfolio])
        settings.accountsExpected = accounts
        engine = Engine(settings)
        generator = SeededGenerator(seed: seed)
        prices = Array(repeating: 0, count: Instrument.count)
        outputs.reserveCapacity(4_096)
        defineMarkets()
        for account in 0..<accounts { open(AccountIndex(account)) }
        outputs.removeAll(keepingCapacity: true)
    }

    private mutating func step(_ input: Input) {
        engine.step(input, from: Self.stream, at: Self.start, into: &outputs)
        if outputs.count > 2_048 { outputs.removeAll(keepingCapacity: true) }
    }

    private mutating func define(_ instrument: Int, _ market: MarketIndex, decimals: UInt8, threshold: UInt32 = 0) {
        step(
            .reserve(
                ReserveDefinition(
                    reserve: ReserveIndex(instrument), market: market, decimals: decimals,
                    liquidationThreshold: .basisPoints(threshold),
                    liquidationBonus: threshold > 0 ? .basisPoints(10_500) : .zero, protocolFee: .zero,
                    scalePartsPerMillion: 2_500)))
    }

    private mutating func price(_ instrument: Int, _ baseUnits: Double) {
        prices[instrument] = baseUnits
        tick(instrument, baseUnits)
    }

    /// A vault's spot has 27 decimals, more than a word holds: it is kept with 18.
    private mutating func tick(_ instrument: Int, _ baseUnits: Double) {
        let isVault = instrument >= Instrument.vaults && instrument < Instrument.perpetuals
        let word = UInt128(UInt64(baseUnits)) * (isVault ? 1_000_000_000 : 1)
        step(.price(ReserveIndex(instrument), Price(baseUnits: word)))
    }

    private mutating func defineMarkets() {
        let cash = [Instrument.lending, Instrument.vaults, Instrument.perpetuals, Instrument.options]
        for market in 0..<4 {
            step(
                .market(
                    MarketDefinition(
                        market: MarketIndex(market), rules: RulesIndex(market), closeFactor: .basisPoints(5_000),
                        cash: ReserveIndex(cash[market]), native: ReserveIndex(cash[market]), flashLoanFee: .zero)))
        }
        for i in 0..<20 {
            define(i, Market.lending, decimals: 6, threshold: 8_000)
            price(i, 1_000 * Self.dollar)
        }
        for i in 0..<6 {
            define(Instrument.vaults + i, Market.vaults, decimals: 18)
            price(Instrument.vaults + i, 1e18)
        }
        define(Instrument.perpetuals, Market.perpetuals, decimals: 6)
        price(Instrument.perpetuals, Self.dollar)
        for i in 1..<11 {
            let perpetual = ReserveIndex(Instrument.perpetuals + i)
            define(Instrument.perpetuals + i, Market.perpetuals, decimals: 9)
            step(.parameter(perpetual, .initialMargin, 50_000_000_000_000_000))
            step(.parameter(perpetual, .maintenanceScalar, 600_000_000_000_000_000))
            step(.funding(perpetual, 0))
            // Quote quantums for 10^9 base quantums: 2 000 dollars.
            price(Instrument.perpetuals + i, 2_000_000_000)
        }
        defineOptions()
    }

    private mutating func defineOptions() {
        step(.block(BlockUpdate(market: Market.options, number: BlockNumber(1), timestamp: Self.start)))
        define(Instrument.options, Market.options, decimals: 6)
        price(Instrument.options, Self.dollar)
        define(Instrument.spot, Market.options, decimals: 18)
        price(Instrument.spot, Self.spotDollars * Self.dollar)
        for (i, expiry) in Instrument.expiries.enumerated() {
            define(expiry, Market.options, decimals: 18)
            let date = Self.start + .seconds(Int64(i + 1) * 30 * 86_400)
            step(
                .expiryTerms(ReserveIndex(expiry), ExpiryTerms(underlying: ReserveIndex(Instrument.spot), expiry: date))
            )
            price(expiry, Self.spotDollars * Self.dollar)
            step(
                .smile(
                    ReserveIndex(expiry),
                    Smile(atTheMoney: 700_000_000, skew: -50_000_000, curvature: 30_000_000, rate: 0)))
        }
        for series in Instrument.series {
            let number = series - Instrument.series.lowerBound
            define(series, Market.options, decimals: 18)
            let strike = Self.spotDollars * (0.8 + 0.1 * Double(number / 2 % 5))
            step(
                .optionTerms(
                    ReserveIndex(series),
                    OptionTerms(
                        expiry: ReserveIndex(Instrument.expiries.lowerBound + number / 10),
                        strike: Price(baseUnits: UInt128(UInt64(strike * Self.dollar))),
                        kind: number % 2 == 0 ? .call : .put)))
        }
    }

    private mutating func open(_ account: AccountIndex) {
        let (market, legs) = draw()
        step(
            .accountBegins(
                AccountUpdate(
                    account: account, market: market, kind: .state, reserve: ReserveIndex(0), version: 1,
                    legs: UInt16(legs.count))))
        for leg in legs { step(.accountLeg(leg)) }
    }

    private mutating func draw() -> (MarketIndex, [Leg]) {
        // From just above the edge to about three times what is needed.
        let health = 1.002 + 2 * generator.fraction()
        switch generator.below(10) {
        case 0...5: return (Market.lending, lending(health))
        case 6, 7: return (Market.perpetuals, perpetual(health))
        case 8: return (Market.vaults, vault(health))
        default: return (Market.options, options(health))
        }
    }

    private mutating func lending(_ health: Double) -> [Leg] {
        let collaterals = generator.below(2) == 0 ? 1 : 2
        let first = Int(generator.below(20))
        var legs = (0..<collaterals).map { Leg(ReserveIndex((first + $0 * 7) % 20), .collateral, 1_000_000_000) }
        let debt = TokenAmount(UInt64(Double(collaterals) * 1e9 * 0.8 / health))
        legs.append(Leg(ReserveIndex((first + 11) % 20), .debt, debt))
        return legs
    }

    private mutating func vault(_ health: Double) -> [Leg] {
        let ilk = ReserveIndex(Instrument.vaults + 1 + Int(generator.below(5)))
        return [Leg(ilk, .collateral, 1_000_000_000_000_000_000), Leg(ilk, .debt, TokenAmount(UInt64(1e18 / health)))]
    }

    /// One unit long or short at the price of now; 3 % of it is needed.
    private mutating func perpetual(_ health: Double) -> [Leg] {
        let perpetual = ReserveIndex(Instrument.perpetuals + 1 + Int(generator.below(10)))
        let isLong = generator.below(2) == 0
        let margin = TokenAmount(UInt64(60_000_000 * health))
        return [
            Leg(ReserveIndex(Instrument.perpetuals), .collateral, margin),
            Leg(perpetual, isLong ? .collateral : .debt, 1_000_000_000),
            Leg(perpetual, .entry, signed: isLong ? -2_000_000_000 : 2_000_000_000),
            Leg(perpetual, .accrual, signed: 0),
        ]
    }

    /// A short option, a long one further out, and cash.
    private mutating func options(_ health: Double) -> [Leg] {
        let short = Instrument.series.lowerBound + Int(generator.below(20))
        let long = Instrument.series.lowerBound + (short - Instrument.series.lowerBound + 2) % 20
        let cash = TokenAmount(UInt64(500_000_000 * health))
        return [
            Leg(ReserveIndex(Instrument.options), .collateral, cash),
            Leg(ReserveIndex(short), .debt, 1_000_000_000_000_000_000),
            Leg(ReserveIndex(long), .collateral, 500_000_000_000_000_000),
        ]
    }

    /// One price tick of a falling market: everything sinks a little and jitters.
    mutating func fallingTick() {
        let instrument = Self.moving[Int(generator.below(UInt64(Self.moving.count)))]
        price(instrument, prices[instrument] * (1 - 1e-6 + 8e-6 * (generator.fraction() - 0.5)))
    }

    /// One price tick that goes nowhere: a hair up, a hair down. Options that are near their edge are judged anew by every tick
    /// of their market, however small; without options such ticks are left out.
    mutating func quietTick(_ number: Int, withOptions: Bool) {
        let count = withOptions ? Self.moving.count : Self.moving.count - 3
        let instrument = Self.moving[number % count]
        let away = number / count % 2 == 0 ? 1 : 1.000001
        tick(instrument, prices[instrument] * away)
    }

    /// One account of options judged as the venue does it.
    func judgeOptions() -> AccountHealth? {
        let factors = Self.sample.map(\.factor)
        let amounts = Self.sample.map(\.amount)
        return DeriveRules.portfolio.health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: engine.reserves)
    }

    private static let sample = [
        Leg(ReserveIndex(Instrument.options), .collateral, 900_000_000),
        Leg(ReserveIndex(Instrument.series.lowerBound + 4), .debt, 1_000_000_000_000_000_000),
        Leg(ReserveIndex(Instrument.series.lowerBound + 6), .collateral, 500_000_000_000_000_000),
    ]
}
