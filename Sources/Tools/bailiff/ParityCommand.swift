import Configuration
import Console
import Foundation
import Parity
import Replay
import Tape
import Units

/// `bailiff parity`: two runs over the same tape, where they decided otherwise, and why one earned what the other did not. A run's own
/// tape may stand for its run; alone, it is compared with what it decides when it is gone through again.
struct ParityCommand {
    private let first: String
    private let second: String?
    private let rows: Int
    private let configuration: BotConfiguration?
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        guard arguments.positionals.count <= 2 else { throw UsageError.unwantedPositional(arguments.positionals[2]) }
        first = arguments.positionals[0]
        second = arguments.positionals.count == 2 ? arguments.positionals[1] : nil
        rows = try arguments.number("rows", in: 0...ParityReport.rowsMax, default: 10)
        configuration = try arguments.value("config").map { try ConfigCommand.load($0) }
        wantsJSON = arguments.wantsJSON
    }

    /// One run: as its log tells it, and the log.
    private struct Side {
        var run: ParityRun
        var log: Data
        var leftOff: UInt64 = 0
    }

    private struct Report: Encodable {
        let parity: ParityReport
        let comparison: DecisionComparison
        let leftOffTape: UInt64

        private enum CodingKeys: String, CodingKey { case comparison, leftOffTape }

        func encode(to encoder: any Encoder) throws {
            try parity.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(comparison, forKey: .comparison)
            try container.encode(leftOffTape, forKey: .leftOffTape)
        }
    }

    func perform() throws {
        let sides = try sides()
        let report = try ParityReport(sides.0.run, sides.1.run)
        let comparison = DecisionComparison(sides.0.log, sides.1.log)
        let whole = Report(
            parity: report, comparison: comparison, leftOffTape: sides.0.leftOff + sides.1.leftOff)
        if wantsJSON { return try StandardStreams.line(JSONText.encode(whole)) }
        try StandardStreams.write(text(report) + text(comparison, leftOff: whole.leftOffTape))
    }

    private func sides() throws -> (Side, Side) {
        if let second { return (try read(first), try read(second)) }
        guard try Tapes.isTape(first) else { throw UsageError.missingPositional("second") }
        let tape = try RunTape(first, configuration: configuration)
        let again = try tape.decidedAgain()
        let name = "\(first), gone through again"
        return (try side(of: tape), Side(run: try ParityRun(reading: again.log, named: name), log: again.log))
    }

    private func read(_ path: String) throws -> Side {
        if FileManager.default.fileExists(atPath: path), try Tapes.isTape(path) {
            return try side(of: RunTape(path, configuration: configuration))
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(code: .missingInput, message: "\(path): cannot be read; allowed: a log of a run")
        }
        return Side(run: try ParityRun(reading: data, named: path), log: data)
    }

    private func side(of tape: RunTape) throws -> Side {
        let log = Data(tape.record.log)
        let run = try ParityRun(
            recorded: log, named: tape.path, answered: tape.record.answered, tape: Tapes.digest(tape.path),
            mode: tape.mode)
        return Side(run: run, log: log, leftOff: tape.record.leftOff)
    }

    private func text(_ found: DecisionComparison, leftOff: UInt64) -> String {
        let table = TextTable(
            header: ["", "matched", "only first", "only second"],
            rows: [("decisions", found.decisions), ("refusals", found.refusals)].map { name, count in
                [name, "\(count.matched)", "\(count.onlyFirst)", "\(count.onlySecond)"]
            })
        var lines = "\n" + table.text
        if found.isIdentical {
            lines += "both decided the same, byte for byte\n"
        } else if let place = found.firstDivergence {
            lines += "they part at decision \(place.number):\n  first   \(place.first ?? "has ended")\n"
            lines += "  second  \(place.second ?? "has ended")\n"
        } else {
            lines += "both decided the same in the same order, at other moments or figures\n"
        }
        if leftOff > 0 { lines += "\(leftOff) messages of the run are not on its tape: a replay cannot know them\n" }
        return lines
    }

    private func text(_ report: ParityReport) -> String {
        let runs = TextTable(
            header: ["run", "preset", "bids", "settled", "profit \(report.cash)"],
            rows: [(first, report.first), (second ?? "again", report.second)].map { path, run in
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
