internal import Foundation
package import Search

/// A study file as it stands, read without a lock: for going on with it, and for `bailiff tune status`.
package struct StudyReading {
    package private(set) var trials: [StudyTrial] = []
    package private(set) var studies: [String] = []
    package private(set) var attributes: [Int: [String: String]] = [:]
    /// Up to the end of the last whole line.
    let wholeBytes: Int
    private let file: String
    private let space: SearchSpace?
    private var drafts: [Draft] = []

    /// A trial whose lines are still coming.
    private struct Draft {
        var study: Int
        var values: [String: Double] = [:]
        var folds: [Int: Double] = [:]
        var attributes: [String: Any] = [:]
        var state = StudyTrial.State.running
        var value: Double?
    }

    /// - Parameter space: without it a point is its values by the names' order.
    package init(_ path: String, space: SearchSpace? = nil) throws(StudyFault) {
        file = path
        self.space = space
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StudyFault(.cannotOpen, file: path, found: "nothing to read", allowed: "a file")
        }
        wholeBytes = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        for (number, line) in data[..<wholeBytes].split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let fields = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
                take(fields)
            else {
                throw StudyFault(
                    .badLine, file: path,
                    found: "line \(number + 1): \(String(decoding: line.prefix(80), as: UTF8.self))",
                    allowed: "a line that a study of this space writes")
            }
        }
        trials = try drafts.enumerated().map { id, draft throws(StudyFault) in try finished(id, draft) }
    }

    private mutating func take(_ fields: [String: Any]) -> Bool {
        guard let code = fields["op_code"] as? Int else { return false }
        if code == 0 {
            guard let name = fields["study_name"] as? String else { return false }
            studies.append(name)
            return true
        }
        if code == 2 { return takeAttribute(fields) }
        // Notes that a dashboard makes are not ours.
        if code == 3 || code == 10 { return true }
        if code == 4 {
            guard let study = fields["study_id"] as? Int else { return false }
            drafts.append(Draft(study: study))
            return true
        }
        guard let id = fields["trial_id"] as? Int, drafts.indices.contains(id) else { return false }
        return take(code, fields, &drafts[id])
    }

    private mutating func takeAttribute(_ fields: [String: Any]) -> Bool {
        guard let study = fields["study_id"] as? Int, let given = fields["user_attr"] as? [String: Any] else {
            return false
        }
        for (name, value) in given {
            guard
                let json = try? JSONSerialization.data(
                    withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
            else { return false }
            attributes[study, default: [:]][name] = String(decoding: json, as: UTF8.self)
        }
        return true
    }

    private func take(_ code: Int, _ fields: [String: Any], _ draft: inout Draft) -> Bool {
        switch code {
        case 5:
            guard let name = fields["param_name"] as? String,
                let value = (fields["param_value_internal"] as? NSNumber)?.doubleValue
            else { return false }
            draft.values[name] = value
        case 6:
            guard let state = (fields["state"] as? Int).flatMap(StudyTrial.State.init) else { return false }
            draft.state = state
            draft.value = (fields["values"] as? [NSNumber])?.first?.doubleValue
        case 7:
            guard let step = fields["step"] as? Int,
                let value = (fields["intermediate_value"] as? NSNumber)?.doubleValue
            else { return false }
            draft.folds[step] = value
        case 8:
            guard let given = fields["user_attr"] as? [String: Any] else { return false }
            draft.attributes.merge(given) { $1 }
        // What the dashboard adds is not ours.
        default: break
        }
        return true
    }

    private func finished(_ id: Int, _ draft: Draft) throws(StudyFault) -> StudyTrial {
        let names = space?.parameters.map(\.name) ?? draft.values.keys.sorted()
        let values = names.map { draft.values[$0] ?? .nan }
        let point = SpacePoint(values)
        let tapes = draft.attributes["tapes"] as? [Int]
        // A trial that a kill cut off before all of it was there is begun again.
        let isWhole = !values.contains(where: \.isNaN) && tapes != nil
        guard isWhole || draft.state == .running else { throw fault(id, "parameters or tapes are missing") }
        var trial = StudyTrial(id: id, study: draft.study, state: draft.state, point: point, tapes: tapes ?? [])
        guard draft.state == .complete else { return trial }
        guard let value = draft.value,
            let drawdown = (draft.attributes["max_drawdown"] as? NSNumber)?.doubleValue,
            let gas = (draft.attributes["failed_gas"] as? NSNumber)?.doubleValue,
            let hash = draft.attributes["decision_hash"] as? String
        else { throw fault(id, "its outcome is missing") }
        trial.outcome = StudyOutcome(
            folds: draft.folds, value: value, maxDrawdown: drawdown, failedGas: gas, decisionHash: hash)
        return trial
    }

    private func fault(_ id: Int, _ found: String) -> StudyFault {
        StudyFault(.badLine, file: file, found: "trial \(id): \(found)", allowed: "a study of this space")
    }
}
