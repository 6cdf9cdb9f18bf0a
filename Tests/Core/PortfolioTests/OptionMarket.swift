import Deribit
import Derive
import Domain
import Foundation
import Margin
import Options
import Portfolio
import Units

/// A market of options with two underlyings: what the feed would say, kept beside the watch as plain numbers.
struct OptionMarket: ~Copyable {
    static let models: [(name: String, rules: PortfolioRules)] = [
        ("derive-sm", DeriveRules.standard), ("derive-pmrm", DeriveRules.portfolio),
        ("deribit-sm", DeribitRules.standard), ("deribit-pm", DeribitRules.portfolio), ("span", .span),
    ]
    static let market = MarketIndex(0)
    static let cash = ReserveIndex(0)
    /// Two underlyings, four expiries (the second of the first underlying has no smile of its own), a perpetual.
    static let spots = [ReserveIndex(1), ReserveIndex(2)]
    static let expiries = [ReserveIndex(3), ReserveIndex(4), ReserveIndex(5), ReserveIndex(6)]
    static let underlyingOf = [0, 0, 0, 1]
    static let withoutSmile = 1
    static let perpetual = ReserveIndex(7)
    static let firstSeries = 8
    static let base = 100_000_000.0

    struct Series {
        var expiry: Int
        var strike: UInt64
        var isCall: Bool
    }
    struct Holding {
        /// By series, hundredths of a unit.
        var options: [Int: Int64] = [:]
        /// By underlying, hundredths.
        var base: [Int64] = [0, 0]
        var perpetual: Int64 = 0
        var entry: Int64 = 0
        /// Millionths.
        var cash: Int64 = 0
    }

    let model: Int
    var watch: MarginWatch
    var prices: [UInt64]
    var forwards: [UInt64]
    var perpetualPrice: UInt64
    var smiles: [Smile]
    var clock: Int64
    var expiryTimes: [Int64]
    var series: [Series] = []
    var holdings: [Holding] = []

    init(model: Int, hotMax: Int = 1, days: [Double] = [2, 9, 33, 12]) {
        self.model = model
        var settings = RiskSettings()
        settings.hotMax = hotMax
        watch = MarginWatch(settings)
        prices = [300_000_000_000, 6_000_000_000_000]
        forwards = [300_200_000_000, 300_900_000_000, 303_000_000_000, 6_020_000_000_000]
        perpetualPrice = 300_050_000_000
        smiles = (0..<4).map {
            Smile(
                atTheMoney: 650_000_000 + Int64($0) * 30_000_000, skew: -90_000_000, curvature: 120_000_000,
                rate: 30_000_000)
        }
        clock = 1_700_000_000
        expiryTimes = days.map { 1_700_000_000 + Int64($0 * 86_400) }
        watch.define(Self.market, cash: Self.cash, rules: Self.models[model].rules)
        define(Self.cash, decimals: 6, share: 100)
        for spot in Self.spots { define(spot, decimals: 8) }
        for expiry in Self.expiries { define(expiry, decimals: 8) }
        define(Self.perpetual, decimals: 8)
        watch.set(Self.cash, price: Price(baseUnits: 100_000_000))
        watch.setClock(of: Self.market, to: moment(clock))
        for (position, spot) in Self.spots.enumerated() {
            watch.set(spot, price: Price(baseUnits: UInt128(prices[position])))
            watch.set(spot, .collateralWeight, to: 800_000_000_000_000_000)
        }
        for expiry in Self.expiries.indices { defineExpiry(expiry) }
        watch.set(
            Self.perpetual, terms: .expiry(ExpiryTerms(underlying: Self.spots[0], expiry: moment(nanoseconds: .max))))
        watch.set(Self.perpetual, price: Price(baseUnits: UInt128(perpetualPrice)))
        watch.set(Self.perpetual, .initialMargin, to: 20_000_000_000_000_000)
        watch.set(Self.perpetual, .maintenanceMargin, to: 10_000_000_000_000_000)
    }

    private mutating func define(_ instrument: ReserveIndex, decimals: UInt8, share: UInt32 = 8_000) {
        watch.define(
            ReserveDefinition(
                reserve: instrument, market: Self.market, decimals: decimals, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: share))
    }

    private mutating func defineExpiry(_ e: Int) {
        let terms = ExpiryTerms(underlying: Self.spots[Self.underlyingOf[e]], expiry: moment(expiryTimes[e]))
        watch.set(Self.expiries[e], terms: .expiry(terms))
        watch.set(Self.expiries[e], price: Price(baseUnits: UInt128(forwards[e])))
        setSmile(e, smiles[e])
    }

    private func moment(_ seconds: Int64) -> Moment { Moment(nanoseconds: seconds * 1_000_000_000) }
    private func moment(nanoseconds: Int64) -> Moment { Moment(nanoseconds: nanoseconds) }

    mutating func addSeries(_ expiry: Int, strike: UInt64, isCall: Bool) -> Int {
        if let known = series.firstIndex(where: { $0.expiry == expiry && $0.strike == strike && $0.isCall == isCall }) {
            return known
        }
        let instrument = ReserveIndex(Self.firstSeries + series.count)
        series.append(Series(expiry: expiry, strike: strike, isCall: isCall))
        define(instrument, decimals: 8)
        let terms = OptionTerms(
            expiry: Self.expiries[expiry], strike: Price(baseUnits: UInt128(strike)), kind: isCall ? .call : .put)
        watch.set(instrument, terms: .option(terms))
        return series.count - 1
    }

