import Console
import Foundation
import Parity
import Units

/// `bailiff parity`: two runs over the same tape, and why one earned what the other did not.
struct ParityCommand {
    private let first: String
    private let second: String
    private let rows: Int
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        (first, second) = (arguments.positionals[0], arguments.positionals[1])
        rows = try arguments.number("rows", in: 0...ParityReport.rowsMax, default: 10)
        wantsJSON = arguments.wantsJSON
    }

    func perform() throws {
        let report = try ParityReport(Self.read(first), Self.read(second))
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : text(report))
    }

    private static func read(_ path: String) throws -> ParityRun {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(code: .missingInput, message: "\(path): cannot be read; allowed: a log of a run")
        }
        return try ParityRun(reading: data, named: path)
    }

    private func text(_ report: ParityReport) -> String {
        let runs = TextTable(
            header: ["run", "preset", "bids", "settled", "profit \(report.cash)"],
            rows: [(first, report.first), (second, report.second)].map { path, run in
                [path, run.preset ?? "-", "\(run.bids)", "\(run.settled)", money(run.profit, report)]
            })
        let causes = TextTable(
            header: ["cause", "findings", "difference \(report.cash)", "mostly"],
            rows: report.causes.map { cause in
                [cause.cause, "\(cause.count)", money(cause.money, report), Self.mostly(cause.details)]
            } + [["sum", "", money(report.difference, report), ""]])
        let head = "\(report.differing) of \(report.crossings) crossings differ in money\n"
        return runs.text + "\n" + causes.text + "\n" + head + crossings(report)
    }

    private func crossings(_ report: ParityReport) -> String {
        let shown = report.rows.prefix(rows)
        guard !shown.isEmpty else { return "" }
        return TextTable(
            header: ["account", "market", "from", "difference", "why"],
            rows: shown.map { row in
                [
                    row.account, row.market, TapeTime.text(UInt64(max(0, row.fromNanoseconds))),
                    money(row.difference, report),
                    row.findings.map { "\($0.cause): \($0.detail)" }.joined(separator: "; "),
                ]
            }
        ).text
    }

    private func money(_ units: String, _ report: ParityReport) -> String {
        Int128(units).map { Cash(units: $0).text(decimals: report.cashDecimals) } ?? units
    }

    /// The detail with most money; of the same money the first by name.
    private static func mostly(_ details: [String: String]) -> String {
        func size(_ units: String) -> UInt128 { Int128(units)?.magnitude ?? 0 }
        let most = details.max { a, b in
            size(a.value) != size(b.value) ? size(a.value) < size(b.value) : a.key > b.key
        }
        return most?.key ?? "-"
    }
}
