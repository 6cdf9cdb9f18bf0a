import Configuration
import Console
import Desk
import Engine
import Foundation
import MCAP
import Replay
import Tape
import TapeContent

/// A run's own tape, and what is needed to go through it again as the run did: its configuration (that on the tape, unless another
/// one is given) and what its engine was told.
struct RunTape {
    let path: String
    let file: MCAPFile
    let record: RunRecord
    let configuration: BotConfiguration
    let mode: String

    init(_ path: String, configuration other: BotConfiguration? = nil) throws {
        let file = try Tapes.open(path)
        guard RunRecord.isThere(in: file) else {
            throw CommandFailure(
                code: .usage,
                message:
                    "\(path): no run's own tape; allowed: a tape of `bailiff run --record` or `bailiff demo --record`")
        }
        do {
            record = try RunRecord(reading: file)
        } catch let fault as RunFault {
            throw CommandFailure(code: .badData, message: "\(path): \(fault)")
        }
        configuration = try other ?? Self.configuration(record, path)
        mode = RunManifest(file)?.mode ?? ""
        self.path = path
        self.file = file
    }

    private static func configuration(_ record: RunRecord, _ path: String) throws -> BotConfiguration {
        guard let entry = record.configuration else {
            throw CommandFailure(
                code: .badData, message: "\(path): no configuration on the tape; give one with --config")
        }
        return try BotConfiguration.decode(entry.text, file: entry.file)
    }

    /// The run again, up to where the tape is to be played; `play` plays it.
    func replay(log: DecisionLog) -> ReplayRun {
        var settings = ReplayCommand.settings(configuration)
        settings.verifier = Attestors.verifier(configuration.attestors)
        return ReplayRun(of: RecordedRun(record), settings, engine: configuration.engineSettings, log: log)
    }

    /// The lines that the run decided anew.
    func decidedAgain() throws -> (report: ReplayReport, log: Data) {
        let lines = Lines()
        var run = replay(log: DecisionLog { lines.add($0) })
        try run.play(file)
        return (run.report, lines.data)
    }

    private final class Lines {
        private(set) var data = Data()

        func add(_ bytes: RawSpan) { bytes.withUnsafeBytes { data.append(contentsOf: $0) } }
    }
}
