import Configuration
import Console
import Foundation
import Search
import Strategy
import StrategySearch

/// A space in JSON: printed by `bailiff tune space`, read with `--space`, and what workers of a cluster search.
struct SpaceFile: Codable {
    /// Of names, kinds, ends and defaults.
    var hash: String?
    var parameters: [Parameter]

    struct Parameter: Codable {
        var name: String
        var kind: String?
        var low: Int64?
        var high: Int64?
        var log: Bool?
        var words: [String]?
        var `default`: TrialValue?
    }

    init(_ space: StrategySpace) {
        hash = space.space.hashText
        parameters = zip(space.parameters, space.space.parameters).map { tuned, searched in
            let value = tuned.row.read(space.base)
            switch searched.kind {
            case .continuous(_, _, let isLogarithmic):
                return Parameter(
                    name: tuned.name, kind: "continuous", low: tuned.low, high: tuned.high, log: isLogarithmic,
                    default: .number(value))
            case .integer(_, _, let isLogarithmic):
                return Parameter(
                    name: tuned.name, kind: "integer", low: tuned.low, high: tuned.high, log: isLogarithmic,
                    default: .number(value))
            case .choice(let words):
                return Parameter(
                    name: tuned.name, kind: "choice", words: words, default: .word(words[Int(value)]))
            }
        }
    }

    /// Names and ends count; kinds and defaults follow from the table and from the strategy.
    static func load(_ path: String) throws -> [TunedParameter] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(code: .missingInput, message: "\(path): found nothing to read; allowed: a file")
        }
        let file: SpaceFile
        do {
            file = try JSONDecoder().decode(SpaceFile.self, from: data)
            try StrayKey.refuse(in: data, knowing: try JSONEncoder().encode(file), file: path)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                code: .badData, message: "\(path): no space; allowed: what `bailiff tune space --json` prints")
        }
        return try file.parameters.map { try tuned($0, path) }
    }

    private static func tuned(_ given: Parameter, _ path: String) throws -> TunedParameter {
        guard let row = StrategyParameters.table.first(where: { $0.name == given.name }) else {
            throw CommandFailure(
                code: .badData,
                message:
                    "\(path): \(given.name): found no such parameter; allowed: those of `bailiff config --strategy`")
        }
        let isWord = given.words != nil || given.kind == "choice"
        let (low, high) = isWord ? (row.range.lowerBound, row.range.upperBound) : (given.low, given.high)
        guard let low, let high, let parameter = TunedParameter(row, low, high) else {
            throw CommandFailure(
                code: .badData,
                message: "\(path): \(given.name): found \(given.low.map { "\($0)" } ?? "nothing") to "
                    + "\(given.high.map { "\($0)" } ?? "nothing"); allowed: low and high in order, in \(row.allowed)")
        }
        return parameter
    }
}
