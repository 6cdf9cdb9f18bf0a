import Configuration
import Console
import Foundation
import Stress
import Tape
import Units

/// `bailiff stress`: what trouble on purpose costs under every margin model and mechanism.
struct StressCommand {
    private var study: StressStudy
    private let out: String?
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        study = StressStudy(seed: UInt64(try arguments.number("seed", in: 0...Int(Int32.max), default: 1)))
        study.accounts = try arguments.number("accounts", in: 1...StressPopulation.accountsMax, default: study.accounts)
        study.severity = try Self.severity(arguments)
        study.scenarios = try Self.chosen("scenario", arguments, StressScenario.allCases)
        let margins = try Self.chosen("margin", arguments, StressMargin.allCases)
        let mechanisms = try Self.chosen("mechanism", arguments, StressMechanism.allCases)
        study.designs = StressDesign.all.filter { margins.contains($0.margin) && mechanisms.contains($0.mechanism) }
        if study.designs.allSatisfy({ $0.absence != nil }), let first = study.designs.first {
            throw UsageError.badValue(
                option: "mechanism", found: "\(first.name): \(first.absence ?? "")",
                allowed: StressDesign.existing.map(\.name).joined(separator: ", "))
        }
        study.risk = try Self.risk(arguments)
        out = try NewFile.path("out", arguments)
        wantsJSON = arguments.wantsJSON
    }

    /// In the order of the documentation, whatever the order of the words.
    private static func chosen<Choice: RawRepresentable & Equatable>(
        _ option: String, _ arguments: Arguments, _ all: [Choice]
    ) throws -> [Choice] where Choice.RawValue == String {
        let words = arguments.values(option)
        for word in words where !all.contains(where: { $0.rawValue == word }) {
            throw UsageError.badValue(
                option: option, found: word, allowed: all.map(\.rawValue).joined(separator: ", "))
        }
        return words.isEmpty ? all : all.filter { words.contains($0.rawValue) }
    }

    /// At most two decimals: money is integers, and so is what scales it.
    private static func severity(_ arguments: Arguments) throws -> StressSeverity {
        guard let word = arguments.value("severity") else { return .one }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count <= 2, word.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            parts.count == 1 || (1...2).contains(decimals.count), parts[0].count <= 1,
            let whole = UInt64(parts[0]), let part = UInt64((decimals + "00").prefix(2)),
            whole * 100 + part <= StressSeverity.most
        else {
            throw UsageError.badValue(option: "severity", found: word, allowed: "0 to 2 with at most two decimals")
        }
        return StressSeverity(whole * 100 + part)
    }

    /// A file's `[stress]`, and options on top of it.
    private static func risk(_ arguments: Arguments) throws -> StressParameters {
        var risk = StressParameters()
        if let path = arguments.value("config") {
            let keys = StressParameters.table.map {
                NumberKey(
                    name: $0.name, standard: Int64($0.standard),
                    range: Int64($0.range.lowerBound)...Int64($0.range.upperBound))
            }
            let found = try NumberSection.load(path, section: "stress", keys)
            for (row, value) in zip(StressParameters.table, found) { risk[row.name] = Int(value) }
        }
        for row in StressParameters.table where arguments.value(option(row)) != nil {
            risk[row.name] = try arguments.number(option(row), in: row.range, default: row.standard)
        }
        return risk
    }

    static func option(_ row: StressParameters.Row) -> String {
        String(row.name.map { $0 == "_" ? "-" : $0 })
    }

    func perform() throws {
        var progress = ProgressLine(tag: "STRESS")
        let total = study.scenarios.count * study.designs.count { $0.absence == nil }
        let start = Clock.monotonic
        let results = study.run { done in
            guard Clock.monotonic - start > .seconds(1) else { return }
            progress.show("\(done) of \(total) runs", at: Clock.monotonic)
        }
        progress.finish()
        let text = try JSONText.encode(StressReport(study, results))
        if let out { try FileSink(creating: out).write((text + "\n").utf8Span.span.bytes) }
        try StandardStreams.line(wantsJSON ? text : StressTable(study, results).text)
    }
}

/// The same study, the same bytes: no clock and no machine.
struct StressReport: Encodable {
    /// Grows when a field changes its meaning; new fields do not count.
    let format = 1
    let seed: UInt64
    let accounts: Int
    let severityHundredths: UInt64
    let cashDecimals = StressAsset.cashDecimals
    let debts: String
    let parameters: [String: Int]
    let absent: [Absence]
    let results: [StressResult]

    struct Absence: Encodable { let margin, mechanism, reason: String }

    init(_ study: StressStudy, _ results: [StressResult]) {
        seed = study.seed
        accounts = study.accounts
        severityHundredths = study.severity.hundredths
        debts = "\(study.population.accounts.reduce(0) { $0 + $1.debt })"
        parameters = Dictionary(
            uniqueKeysWithValues: StressParameters.table.map { ($0.name, study.risk[$0.name]) })
        absent = study.designs.compactMap { design in
            design.absence.map {
                Absence(margin: design.margin.rawValue, mechanism: design.mechanism.rawValue, reason: $0)
            }
        }
        self.results = results
    }
}
