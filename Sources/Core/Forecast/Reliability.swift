import Numerics

/// Predicted probabilities against what happened: how often a crossing that was given 20 % came to pass.
package struct Reliability: Equatable, Sendable {
    package struct Bin: Equatable, Sendable {
        package let lower: Double
        package let upper: Double
        package fileprivate(set) var count = 0
        package fileprivate(set) var predicted = 0.0
        package fileprivate(set) var happened = 0

        package var meanPrediction: Double { count > 0 ? predicted / Double(count) : 0 }
        package var frequency: Double { count > 0 ? Double(happened) / Double(count) : 0 }
    }

    package private(set) var bins: [Bin]
    private var squares = 0.0
    private var logs = 0.0

    /// Edges of the bins: fine where most predictions lie.
    package static let edges = [0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

    package init() {
        bins = zip(Self.edges, Self.edges.dropFirst()).map { Bin(lower: $0, upper: $1) }
    }

    package mutating func note(_ probability: Double, happened: Bool) {
        precondition(probability >= 0 && probability <= 1, "Condition: a probability lies between zero and one")
        let position = bins.lastIndex { $0.lower <= probability } ?? 0
        bins[position].count += 1
        bins[position].predicted += probability
        bins[position].happened += happened ? 1 : 0
        let outcome = happened ? 1.0 : 0.0
        squares += (probability - outcome) * (probability - outcome)
        let likelihood = min(max(happened ? probability : 1 - probability, Self.leastLikelihood), 1)
        logs -= Elementary.log(likelihood)
    }

    package var count: Int { bins.reduce(0) { $0 + $1.count } }
    package var happened: Int { bins.reduce(0) { $0 + $1.happened } }
    /// Mean squared error: 0 is perfect.
    package var brierScore: Double { count > 0 ? squares / Double(count) : 0 }
    /// Mean negative log-likelihood, in nats.
    package var logLoss: Double { count > 0 ? logs / Double(count) : 0 }
    /// What always saying the mean frequency would score.
    package var climateBrierScore: Double {
        let rate = count > 0 ? Double(happened) / Double(count) : 0
        return rate * (1 - rate)
    }

    /// A prediction of zero that came to pass costs this and not everything.
    private static let leastLikelihood = 1e-6
}
