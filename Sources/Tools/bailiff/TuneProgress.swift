import Console
import Search
import StudyFile
import Units

/// One line while a study runs: how far it is, and the best against the default on the same folds, with its interval.
struct TuneProgress {
    var first: StudyOutcome?
    private let trials: Int
    private let start: Moment
    private var done = 0
    private var best: (gain: Double, folds: [Double])?
    private var line = ProgressLine(tag: "TUNE")

    init(trials: Int, start: Moment) {
        self.trials = trials
        self.start = start
    }

    mutating func show(_ part: TuneRun.Part, _ trial: StudyTrial) {
        done += 1
        if part != .confirmation { compare(trial) }
        line.show("\(part) \(done)\(left)\(standing)", at: Clock.monotonic)
    }

    mutating func finish() { line.finish() }

    private mutating func compare(_ trial: StudyTrial) {
        guard let outcome = trial.outcome, let first else { return }
        let gains = outcome.folds.sorted { $0.key < $1.key }.compactMap { fold, value in
            first.folds[fold].map { value - $0 }
        }
        guard !gains.isEmpty else { return }
        let gain = gains.reduce(0, +) / Double(gains.count)
        if gain > best?.gain ?? 0 { best = (gain, gains) }
    }

    private var left: String {
        guard done < trials else { return "" }
        let took = Clock.monotonic - start
        let rest = Double(took.nanoseconds) / Double(max(1, done)) * Double(trials - done)
        return " of \(trials) trials, \(Interval.seconds(Int64(rest / 1e9)).text) left"
    }

    /// Of the trial alone: what was searched for is better seen than it is, which the race and the confirmation mend.
    private var standing: String {
        guard let best else { return "; nothing above the default yet" }
        let gain = "; best +\(Self.money(best.gain)) a fold over the default"
        guard best.folds.count > 1 else { return gain }
        let mean = best.gain
        let square = best.folds.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(best.folds.count - 1)
        let half = 1.96 * (square / Double(best.folds.count)).squareRoot()
        return "\(gain) (\(Self.money(mean - half)) to \(Self.money(mean + half)), seen in the search)"
    }

    static func money(_ value: Double) -> String {
        (value * 100).rounded() / 100 == 0 ? "0" : "\((value * 100).rounded() / 100)"
    }
}
