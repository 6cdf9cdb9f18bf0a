/// A tape's row or a log's line that says something else than its kind does. Facts only.
package struct CalibrationFault: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable { case badRow, badLine, notWhole, tooLong }

    package let code: Code
    package let source: String
    package let line: Int
    package let found: String
    package let allowed: String

    init(_ code: Code, _ source: String, line: Int, found: String, allowed: String) {
        (self.code, self.source, self.line) = (code, source, line)
        (self.found, self.allowed) = (found, allowed)
    }

    package var isRetriable: Bool { false }

    package var description: String {
        "\(source), line \(line): \(code.rawValue): found: \(found); allowed: \(allowed)"
    }
}
