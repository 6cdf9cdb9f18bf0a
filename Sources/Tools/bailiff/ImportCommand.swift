import Console
import Episodes
import Foundation
import MarginEngine

/// `bailiff import`: recorded CSV files into an episode, and a report of what could be used and what not.
struct ImportCommand {
    private let directory: String
    private let out: String
    private let options: EpisodeImport.Options
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        directory = arguments.positionals[0]
        guard let out = arguments.value("out") else {
            throw CommandFailure(code: .usage, message: "--out DIR is missing; see: bailiff import --help")
        }
        self.out = out
        let safe = try arguments.number("safe-accounts", in: 0...EpisodeImport.Options.safeAccountsMax, default: 5_000)
        let seed = try arguments.number("seed", in: 0...Int(Int32.max), default: 1)
        options = EpisodeImport.Options(seed: UInt64(seed), safeAccounts: safe)
        wantsJSON = arguments.wantsJSON
    }

    /// The report as JSON.
    private struct Report: Encodable {
        var title: String
        var total: Int
        var usable: Int
        var unusable: [String: [Int]]
        var uneconomic: [Int]
        var openedAtEvent: Int
        var safeAccounts: Int
        var events: Int
        var assumptions: [String]
    }

    func perform() throws {
        StandardStreams.note("import: reading \(directory)\n")
        let imported: EpisodeImport
        do {
            imported = try EpisodeImport(directory: directory, options: options)
        } catch {
            throw CommandFailure(code: .badData, message: "\(error)")
        }
        try EpisodeFile.write(imported.episode, to: out)
        let found = imported.report
        let report = Report(
            title: imported.episode.title, total: found.total, usable: found.usable,
            unusable: Dictionary(uniqueKeysWithValues: found.unusable.map { ($0.key.rawValue, $0.value) }),
            uneconomic: found.uneconomic, openedAtEvent: found.openedAtEvent, safeAccounts: found.safeAccounts,
            events: imported.episode.events.count, assumptions: found.assumptions)
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : text(report))
    }

    private func text(_ report: Report) -> String {
        var lines = [
            report.title, "recorded liquidations: \(report.total), usable \(report.usable)",
        ]
        lines += report.unusable.sorted { $0.key < $1.key }.map {
            "  not usable: \($0.key): \($0.value.count) (rows \($0.value.map(String.init).joined(separator: ", ")))"
        }
        lines.append("  opened at the instant of their event: \(report.openedAtEvent)")
        lines.append("  bonus below the gas of the moment: \(report.uneconomic.count)")
        lines.append("safe accounts: \(report.safeAccounts), events: \(report.events), written to \(out)")
        return (lines + report.assumptions.map { "assumed: \($0)" }).joined(separator: "\n")
    }
}
