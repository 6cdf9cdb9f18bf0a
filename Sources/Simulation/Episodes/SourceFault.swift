/// Why a file that an episode is made from was not accepted. Facts only: which file, where in it, and what stood there.
public struct SourceFault: Error, Equatable, Sendable {
    public enum Code: String, CaseIterable, Sendable {
        case cannotOpen
        case cannotWrite
        /// The compressed stream breaks off or is damaged.
        case damaged
        /// Longer than anything this program has a use for.
        case tooLarge
        /// The columns are not the ones this program knows: another file, or a newer form of it.
        case headerMismatch
        /// A row with more or fewer fields than the header.
        case fieldCount
        /// A blank, a sign, an exponent or text where digits were expected.
        case notANumber
        /// A date that is not written `2021-01-11T00:00:00.000Z`.
        case notATime
        case outOfRange
        /// A row is not later than the one before.
        case timeGoesBackwards
        /// More time between two rows than the series may miss.
        case gap
        case askBelowBid
        /// More than a hundredfold from one row to the next: the unit of the column changes.
        case unitsChange
        case noRows
        /// A time outside the month that the folder's name says.
        case wrongLabel
        /// A window of days that begins at another hour than midnight in UTC: somebody's local midnight.
        case localMidnight
        /// The lowest price of a row is above one of its others, or the highest below.
        case pricesDisagree
        /// The manifest is not JSON of the known shape.
        case notAManifest
        /// More or fewer rows than the manifest says: cut off, or of another episode.
        case rowCount
        /// A word that this program does not know.
        case unknownWord
    }

    public let code: Code
    public let file: String
    /// Counted from 1, the header included; 0 when it is about the whole file.
    public let line: Int
    /// The column's name; empty when it is about the whole line.
    public let column: String
    /// What was found, cut to a length fit for a screen.
    public let found: String

    public init(_ code: Code, file: String, line: Int = 0, column: String = "", found: String = "") {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.found = String(found.prefix(Self.foundMax))
    }

    /// A file does not mend itself.
    public var isRetriable: Bool { false }

    private static let foundMax = 120
}

extension SourceFault: CustomStringConvertible {
    public var description: String {
        var text = "\(code.rawValue): \(file)"
        if line > 0 { text += ", line \(line)" }
        if !column.isEmpty { text += ", column \(column)" }
        if !found.isEmpty { text += ", found \"\(found)\"" }
        return text
    }
}
