import Foundation
import Search
import StudyFile
import Testing
import Units

@Suite struct StudyFileTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "study-\(UUID().uuidString)").path
    private let space: SearchSpace

    init() throws {
        space = try SearchSpace([
            SearchParameter("share", .continuous(low: 0, high: 9_900, isLogarithmic: false), default: 2_000),
            SearchParameter("blocks", .integer(low: 1, high: 200, isLogarithmic: true), default: 25),
            SearchParameter("model", .choice(["always", "rivals"]), default: 0),
        ])
    }

    private func file() throws -> StudyFile { try StudyFile(path, space: space, writer: "test") }

    private func outcome(_ value: Double) -> StudyOutcome {
        StudyOutcome(
            folds: [0: value - 1, 3: value + 1], value: value, maxDrawdown: 0.1, failedGas: 1e-7, decisionHash: "ab",
            foldDrawdowns: [0: 0.1, 3: value / 3], foldFailedGas: [0: 1e-7, 3: 0])
    }

    @Test func `what was written is read back to the bit`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        var written: [StudyTrial] = []
        do {
            let file = try file()
            let study = try file.study("search")
            try file.set("binary", ofStudy: study, to: "\"1234\"")
            let first = try file.begin(SpacePoint([1.0 / 3, 7, 1]), onTapes: [0, 3], inStudy: study)
            try file.end(first, outcome(0.1 + 0.2))
            let second = try file.begin(space.defaultPoint, onTapes: [1], inStudy: try file.study("race"))
            try file.end(second, nil)
            _ = try file.begin(space.defaultPoint, onTapes: [2], inStudy: study)
            written = file.trials
        }
        let again = try file()
        #expect(again.trials == written && again.trials.map(\.state) == [.complete, .failed, .running])
        #expect(again.trials.map(\.study) == [0, 1, 0] && again.studies == ["search", "race"])
        #expect(again.attributes == [0: ["binary": "\"1234\""]])
    }

    @Test func `costs by fold are not needed, and not taken where they are of other folds`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let plain = StudyOutcome(folds: [2: 1], value: 1, maxDrawdown: 0, failedGas: 0, decisionHash: "ab")
        do {
            let file = try file()
            try file.end(file.begin(space.defaultPoint, onTapes: [0], inStudy: try file.study("search")), plain)
        }
        #expect(try file().trials[0].outcome == plain)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let line = #"{"op_code": 8, "worker_id": "x", "trial_id": 0, "user_attr": {"fold_drawdown": [1, 2]}}"# + "\n"
        let last = try #require(text.split(separator: "\n", omittingEmptySubsequences: true).last)
        try (text.replacing(last + "\n", with: line + last + "\n")).write(
            toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: StudyFault.self) { try StudyReading(path, space: space) }
    }

    @Test func `every number is read back to the bit`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        var generator = SeededGenerator(seed: 5)
        let values = (0..<200).map { _ in generator.fraction() * 9_900 }
        do {
            let file = try file()
            let study = try file.study("search")
            for value in values {
                try file.end(file.begin(SpacePoint([value, 7, 1]), onTapes: [0, 3], inStudy: study), outcome(value))
            }
        }
        let trials = try file().trials
        #expect(trials.map { $0.point[0] } == values)
        #expect(trials.map { $0.outcome?.folds[3] } == values.map { $0 + 1 })
    }

    @Test func `a file cut off at any byte is read as far as its lines are whole, and goes on`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            let file = try file()
            let trial = try file.begin(space.defaultPoint, onTapes: [0], inStudy: try file.study("search"))
            try file.end(trial, outcome(5))
        }
        let whole = try #require(FileManager.default.contents(atPath: path))
        for length in stride(from: 0, through: whole.count, by: 7) {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            let file = try file()
            let study = try file.study("search")
            let next = try file.begin(space.defaultPoint, onTapes: [1], inStudy: study)
            try file.end(next, outcome(6))
            let reading = try StudyReading(path, space: space)
            #expect(reading.trials.last?.outcome == outcome(6), "cut at \(length)")
            // What was only half begun is begun again under its number: numbers do not depend on kills.
            let isBegun = reading.trials.count == 2
            #expect(next == (isBegun ? 1 : 0) && reading.trials.allSatisfy { !$0.tapes.isEmpty }, "cut at \(length)")
        }
    }

    @Test func `two processes do not write one file`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try file()
        #expect(throws: StudyFault(.isLocked, file: path, found: "another process writes it", allowed: "one at a time"))
        {
            try file()
        }
        withExtendedLifetime(first) {}
    }

    @Test func `a line that is none is named with its number`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("{\"op_code\": 0, \"study_name\": \"a\"}\nwhat\n".utf8).write(to: URL(fileURLWithPath: path))
        let fault = try #require(throws: StudyFault.self) { try file() }
        #expect(fault.code == .badLine && fault.found == "line 2: what")
    }
}
