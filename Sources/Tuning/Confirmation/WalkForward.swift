/// Tune on the folds up to n, test on fold n + 1: what somebody who tuned again after every fold would have got.
///
/// Only arithmetic on a table of scores: a row for every point, a column for every fold in the order of time, each a mean over
/// the fold's tapes. The point chosen for fold n + 1 is the first of the best by the mean of the folds before.
public struct WalkForward: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        /// Tuned on folds 0..<trained, tested on fold `trained`.
        public let trained: Int
        public let chosen: Int
        public let trainedGain: Double
        public let testedGain: Double
    }

    public let steps: [Step]

    public init(_ scores: [[Double]], baseline: Int) {
        precondition(scores.indices.contains(baseline), "Condition: the baseline is one of the rows")
        let folds = scores[baseline].count
        precondition(folds >= 2, "Condition: there is a fold to train on and one to test on")
        precondition(scores.allSatisfy { $0.count == folds }, "Condition: every row was tried on every fold")
        steps = (1..<folds).map { trained in
            let means = scores.map { $0.prefix(trained).reduce(0, +) / Double(trained) }
            let chosen = means.indices.reduce(baseline) { means[$1] > means[$0] ? $1 : $0 }
            return Step(
                trained: trained, chosen: chosen, trainedGain: means[chosen] - means[baseline],
                testedGain: scores[chosen][trained] - scores[baseline][trained])
        }
    }

    /// The mean gain over the default on folds that were not yet known.
    public var testedGain: Double { steps.reduce(0) { $0 + $1.testedGain } / Double(steps.count) }
    /// The share of steps that lost nothing against the default.
    public var keptShare: Double { Double(steps.filter { $0.testedGain >= 0 }.count) / Double(steps.count) }
    /// What of the gain in training was there in the test; nothing when there was none to keep.
    public var efficiency: Double? {
        let trained = steps.reduce(0) { $0 + $1.trainedGain }
        return trained > 0 ? steps.reduce(0) { $0 + $1.testedGain } / trained : nil
    }
}
