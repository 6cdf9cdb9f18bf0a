import Console
import Episodes
import Forecast
import Foundation

/// `bailiff reliability`: how honest predicted crossings are, on recorded prices.
struct ReliabilityCommand {
    private let directory: String
    private let wantsJSON: Bool

    init(_ arguments: Arguments) {
        directory = arguments.positionals[0]
        wantsJSON = arguments.wantsJSON
    }

    private struct Report: Encodable {
        var calibratedOn: String
        var deviationFactor: Double
        var jumps: Double
        var jumpSize: Double
        var horizonMinutes: Int
        var recordings: [Recording]
    }

    private struct Recording: Encodable {
        var name: String
        var samples: Int
        var crossed: Int
        var brierScore: Double
        var brierScoreOfMean: Double
        var logLoss: Double
        var bins: [Bin]
    }

    private struct Bin: Encodable {
        var from: Double
        var to: Double
        var count: Int
        var predicted: Double
        var happened: Double
    }

    func perform() throws {
        let recordings: [RecordedPrices]
        do {
            recordings = try RecordedPrices.all(below: directory)
        } catch {
            throw CommandFailure(code: .badData, message: "\(error)")
        }
        guard let first = recordings.first else {
            throw CommandFailure(
                code: .badData,
                message:
                    "\(directory): found no recording of prices; allowed: the folder that holds 2021-01-eth-crash and its like"
            )
        }
        let (train, test) = first.split(at: 0.5)
        StandardStreams.note("reliability: calibrating on \(train.name)\n")
        let study = ReliabilityStudy(train)
        let passage = study.calibrated()
        let report = Report(
            calibratedOn: train.name, deviationFactor: passage.deviationFactor, jumps: passage.jumps,
            jumpSize: passage.jumpSize, horizonMinutes: ReliabilityStudy.horizonRows,
            recordings: [Self.recording(study, passage)]
                + ([test] + recordings.dropFirst()).map { Self.recording(ReliabilityStudy($0), passage) })
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : Self.text(report))
    }

    private static func recording(_ study: ReliabilityStudy, _ passage: FirstPassage) -> Recording {
        let table = study.table(passage)
        return Recording(
            name: study.name, samples: table.count, crossed: table.happened, brierScore: table.brierScore,
            brierScoreOfMean: table.climateBrierScore, logLoss: table.logLoss,
            bins: table.bins.filter { $0.count > 0 }.map {
                Bin(from: $0.lower, to: $0.upper, count: $0.count, predicted: $0.meanPrediction, happened: $0.frequency)
            })
    }

    private static func text(_ report: Report) -> String {
        var lines = [
            "Crossings within \(report.horizonMinutes) minutes, predicted from the volatility so far.",
            "calibrated on \(report.calibratedOn): deviation × \(report.deviationFactor), jumps \(report.jumps) a horizon, "
                + "jump size \(report.jumpSize) deviations",
        ]
        for recording in report.recordings {
            lines.append("")
            lines.append(
                String(
                    format: "%@: %d predictions, %d crossed, Brier score %.4f (of the mean alone %.4f), log loss %.4f",
                    recording.name, recording.samples, recording.crossed, recording.brierScore,
                    recording.brierScoreOfMean, recording.logLoss))
            lines.append("  predicted        count    mean  happened")
            lines += recording.bins.map {
                String(
                    format: "  %5.3f - %5.3f %8d  %6.4f    %6.4f", $0.from, $0.to, $0.count, $0.predicted, $0.happened)
            }
        }
        return lines.joined(separator: "\n")
    }
}
