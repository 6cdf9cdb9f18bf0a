import Console
import Search
import StudyFile

/// `bailiff tune status`: how a study stands, while it runs or after.
enum TuneStatus {
    struct Row: Codable {
        var study: String
        var finished: Int
        var failed: Int
        var running: Int
        var best: Double?
        /// Of the search alone: who is beaten by nobody, and whoever was put to the confirmation.
        var front: [Member]?
    }

    struct Member: Codable {
        var trial: Int
        var profit: Double
        var drawdown: Double
        var failedGas: Double
        var isOnFront: Bool
        var isDefault: Bool
        /// Put to the confirmation, and what it was found to deserve; neither before there is a verdict.
        var isCandidate: Bool
        var isRecommended: Bool
    }

    static func perform(_ arguments: Arguments) throws {
        guard let folder = arguments.value("study") else {
            throw CommandFailure(code: .usage, message: "--study DIR is missing; see: bailiff tune status --help")
        }
        let reading = try StudyReading("\(folder)/study.journal")
        let rows = reading.studies.enumerated().map { position, name in
            let trials = reading.trials.filter { $0.study == position }
            return Row(
                study: name, finished: trials.count { $0.state == .complete },
                failed: trials.count { $0.state == .failed },
                running: trials.count { $0.state == .running }, best: trials.compactMap { $0.outcome?.value }.max(),
                front: position == TuneRun.Part.search.rawValue
                    ? front(trials, reading.attributes[position] ?? [:]) : nil)
        }
        if arguments.wantsJSON { return try StandardStreams.line(JSONText.encode(rows)) }
        let table = rows.map { row in
            [
                row.study, "\(row.finished) finished", "\(row.failed) failed", "\(row.running) running",
                row.best.map { "best seen \(TuneProgress.money($0))" } ?? "",
            ]
        }
        try StandardStreams.line(TextTable(rows: table).text + members(rows.first?.front ?? []))
    }

    /// Figures are those of the search, where trials of different generations may have met different tapes.
    private static func front(_ trials: [StudyTrial], _ attributes: [String: String]) -> [Member] {
        func text(_ name: String) -> String { attributes[name]?.filter { $0 != "\"" } ?? "" }
        let objectives = text("objectives").split(separator: ",").compactMap {
            TuneOptions.Objective(rawValue: String($0))
        }
        let candidate = Int(text("candidate"))
        let isAdopted = text("decision") == "adopt"
        let finished = trials.filter { $0.outcome != nil }
        let scored = finished.compactMap { trial in
            trial.outcome.map { outcome in
                ScoredPoint(
                    trial.point, scores: (objectives.isEmpty ? [.profit] : objectives).map { $0.score(of: outcome) },
                    violations: [
                        Double(text("max_drawdown")).map { outcome.maxDrawdown - $0 },
                        Double(text("max_failed_gas")).map { outcome.failedGas - $0 },
                    ].compactMap { $0 })
            }
        }
        let unbeaten = Set(ParetoFront(scored).positions)
        return finished.enumerated().compactMap { position, trial in
            let isDefault = trial.id == trials.first?.id
            let isCandidate = trial.id == candidate
            guard let outcome = trial.outcome, unbeaten.contains(position) || isCandidate || isDefault else {
                return nil
            }
            return Member(
                trial: trial.id, profit: outcome.value, drawdown: outcome.maxDrawdown, failedGas: outcome.failedGas,
                isOnFront: unbeaten.contains(position), isDefault: isDefault, isCandidate: isCandidate,
                isRecommended: candidate != nil && (isAdopted ? isCandidate : isDefault))
        }
    }

    private static func members(_ front: [Member]) -> String {
        let rows = front.map { one in
            let marks = [
                one.isOnFront ? "on the front" : nil, one.isDefault ? "default" : nil,
                one.isCandidate ? "candidate" : nil, one.isRecommended ? "recommended" : nil,
            ]
            return [
                "trial \(one.trial)", TuneProgress.money(one.profit), TuneProgress.money(one.drawdown),
                TuneProgress.money(one.failedGas), marks.compactMap { $0 }.joined(separator: ", "),
            ]
        }
        return rows.isEmpty
            ? "" : "\n" + TextTable(header: ["", "profit", "drawdown", "failed gas", ""], rows: rows).text
    }
}
