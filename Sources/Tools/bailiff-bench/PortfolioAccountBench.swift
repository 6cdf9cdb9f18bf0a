import CAllocations
import Derive
import Domain
import Margin
import Portfolio
import Units

/// Times one account of 200 options in four expiries under Derive's first portfolio margin: the judgement, and the making
/// of a local form, best of several rounds. Prints microseconds and heap allocations of each.
enum PortfolioAccountBench {
    private static let options = 200
    private static let rounds = 400
    private static let market = MarketIndex(0)
    private static let now: Int64 = 1_700_000_000
    private static let firstSeries = 6

    static func run() {
        var table = ReserveTable()
        let legs = fill(&table)
        let (factors, amounts) = (legs.map(\.factor), legs.map(\.amount))
        let rules = DeriveRules.portfolio
        measure("health") {
            _ = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: table)
        }
        var form = AccountForm()
        measure("form") {
            form.removeAll()
            _ = rules.form(factors: factors.span, amounts: amounts.span, traits: .none, in: table, into: &form)
        }
    }

    private static func measure(_ name: String, _ body: () -> Void) {
        body()
        let before = callocations_count()
        body()
        let allocations = callocations_count() - before
        var best = Double.infinity
        for _ in 0..<rounds { best = min(best, Stopwatch.nanosecondsPerRound(1, body)) }
        print("\(name): microseconds \(best / 1_000), allocations \(allocations)")
    }

    /// Cash, a spot and four expiries, then the series.
    private static func fill(_ table: inout ReserveTable) -> [Leg] {
        table.define(market, cash: ReserveIndex(0))
        for position in 0..<firstSeries + options { define(ReserveIndex(position), &table) }
        table.set(ReserveIndex(0), price: Price(baseUnits: 100_000_000))
        table.set(ReserveIndex(1), price: Price(baseUnits: 300_000_000_000))
        table.update(market) { $0.clock = Moment(nanoseconds: now * 1_000_000_000) }
        for (position, days) in [1, 7, 30, 90].enumerated() {
            let expiry = ReserveIndex(2 + position)
            let moment = Moment(nanoseconds: (now + Int64(days) * 86_400) * 1_000_000_000)
            table.set(expiry, terms: .expiry(ExpiryTerms(underlying: ReserveIndex(1), expiry: moment)))
            table.set(expiry, price: Price(baseUnits: UInt128(300_000 + 500 * days) * 1_000_000))
            table.update(expiry) {
                $0.smile = Smile(atTheMoney: 650_000_000, skew: -90_000_000, curvature: 120_000_000, rate: 30_000_000)
            }
        }
        var legs = [Leg(ReserveIndex(0), .collateral, 100_000_000_000_000)]
        for option in 0..<options {
            let series = ReserveIndex(firstSeries + option)
            let strike = Price(baseUnits: UInt128(1_800 + 12 * option) * 100_000_000)
            let terms = OptionTerms(
                expiry: ReserveIndex(2 + option % 4), strike: strike, kind: option % 2 == 0 ? .call : .put)
            table.set(series, terms: .option(terms))
            legs.append(Leg(series, option % 3 == 0 ? .collateral : .debt, TokenAmount(1 + option % 7) * 100_000_000))
        }
        return legs
    }

    private static func define(_ instrument: ReserveIndex, _ table: inout ReserveTable) {
        table.define(
            ReserveDefinition(
                reserve: instrument, market: market, decimals: 8, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 8_000))
    }
}
