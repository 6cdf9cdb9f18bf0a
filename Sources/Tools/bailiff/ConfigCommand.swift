import Configuration
import Console
import Foundation
import Strategy

/// `bailiff config`: what is in force.
struct ConfigCommand {
    private let configuration: BotConfiguration
    private let showsStrategy: Bool
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        configuration = try arguments.value("config").map { try BotConfiguration.load($0) } ?? BotConfiguration()
        showsStrategy = arguments.has("strategy")
        wantsJSON = arguments.wantsJSON
    }

    func perform() throws {
        let rows = showsStrategy ? strategyRows : overviewRows
        if wantsJSON {
            let object = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
            print(try JSONText.encode(object))
            return
        }
        let header =
            showsStrategy ? ["parameter", "value", "default", "range", "unit", "meaning"] : ["key", "value"]
        print(TextTable(header: header, rows: rows).text, terminator: "")
    }

    private var strategyRows: [[String]] {
        StrategyParameters.table.map { row in
            [
                row.name, "\(row.read(configuration.strategy))", "\(row.read(StrategyParameters()))",
                "\(row.range.lowerBound)...\(row.range.upperBound)", row.unit, row.meaning,
            ]
        } + [
            [
                "uses_flash_loans", "\(configuration.strategy.usesFlashLoans)", "true", "true, false", "",
                "whether repayment may be borrowed within the transaction",
            ]
        ]
    }

    private var overviewRows: [[String]] {
        [
            ["mode", configuration.mode.rawValue], ["live.enabled", "\(configuration.isLiveEnabled)"],
            ["feed.endpoints", configuration.feed.endpoints.joined(separator: ", ")],
            ["feed.topics", configuration.feed.topics.map { "\"\($0)\"" }.joined(separator: ", ")],
            ["venue.url", configuration.venue.url], ["venue.liquidator", configuration.venue.liquidator],
            ["journal.path", configuration.journalPath], ["capital.cash", "\(configuration.capital)"],
            ["capital.gas_money_wei", "\(configuration.gasMoney)"],
        ]
    }
}

/// JSON with keys in order, so that two runs can be compared as text.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
