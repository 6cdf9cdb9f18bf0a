import Numerics

/// Predicted probabilities against what happened: how often a crossing that was given 20 % came to pass.
public struct Reliability: Equatable, Sendable {
    public struct Bin: Equatable, Sendable {
        public let lower: Double
        public let upper: Double
        public fileprivate(set) var count = 0
        public fileprivate(set) var predicted = 0.0
        public fileprivate(set) var happened = 0

        public var meanPrediction: Double { count > 0 ? predicted / Double(count) : 0 }
        public var frequency: Double { count > 0 ? Double(happened) / Double(count) : 0 }
    }

    public private(set) var bins: [Bin]
    private var squares = 0.0
    private var logs = 0.0

    /// Edges of the bins: fine where most predictions lie.
    public static let edges = [0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

    public init() {
        bins = zip(Self.edges, Self.edges.dropFirst()).map { Bin(lower: $0, upper: $1) }
    }

    public mutating func note(_ probability: Double, happened: Bool) {
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

    public var count: Int { bins.reduce(0) { $0 + $1.count } }
    public var happened: Int { bins.reduce(0) { $0 + $1.happened } }
    /// Mean squared error: 0 is perfect.
    public var brierScore: Double { count > 0 ? squares / Double(count) : 0 }
    /// Mean negative log-likelihood, in nats.
    public var logLoss: Double { count > 0 ? logs / Double(count) : 0 }
    /// What always saying the mean frequency would score.
    public var climateBrierScore: Double {
        let rate = count > 0 ? Double(happened) / Double(count) : 0
        return rate * (1 - rate)
    }

    /// A prediction of zero that came to pass costs this and not everything.
    private static let leastLikelihood = 1e-6
}
