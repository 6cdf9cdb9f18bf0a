import Foundation

/// A row of a recording as it lies on a tape's history, read strictly: a column that is missing, or a field that is no plain
/// number, is a fault.
struct HistoryLine: Decodable {
    let source: String
    let line: Int
    let header: String
    let row: String

    /// `nil` for rows of none of the sources: most rows of a history are, and are not worth decoding.
    init?(_ bytes: RawSpan, of sources: [String]) throws(CalibrationFault) {
        let data = bytes.withUnsafeBytes { Data($0) }
        guard sources.contains(where: { data.starts(with: #"{"source":"\#($0)""#.utf8) }) else { return nil }
        guard let found = try? JSONDecoder().decode(HistoryLine.self, from: data) else {
            throw CalibrationFault(
                .badRow, "history", line: 0, found: String(decoding: data.prefix(80), as: UTF8.self),
                allowed: "a row of a recording")
        }
        self = found
    }

    func text(_ column: String) throws(CalibrationFault) -> String {
        let names = header.split(separator: ",", omittingEmptySubsequences: false)
        let fields = row.split(separator: ",", omittingEmptySubsequences: false)
        guard names.count == fields.count, let place = names.firstIndex(where: { $0 == column }) else {
            throw fault(column, found: "no such column, or another number of fields")
        }
        return String(fields[place])
    }

    /// Digits and at most one point; small ones may be written `1.173e-05`, as recordings of auctions do.
    func number(_ column: String) throws(CalibrationFault) -> Double {
        let text = try text(column)
        guard text.utf8.count <= Self.digitsMax, text.wholeMatch(of: /[0-9]+(\.[0-9]+)?(e-[0-9]{1,2})?/) != nil,
            let value = Double(text)
        else { throw fault(column, found: text) }
        return value
    }

    private static let digitsMax = 40

    func fault(_ column: String, found: String, allowed: String = "a plain number") -> CalibrationFault {
        CalibrationFault(.badRow, "\(source).\(column)", line: line, found: found, allowed: allowed)
    }
}
