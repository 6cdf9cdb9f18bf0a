internal import Foundation
public import Search

/// A study file as it stands, read without a lock: for going on with it, and for `bailiff tune status`.
public struct StudyReading {
    public private(set) var trials: [StudyTrial] = []
    public private(set) var studies: [String] = []
    public private(set) var attributes: [Int: [String: String]] = [:]
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
        var attributes: [String: StudyValue] = [:]
        var state = StudyTrial.State.running
        var value: Double?
    }

    /// A line, as far as it matters here. What others add to it is theirs.
    private struct Line: Decodable {
        var op_code: Int
        var study_name: String?
        var study_id: Int?
        var trial_id: Int?
        var param_name: String?
        var param_value_internal: Double?
        var state: Int?
        var values: [Double]?
        var step: Int?
        var intermediate_value: Double?
        var user_attr: [String: StudyValue]?
    }

    /// - Parameter space: without it a point is its values by the names' order.
    public init(_ path: String, space: SearchSpace? = nil) throws(StudyFault) {
        file = path
        self.space = space
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StudyFault(.cannotOpen, file: path, found: "nothing to read", allowed: "a file")
        }
        wholeBytes = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let decoder = JSONDecoder()
        for (number, bytes) in data[..<wholeBytes].split(separator: UInt8(ascii: "\n")).enumerated() {
            // Not `JSONSerialization`, which reads one number in six a bit off.
            guard let line = try? decoder.decode(Line.self, from: Data(bytes)), take(line) else {
                throw StudyFault(
                    .badLine, file: path,
                    found: "line \(number + 1): \(String(decoding: bytes.prefix(80), as: UTF8.self))",
                    allowed: "a line that a study of this space writes")
            }
        }
        trials = try drafts.enumerated().map { id, draft throws(StudyFault) in try finished(id, draft) }
    }

    private mutating func take(_ line: Line) -> Bool {
        switch line.op_code {
        case 0:
            guard let name = line.study_name else { return false }
            studies.append(name)
        case 2:
            guard let study = line.study_id, let given = line.user_attr else { return false }
            for (name, value) in given { attributes[study, default: [:]][name] = value.json }
        // Notes that a dashboard makes are not ours.
        case 3, 10: break
        case 4:
            guard let study = line.study_id else { return false }
            drafts.append(Draft(study: study))
        default:
            guard let id = line.trial_id, drafts.indices.contains(id) else { return false }
            return take(line, &drafts[id])
        }
        return true
    }

    private func take(_ line: Line, _ draft: inout Draft) -> Bool {
        switch line.op_code {
        case 5:
            guard let name = line.param_name, let value = line.param_value_internal else { return false }
            draft.values[name] = value
        case 6:
            guard let state = line.state.flatMap(StudyTrial.State.init) else { return false }
            draft.state = state
            draft.value = line.values?.first
        case 7:
            guard let step = line.step, let value = line.intermediate_value else { return false }
            draft.folds[step] = value
        case 8:
            guard let given = line.user_attr else { return false }
            draft.attributes.merge(given) { $1 }
        default: break
        }
        return true
    }

    private func finished(_ id: Int, _ draft: Draft) throws(StudyFault) -> StudyTrial {
        let names = space?.parameters.map(\.name) ?? draft.values.keys.sorted()
        let values = names.map { draft.values[$0] ?? .nan }
        let tapes = draft.attributes["tapes"]?.numbers
        // A trial that a kill cut off before all of it was there is begun again.
        let isWhole = !values.contains(where: \.isNaN) && tapes != nil
        guard isWhole || draft.state == .running else { throw fault(id, "parameters or tapes are missing") }
        var trial = StudyTrial(
            id: id, study: draft.study, state: draft.state, point: SpacePoint(values),
            tapes: tapes?.map { Int($0) } ?? [])
        guard draft.state == .complete else { return trial }
        guard let value = draft.value, let drawdown = draft.attributes["max_drawdown"]?.number,
            let gas = draft.attributes["failed_gas"]?.number, let hash = draft.attributes["decision_hash"]?.text
        else { throw fault(id, "its outcome is missing") }
        trial.outcome = StudyOutcome(
            folds: draft.folds, value: value, maxDrawdown: drawdown, failedGas: gas, decisionHash: hash,
            foldDrawdowns: try byFold(id, draft, "fold_drawdown"),
            foldFailedGas: try byFold(id, draft, "fold_failed_gas"))
        return trial
    }

    /// Figures of the folds in their order; none where none were written.
    private func byFold(_ id: Int, _ draft: Draft, _ name: String) throws(StudyFault) -> [Int: Double] {
        guard let given = draft.attributes[name] else { return [:] }
        guard let numbers = given.numbers, numbers.count == draft.folds.count else {
            throw fault(id, "\(name) is not of its folds")
        }
        return Dictionary(uniqueKeysWithValues: zip(draft.folds.keys.sorted(), numbers))
    }

    private func fault(_ id: Int, _ found: String) -> StudyFault {
        StudyFault(.badLine, file: file, found: "trial \(id): \(found)", allowed: "a study of this space")
    }
}

/// A value of an attribute.
private indirect enum StudyValue: Codable {
    case nothing
    case toggle(Bool)
    case number(Double)
    case text(String)
    case list([StudyValue])
    case table([String: StudyValue])

    init(from decoder: any Decoder) throws {
        let one = try decoder.singleValueContainer()
        if one.decodeNil() {
            self = .nothing
        } else if let toggle = try? one.decode(Bool.self) {
            self = .toggle(toggle)
        } else if let number = try? one.decode(Double.self) {
            self = .number(number)
        } else if let text = try? one.decode(String.self) {
            self = .text(text)
        } else if let list = try? one.decode([StudyValue].self) {
            self = .list(list)
        } else {
            self = .table(try one.decode([String: StudyValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var one = encoder.singleValueContainer()
        switch self {
        case .nothing: try one.encodeNil()
        case .toggle(let toggle): try one.encode(toggle)
        case .number(let number): try one.encode(number)
        case .text(let text): try one.encode(text)
        case .list(let list): try one.encode(list)
        case .table(let table): try one.encode(table)
        }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var numbers: [Double]? {
        guard case .list(let list) = self else { return nil }
        let numbers = list.compactMap(\.number)
        return numbers.count == list.count ? numbers : nil
    }

    /// The one text of it: keys in order.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("Invariant: what was JSON is JSON") }
        return String(decoding: data, as: UTF8.self)
    }
}
