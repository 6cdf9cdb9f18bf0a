import Console
import Foundation
import Units

/// Two summaries of `bailiff paper`, side by side: what both have of the same tape under the same preset.
struct PaperComparison: Encodable {
    let format = 1
    /// The files, as given.
    let first, second: String
    let isSameStrategy: Bool
    let pairs: [Pair]
    /// Tape and preset of what only one of them has.
    let onlyFirst, onlySecond: [String]

    init(_ first: String, _ second: String) throws {
        (self.first, self.second) = (first, second)
        let (a, b) = (try PaperFigures.load(first), try PaperFigures.load(second))
        isSameStrategy = a.parametersSHA256 == b.parametersSHA256
        let (left, right) = (a.played, b.played)
        pairs = left.compactMap { one in right.first { $0.key == one.key }.map { Pair(one, $0) } }
        let shared = Set(pairs.map(\.key))
        onlyFirst = left.filter { !shared.contains($0.key) }.map(\.name)
        onlySecond = right.filter { !shared.contains($0.key) }.map(\.name)
        guard !pairs.isEmpty else {
            throw CommandFailure(
                code: .badData,
                message:
                    "\(second): has no tape and preset that \(first) has too (by the tapes' SHA-256); allowed: two "
                    + "summaries of the same tape")
        }
    }

    /// One tape under one preset, in both.
    struct Pair: Encodable {
        let tape, preset, cash: String
        let cashDecimals: UInt8
        let isSameDecisions: Bool
        let rows: [Row]
        /// Each class's count, and what our bids on it changed.
        let classes: [Row]
        let firstSeries, secondSeries: [PaperFigures.Point]
        let key: String

        private enum CodingKeys: String, CodingKey {
            case tape, preset, cash, cashDecimals, isSameDecisions, rows, classes, firstSeries, secondSeries
        }

        init(_ a: PaperFigures.Played, _ b: PaperFigures.Played) {
            (key, tape, preset, cash) = (a.key, a.name, a.run.preset, a.run.cash)
            cashDecimals = a.run.cashDecimals
            isSameDecisions = a.run.decisionSHA256 == b.run.decisionSHA256
            rows = zip(a.run.rows, b.run.rows).map { Row($0, $1) }
            classes = zip(a.run.classRows, b.run.classRows).map { Row($0, $1) }
            (firstSeries, secondSeries) = (a.run.series, b.run.series)
        }
    }

    /// One figure of both, exactly; the difference is the second's less the first's.
    struct Row: Encodable {
        let name: String
        let kind: PaperFigures.Kind
        let first, second, difference: String

        init(_ a: PaperFigures.Figure, _ b: PaperFigures.Figure) {
            precondition(a.name == b.name, "Invariant: figures come in one order")
            (name, kind) = (a.name, a.kind)
            (first, second, difference) = ("\(a.value)", "\(b.value)", "\(b.value - a.value)")
        }

        func cells(_ decimals: UInt8) -> [String] {
            [name] + [first, second, difference].map { kind.text($0, decimals) }
        }
    }

    var text: String {
        let tables = pairs.map { pair in
            let rows = (pair.rows + pair.classes).map { $0.cells(pair.cashDecimals) }
            let decisions = pair.isSameDecisions ? "the same decisions" : "other decisions"
            return "\(pair.tape), \(pair.cash); \(decisions)\n"
                + TextTable(header: ["compared", "first", "second", "difference"], rows: rows).text
        }
        let strategy = isSameStrategy ? "the same strategy" : "another strategy"
        let alone = [("first", onlyFirst), ("second", onlySecond)].flatMap { side, names in
            names.map { "only in the \(side): \($0)\n" }
        }
        return "first: \(first)\nsecond: \(second), with \(strategy)\n\n" + tables.joined(separator: "\n")
            + alone.joined()
    }
}
