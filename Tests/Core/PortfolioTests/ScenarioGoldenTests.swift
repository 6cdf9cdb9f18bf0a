import Domain
import Foundation
import Margin
import Options
import Portfolio
import Testing

/// Three accounts scenario by scenario, as a table that a reader can follow. Write it anew with
/// `BAILIFF_WRITE_GOLDEN=1 swift test --filter ScenarioGoldenTests`, and read the difference.
@Suite struct ScenarioGoldenTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/scenarios.txt")

    @Test func `the tables are those that were read and approved`() throws {
        let text = try Self.tables()
        if ProcessInfo.processInfo.environment["BAILIFF_WRITE_GOLDEN"] != nil {
            try text.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        #expect(try Data(contentsOf: Self.file) == Data(text.utf8))
    }

    private static func tables() throws -> String {
        var text = ""
        for (title, model, make) in accounts {
            var market = OptionMarket(model: model)
            let holding = make(&market)
            text += try ScenarioTable(title, market, holding).text + "\n"
        }
        return text
    }

    private static let accounts: [(String, Int, @Sendable (inout OptionMarket) -> OptionMarket.Holding)] = [
        (
            "A short straddle, hedged with a perpetual", 1,
            { market in
                let call = market.addSeries(0, strike: 300_000_000_000, isCall: true)
                let put = market.addSeries(0, strike: 300_000_000_000, isCall: false)
                return .init(
                    options: [call: -1_000, put: -1_000], perpetual: 200, entry: 6_000_000_000, cash: 12_000_000_000)
            }
        ),
        (
            "A calendar spread: short the near call, long the far one", 3,
            { market in
                let near = market.addSeries(0, strike: 310_000_000_000, isCall: true)
                let far = market.addSeries(2, strike: 310_000_000_000, isCall: true)
                return .init(options: [near: -1_000, far: 1_000], cash: -500_000_000)
            }
        ),
        (
            "A covered call", 4,
            { market in
                let call = market.addSeries(2, strike: 330_000_000_000, isCall: true)
                return .init(options: [call: -500], base: [500, 0], cash: -9_000_000_000)
            }
        ),
    ]
}

/// One account's table. The legs are revalued one by one; the profit is the engine's.
private struct ScenarioTable {
    private(set) var text = ""

    init(_ title: String, _ market: borrowing OptionMarket, _ holding: OptionMarket.Holding) throws {
        let (name, rules) = OptionMarket.models[market.model]
        guard case .scan(let model) = rules.model else { return }
        let legs = OptionMarket.legs(of: holding)
        let (factors, amounts) = (legs.map(\.factor), legs.map(\.amount))
        let found = rules.book(Double.self, factors.span, amounts.span, market.watch.reserves)
        let book = try #require(found)
        let underlying = book.underlyings[0]
        let outcome = model.outcome(of: underlying, over: [])
        text = "\(title) (\(name)). Money in whole cash.\n\n"
        describe(underlying)
        line(["", "spot", "vol"] + labels(underlying) + ["counted"])
        let worst = outcome.profits.min() ?? 0
        for (scenario, profit) in zip(model.scenarios, outcome.profits) {
            let values = Self.legs(underlying, model, scenario).map(Self.money)
            line(
                ["", Self.fixed(scenario.spot * 100, 0) + " %", "\(scenario.volatility)"] + values + [
                    Self.money(profit) + (profit == worst ? " *" : "  ")
                ])
        }
        let maintenance = try #require(rules.model.margin(.maintenance, of: book))
        let initial = try #require(rules.model.margin(.initial, of: book))
        text += "\nworst scenario \(Self.money(worst)) *, basis \(Self.money(outcome.basis)),"
        text +=
            " short option minimum \(Self.money(-outcome.shortOptionMinimum)), so worst \(Self.money(outcome.worst))\n"
        text += "contingency \(Self.money(-outcome.contingency)), equity \(Self.money(book.equity))\n"
        text += "maintenance margin \(Self.money(maintenance)), initial margin \(Self.money(initial))\n"
    }

    private mutating func describe(_ underlying: UnderlyingBook<Double>) {
        text += "spot \(Self.money(underlying.spot))\n"
        for expiry in underlying.expiries {
            text += "expiry in \(Self.fixed(expiry.years * 365, 2)) days, forward \(Self.money(expiry.forward))\n"
            for option in expiry.options {
                text +=
                    "  \(Self.fixed(option.amount, 2)) \(option.contract.kind) \(Self.money(option.contract.strike))"
                text +=
                    " at \(Self.fixed(option.volatility * 100, 2)) %, mark \(Self.money(expiry.mark(of: option))) each\n"
            }
        }
        text += "\n"
    }

    private func labels(_ underlying: UnderlyingBook<Double>) -> [String] {
        underlying.expiries.flatMap(\.options).map { "\($0.contract.kind)" } + ["spot and futures"]
    }

    /// What each option, and everything straight, gains in a scenario, before weights and discounts.
    private static func legs(_ underlying: UnderlyingBook<Double>, _ model: ScanMargin, _ scenario: Scenario)
        -> [Double]
    {
        var values: [Double] = []
        for expiry in underlying.expiries {
            let shock = model.volatility.shock(scenario.volatility, model.volatility.factor(expiry.years))
            for option in expiry.options {
                let shocked = ReferenceMargin.price(
                    option.contract.kind == .call, expiry.forward * (1 + scenario.spot), option.contract.strike,
                    option.volatility * shock, expiry.years, expiry.rate)
                values.append(option.amount * (shocked - expiry.mark(of: option)))
            }
        }
        let straight = underlying.futures.reduce(underlying.base * underlying.spot) { $0 + $1.size * $1.price }
        return values + [straight * scenario.spot]
    }

    private mutating func line(_ cells: [some StringProtocol]) {
        for (position, cell) in cells.enumerated() {
            let width = position == 0 ? 0 : position < 3 ? 9 : 18
            text +=
                String(repeating: " ", count: max(width - cell.count, position == 0 ? 0 : 1))
                + (position == 0 ? "" : cell)
        }
        text += "\n"
    }

    private static func money(_ value: Double) -> String { fixed(value / OptionMarket.base, 2) }
    private static func fixed(_ value: Double, _ places: Int) -> String {
        // A negative zero would be another text.
        let text = String(format: "%.\(places)f", value)
        return text.contains { $0 != "0" && $0 != "." && $0 != "-" } ? text : text.replacing("-", with: "")
    }
}
