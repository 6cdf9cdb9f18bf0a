/// Rows of text in aligned columns; numbers to the right.
///
/// Example: `TextTable(header: ["ending", "count"], rows: [["settled", "12"]]).text`.
public struct TextTable: Sendable {
    private let header: [String]?
    private let rows: [[String]]

    public init(header: [String]? = nil, rows: [[String]]) {
        let widths = Set((rows + (header.map { [$0] } ?? [])).map(\.count))
        precondition(widths.count <= 1, "Condition: every row has as many columns")
        self.header = header
        self.rows = rows
    }

    public var text: String {
        let all = (header.map { [$0] } ?? []) + rows
        guard let columns = all.first?.count else { return "" }
        let widths = (0..<columns).map { column in all.map { $0[column].count }.max() ?? 0 }
        let rightward = (0..<columns).map { column in
            !rows.isEmpty && rows.allSatisfy { Self.isNumeric($0[column]) }
        }
        return all.map { row in
            let cells = (0..<columns).map { Self.pad(row[$0], to: widths[$0], rightward: rightward[$0]) }
            return Self.trimmed(cells.joined(separator: "  ")) + "\n"
        }.joined()
    }

    private static func pad(_ text: String, to width: Int, rightward: Bool) -> String {
        let blanks = String(repeating: " ", count: width - text.count)
        return rightward ? blanks + text : text + blanks
    }

    private static func isNumeric(_ text: String) -> Bool {
        text.contains(where: \.isNumber) && (text.first.map { $0.isNumber || $0 == "-" || $0 == "+" } ?? false)
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
