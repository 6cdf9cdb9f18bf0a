/// Why a unit of profit is in one run and not in the other. Every unit has exactly one.
package enum ParityCause: String, CaseIterable, Sendable {
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
package struct ParityFault: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable { case badLine, notWhole, doesNotAddUp, otherTape, tooLong }

    package let code: Code
    package let log: String
    package let line: Int
    package let found: String
    package let allowed: String

    init(_ code: Code, _ log: String, line: Int = 0, found: String, allowed: String) {
        (self.code, self.log, self.line) = (code, log, line)
        (self.found, self.allowed) = (found, allowed)
    }

    package var isRetriable: Bool { false }

    package var description: String {
        "\(log)\(line > 0 ? ", line \(line)" : ""): \(code.rawValue): found: \(found); allowed: \(allowed)"
    }
}
