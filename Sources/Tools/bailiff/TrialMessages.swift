import Foundation
import Strategy
import StrategySearch

/// What `bailiff trial` reads, an object a line.
struct TrialRequest: Codable {
    /// Comes back with every answer.
    var trial: UInt64
    /// By name, on top of the strategy that the command was started with.
    var params: [String: TrialValue]?
    /// Names of tapes, in the order to play; all when absent.
    var tapes: [String]?
    var seed: UInt64?
    /// Whether a line `continue` or `stop` is awaited after each tape.
    var asks: Bool?

    /// Values as the table of parameters counts them.
    func values() throws(StrategyParameters.TrialFault) -> [(name: String, value: Int64)] {
        var values: [(name: String, value: Int64)] = []
        for (name, given) in (params ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let row = StrategyParameters.table.first(where: { $0.name == name }) else {
                throw StrategyParameters.TrialFault(
                    name: name, found: "no such parameter", allowed: "those of `bailiff config --strategy`")
            }
            guard let value = given.value(of: row) else {
                throw StrategyParameters.TrialFault(name: name, found: given.text, allowed: row.allowed)
            }
            values.append((name, value))
        }
        return values
    }
}

/// A number, a word or a switch.
enum TrialValue: Codable {
    case number(Int64)
    case word(String)
    case toggle(Bool)

    init(from decoder: any Decoder) throws {
        let one = try decoder.singleValueContainer()
        if let toggle = try? one.decode(Bool.self) {
            self = .toggle(toggle)
        } else if let number = try? one.decode(Int64.self) {
            self = .number(number)
        } else {
            self = .word(try one.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var one = encoder.singleValueContainer()
        switch self {
        case .number(let number): try one.encode(number)
        case .word(let word): try one.encode(word)
        case .toggle(let toggle): try one.encode(toggle)
        }
    }

    init(_ value: Int64, of row: StrategyParameters.Row) {
        switch row.scale {
        case .linear, .logarithmic: self = .number(value)
        case .categorical(let words): self = .word(words[Int(value)])
        case .toggle: self = .toggle(value != 0)
        }
    }

    /// `nil` where it is of another kind than the parameter.
    func value(of row: StrategyParameters.Row) -> Int64? {
        switch (row.scale, self) {
        case (.linear, .number(let number)), (.logarithmic, .number(let number)): number
        case (.toggle, .toggle(let toggle)): toggle ? 1 : 0
        case (.categorical(let words), .word(let word)): words.firstIndex(of: word).map(Int64.init)
        default: nil
        }
    }

    var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .word(let word): "\"\(word)\""
        case .toggle(let toggle): "\(toggle)"
        }
    }
}

/// What it answers, an object a line.
enum TrialEvent {
    /// The first line: what trials are made with. Whoever compares results compares this first.
    struct Ready: Codable, Equatable {
        var ev = "ready"
        var version = 1
        /// SHA-256 of the program and of what else a result depends on, tapes and parameters left out.
        var binary: String
        var settings: String
        var preset: String
        var tapes: [Tape]
    }

    struct Tape: Codable, Equatable {
        var name: String
        var sha256: String
        var windows: Int
    }

    /// A stretch of a tape that was played.
    struct Fold: Codable {
        var ev = "fold"
        var trial: UInt64
        var tape: String
        var window: Int
        /// Profit in whole cash tokens.
        var value: Double
        var drawdown: Double
        var failedGas: Double
        var bids: UInt64
        var won: UInt64
        /// Folds told so far.
        var n: Int
    }

    struct Result: Codable {
        var ev = "result"
        var trial: UInt64
        /// Mean over the folds.
        var value: Double
        var constraints: Constraints
        var metrics: Metrics
        /// Of the decision logs of all tapes.
        var decisionHash: String
        var stopped: Bool
    }

    /// The worst of the folds, and the sum over them, in whole cash tokens.
    struct Constraints: Codable {
        var max_drawdown: Double
        var failed_gas: Double
    }

    struct Metrics: Codable {
        var bids: UInt64
        var won: UInt64
        var opened: UInt64
        var folds: Int
        var seconds: Double
    }

    struct Failure: Codable {
        var ev = "error"
        var trial: UInt64?
        var code: Int32
        var message: String
    }
}
