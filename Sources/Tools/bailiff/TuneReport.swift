import Confirmation
import Console
import Foundation
import Search
import Strategy
import StrategySearch
import StudyFile
import Tape
import TapeContent
import Units

/// What a study says at its end: the summary in JSON, a text, and the parameters with where they come from.
struct TuneReport {
    let summary: TuneSummary
    private let options: TuneOptions
    private let result: TuneResult
    private let heldOut: HeldOutTapes

    init(
        _ options: TuneOptions, _ result: TuneResult, _ file: StudyFile, _ ready: TrialEvent.Ready,
        _ heldOut: HeldOutTapes, space: String?, seconds: Double
    ) {
        self.options = options
        self.result = result
        self.heldOut = heldOut
        summary = TuneSummary(options, result, file, ready, heldOut, space: space, seconds: seconds)
    }

    func write(to folder: String) throws {
        try Self.replace("\(folder)/tune.json", try JSONText.encode(summary) + "\n")
        try Self.replace("\(folder)/params.toml", parameters)
    }

    /// All of it or nothing, also when it is there already.
    private static func replace(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// What to run with: the candidate when it is to be adopted, else the strategy that it began with.
    private var parameters: String {
        let isAdopted = result.verdict.decision == .adopt
        let space = options.space
        let strategy = isAdopted ? space.strategy(at: result.candidate) : space.base
        var text = "# \(summary.verdict.sentence)\n"
        text += isAdopted ? "# What the search found:\n" : "# So these are the parameters that it began with.\n"
        text += (aims + (heldOut.note.map { [$0] } ?? [])).map { "# \($0)\n" }.joined()
        text += """
            # study: \(options.folder), \(summary.trials) trials, seed \(options.seed), space \(space.space.hashText)
            # program \(summary.binary)
            # tapes searched on: \(summary.tapes.filter(\.isSearched).map { "\($0.name) \($0.sha256)" }.joined(separator: ", "))
            # tapes held out: \(summary.tapes.filter { !$0.isSearched }.map { "\($0.name) \($0.sha256)" }.joined(separator: ", "))
            # run again with: \(summary.command)

            """
        for row in StrategyParameters.table {
            let value = row.text(row.read(strategy))
            if case .categorical = row.scale {
                text += "\(row.name) = \"\(value)\"\n"
            } else {
                text += "\(row.name) = \(value)\n"
            }
        }
        return text
    }

    /// A line for each objective and bound beside profit.
    private var aims: [String] {
        (summary.verdict.aims ?? []).map { aim in
            let change = aim.increase
            let bound = aim.bound.map { " (bound \(TuneProgress.money($0)))" } ?? ""
            return
                "\(aim.name), held out: \(TuneProgress.money(change.mean)) a fold against the default "
                + "(\(TuneProgress.money(change.low)) to \(TuneProgress.money(change.high)), 95 %): \(aim.standing); "
                + "\(TuneProgress.money(aim.found))\(bound), the default \(TuneProgress.money(aim.initial))"
                + (aim.objects ? "; stands against the candidate" : "")
        }
    }

    var text: String {
        var text = "\(summary.verdict.sentence)\n\n"
        if let held = summary.verdict.heldOut {
            text += "on \(held.folds) folds held out: \(TuneProgress.money(held.mean)) a fold over the default "
            text += "(\(TuneProgress.money(held.low)) to \(TuneProgress.money(held.high)), 95 %)\n"
        }
        text += aims.map { "\($0)\n" }.joined()
        if let note = heldOut.note { text += "\(note)\n" }
        let rows = summary.parameters.map { parameter in
            [
                parameter.name, parameter.initial, parameter.initial == parameter.found ? "" : "-> \(parameter.found)",
                "\(Int((parameter.importance * 100).rounded())) % of the scores' variance",
            ]
        }
        text += TextTable(rows: rows).text
        text += "trials \(summary.trials), races \(summary.raceTrials), confirmation \(summary.confirmationTrials)\n"
        text += "\(options.folder)/params.toml, tune.json, study.journal\n"
        return text
    }
}
