import Confirmation
import Foundation
import Testing

/// Figures of `Golden/confirmation.txt`, which `Tests/Reference/confirmation.py` computes its own way.
@Suite struct ConfirmationGoldenTests {
    private static func lines(_ kind: String) throws -> [[Double]] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Golden/confirmation.txt")
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0[0] == kind }
            .map { $0.dropFirst().compactMap { Double($0) } }
    }

    private static func isNear(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-12 * max(b.magnitude, 1) }

    @Test func `the chance of overfitting is that of a second implementation`() throws {
        let cases = try Self.lines("overfitting")
        #expect(cases.count == 5)
        for numbers in cases {
            let (rows, tapes, blocks) = (Int(numbers[0]), Int(numbers[1]), Int(numbers[2]))
            let scores = (0..<rows).map { Array(numbers[(7 + $0 * tapes)..<(7 + ($0 + 1) * tapes)]) }
            let found = OverfittingChance(scores, baseline: 0, blocks: blocks)
            #expect(Self.isNear(found.chance, numbers[3]) && Self.isNear(found.lossChance, numbers[4]), "\(found)")
            #expect(found.splits == Int(numbers[5]) && Self.isNear(found.meanLogit, numbers[6]), "\(found)")
        }
    }

    @Test func `the deflated score is that of a second implementation`() throws {
        let cases = try Self.lines("deflated")
        #expect(cases.count == 5)
        for numbers in cases {
            let count = Int(numbers[0])
            #expect(numbers.count == 8 + count)
            let found = DeflatedScore(
                gains: Array(numbers.suffix(count)), trials: Int(numbers[1]), trialVariance: numbers[2])
            #expect(Self.isNear(found.ratio, numbers[3]) && Self.isNear(found.expectedMaximum, numbers[4]), "\(found)")
            #expect(Self.isNear(found.skew, numbers[5]) && Self.isNear(found.kurtosis, numbers[6]), "\(found)")
            #expect(Self.isNear(found.chance, numbers[7]), "\(found)")
        }
    }
}
