/// Why a unit of profit is in one run and not in the other. Every unit has exactly one.
public enum ParityCause: String, CaseIterable, Sendable {
    /// Another size, another pair, refused, or not decided.
    case decision
    /// The same decision, heard or landed later, or lost because it was late.
    case latency
    /// The same outcome at another price or amount of gas, or kept out of blocks by their base fee.
    case gas
    /// Somebody else took of the account in one of the runs, or took more.
    case rivals
    /// The same order in time, and yet left out, reverted, or with other proceeds.
    case execution
    /// The account could be taken in one of the runs only.
    case onlyInOne = "only_in_one"
}

/// Why a log cannot be compared, with the line it is about (none: 0).
public struct ParityFault: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable { case badLine, notWhole, doesNotAddUp, otherTape, tooLong }

    public let code: Code
    public let log: String
    public let line: Int
    public let found: String
    public let allowed: String

    init(_ code: Code, _ log: String, line: Int = 0, found: String, allowed: String) {
        (self.code, self.log, self.line) = (code, log, line)
        (self.found, self.allowed) = (found, allowed)
    }

    public var isRetriable: Bool { false }

    public var description: String {
        "\(log)\(line > 0 ? ", line \(line)" : ""): \(code.rawValue): found: \(found); allowed: \(allowed)"
    }
}
