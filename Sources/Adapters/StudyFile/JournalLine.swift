internal import Foundation
import Search

/// Lines of Optuna's journal format: what `JournalStorage` would have written for the same study, so that its dashboard opens it.
///
/// | code | operation |
/// |---|---|
/// | 0 | create a study, `directions` [2]: more is better |
/// | 2 | an attribute of a study |
/// | 4 | create a trial; ids count through the file |
/// | 5 | a parameter of a trial, with its distribution as JSON in a string |
/// | 6 | how a trial ended, and its value |
/// | 7 | a value on the way: here a fold's, by its position |
/// | 8 | an attribute of a trial |
/// | 9 | what a trial was required to meet, for Optuna's own use |
///
/// Keys are in one order, numbers in the shortest form that reads back to the same bits: the same study is the same bytes, but for the
/// times of day.
struct JournalLine {
    private let writer: String

    init(writer: String) { self.writer = writer }

    func study(_ name: String) -> String { line(0, [("study_name", quoted(name)), ("directions", "[2]")]) }

    func attribute(ofStudy study: Int, _ name: String, _ json: String) -> String {
        line(2, [("study_id", "\(study)"), ("user_attr", "{\(quoted(name)): \(json)}")])
    }

    func trial(inStudy study: Int, at time: String) -> String {
        line(4, [("study_id", "\(study)"), ("datetime_start", quoted(time))])
    }

    func parameter(_ parameter: SearchParameter, _ value: Double, ofTrial trial: Int) -> String {
        line(
            5,
            [
                ("trial_id", "\(trial)"), ("param_name", quoted(parameter.name)),
                ("param_value_internal", Self.number(value, parameter.kind)),
                ("distribution", quoted(Self.distribution(parameter.kind))),
            ])
    }

    func value(_ value: Double, atStep step: Int, ofTrial trial: Int) -> String {
        line(7, [("trial_id", "\(trial)"), ("step", "\(step)"), ("intermediate_value", "\(value)")])
    }

    func attribute(ofTrial trial: Int, _ name: String, _ json: String) -> String {
        line(8, [("trial_id", "\(trial)"), ("user_attr", "{\(quoted(name)): \(json)}")])
    }

    /// - Parameter value: `nil` for a trial that failed.
    func end(_ state: StudyTrial.State, _ value: Double?, ofTrial trial: Int, at time: String) -> String {
        line(
            6,
            [
                ("trial_id", "\(trial)"), ("state", "\(state.rawValue)"),
                ("values", value.map { "[\($0)]" } ?? "null"), ("datetime_complete", quoted(time)),
            ])
    }

    /// What is whole is written so: a choice is a position in a list.
    private static func number(_ value: Double, _ kind: SearchParameter.Kind) -> String {
        if case .continuous = kind { "\(value)" } else { "\(Int(value))" }
    }

    /// What is required of a trial: 0 or less is met.
    func constraints(_ violations: [Double], ofTrial trial: Int) -> String {
        line(9, [("trial_id", "\(trial)"), ("system_attr", "{\"constraints\": \(violations)}")])
    }

    private func line(_ code: Int, _ fields: [(String, String)]) -> String {
        let all = [("op_code", "\(code)"), ("worker_id", quoted(writer))] + fields
        return "{" + all.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}\n"
    }

    private static func distribution(_ kind: SearchParameter.Kind) -> String {
        switch kind {
        case .continuous(let low, let high, let isLogarithmic):
            """
            {"name": "FloatDistribution", "attributes": {"step": null, "low": \(low), "high": \(high), "log": \(isLogarithmic)}}
            """
        case .integer(let low, let high, let isLogarithmic):
            """
            {"name": "IntDistribution", "attributes": {"log": \(isLogarithmic), "step": 1, "low": \(low), "high": \(high)}}
            """
        case .choice(let names):
            """
            {"name": "CategoricalDistribution", "attributes": {"choices": [\(names.map { "\"\($0)\"" }.joined(separator: ", "))]}}
            """
        }
    }
}

/// As a JSON string.
func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case "\n": quoted += "\\n"
        case _ where scalar.value < 0x20: quoted += String(format: "\\u%04x", scalar.value)
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}
