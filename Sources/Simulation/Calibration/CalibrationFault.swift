/// A tape's row or a log's line that says something else than its kind does. Facts only.
public struct CalibrationFault: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable { case badRow, badLine, notWhole, tooLong }

    public let code: Code
    public let source: String
    public let line: Int
    public let found: String
    public let allowed: String

    init(_ code: Code, _ source: String, line: Int, found: String, allowed: String) {
        (self.code, self.source, self.line) = (code, source, line)
        (self.found, self.allowed) = (found, allowed)
    }

    public var isRetriable: Bool { false }

    public var description: String {
        "\(source), line \(line): \(code.rawValue): found: \(found); allowed: \(allowed)"
    }
}