    // MARK: what moves

    mutating func setSpot(_ u: Int, _ price: UInt64) {
        prices[u] = price
        watch.set(Self.spots[u], price: Price(baseUnits: UInt128(price)))
    }
    mutating func setForward(_ e: Int, _ price: UInt64) {
        forwards[e] = price
        watch.set(Self.expiries[e], price: Price(baseUnits: UInt128(price)))
    }
    mutating func setPerpetual(_ price: UInt64) {
        perpetualPrice = price
        watch.set(Self.perpetual, price: Price(baseUnits: UInt128(price)))
    }
    mutating func setSmile(_ e: Int, _ smile: Smile) {
        guard e != Self.withoutSmile else { return }
        smiles[e] = smile
        watch.update(Self.expiries[e]) { $0.smile = smile }
    }
    mutating func setClock(_ seconds: Int64) {
        clock = seconds
        watch.setClock(of: Self.market, to: moment(seconds))
    }
    mutating func place(_ account: Int, _ holding: Holding) {
        while holdings.count <= account { holdings.append(Holding()) }
        holdings[account] = holding
        watch.place(AccountIndex(account), in: Self.market, .none, legs: Self.legs(of: holding).span)
    }

    static func legs(of holding: Holding) -> [Leg] {
        var legs: [Leg] = []
        func add(_ instrument: ReserveIndex, _ amount: Int64) {
            guard amount != 0 else { return }
            legs.append(Leg(instrument, amount > 0 ? .collateral : .debt, TokenAmount(amount.magnitude)))
        }
        add(cash, holding.cash)
        for u in 0..<2 { add(spots[u], holding.base[u] * 1_000_000) }
        add(perpetual, holding.perpetual * 1_000_000)
        if holding.perpetual != 0 { legs.append(Leg(perpetual, .entry, signed: Int128(holding.entry))) }
        for (series, amount) in holding.options.sorted(by: { $0.key < $1.key }) {
            add(ReserveIndex(firstSeries + series), amount * 1_000_000)
        }
        return legs
    }

    // MARK: the same as plain numbers

    func reference(_ holding: Holding) -> ReferenceMargin {
        var plain = ReferenceMargin(
            spots: prices.map { Double($0) }, base: holding.base.map { Double($0) / 100 },
            expiries: forwards.indices.map { expiry($0) })
        plain.cash = Double(holding.cash) / 1e6 * Self.base
        for (position, amount) in holding.options.sorted(by: { $0.key < $1.key }) {
            let of = series[position]
            plain.options.append(
                .init(isCall: of.isCall, strike: Double(of.strike), amount: Double(amount) / 100, expiry: of.expiry))
        }
        if holding.perpetual != 0 {
            plain.futures.append(
                .init(
                    underlying: 0, price: Double(perpetualPrice), size: Double(holding.perpetual) / 100,
                    entry: Double(holding.entry) / 1e6 * Self.base, initial: 0.02, maintenance: 0.01))
        }
        return plain
    }

    private func expiry(_ e: Int) -> ReferenceMargin.Expiry {
        let left = Double(expiryTimes[e] - clock)
        // The one without a smile lies between its neighbours; its rate is the later one's.
        let rate = Double(smiles[e == Self.withoutSmile ? 2 : e].rate) / 1e9
        return .init(underlying: Self.underlyingOf[e], forward: Double(forwards[e]), seconds: left, rate: rate) {
            [smiles, expiryTimes, clock] k in
            func sigma(_ e: Int) -> Double {
                let s = smiles[e]
                return max(
                    Double(s.atTheMoney) / 1e9 + k * Double(s.skew) / 1e9 + k * k * Double(s.curvature) / 1e9, 0.01)
            }
            guard e == Self.withoutSmile else { return sigma(e) }
            let years = { (e: Int) in max(Double(expiryTimes[e] - clock), 0) / 31_536_000 }
            // Straight in total variance; with the shares of the expiries, which stand still.
            let share = Double(expiryTimes[1] - expiryTimes[0]) / Double(expiryTimes[2] - expiryTimes[0])
            let total = sigma(0) * sigma(0) * years(0) * (1 - share) + sigma(2) * sigma(2) * years(2) * share
            return (total / max(years(1), 1 / 31_536_000)).squareRoot()
        }
    }

    /// What the engine's rules say, in base units.
    func margin(_ holding: Holding, _ requirement: Requirement = .maintenance) -> Double? {
        let legs = Self.legs(of: holding)
        let (factors, amounts) = (legs.map(\.factor), legs.map(\.amount))
        return Self.models[model].rules.margin(
            requirement, factors: factors.span, amounts: amounts.span, in: watch.reserves)
    }

    func isLiquidatable(_ account: Int) -> Bool { watch.isLiquidatable(AccountIndex(account)) }

    func form(_ holding: Holding) -> AccountForm? {
        var form = AccountForm()
        let legs = Self.legs(of: holding)
        let (factors, amounts) = (legs.map(\.factor), legs.map(\.amount))
        let isWatched = Self.models[model].rules.form(
            factors: factors.span, amounts: amounts.span, traits: .none, in: watch.reserves, into: &form)
        return isWatched ? form : nil
    }
}
