/// What is known of a point: its scores, more is better, and how far it is from what is required of it.
///
/// `scores` holds one number for each objective. A violation of zero or less is a requirement that is met. A trial that
/// failed is told with the score −∞; "not a number" counts as that. Who tells has averaged over tapes already.
public struct ScoredPoint: Hashable, Sendable {
    public let point: SpacePoint
    public let scores: [Double]
    public let violations: [Double]

    public init(_ point: SpacePoint, scores: [Double], violations: [Double] = []) {
        precondition(!scores.isEmpty, "Condition: a scored point has a score")
        self.point = point
        self.scores = scores.map { $0.isNaN ? -.infinity : $0 }
        self.violations = violations.map { $0.isNaN ? .infinity : $0 }
    }

    public init(_ point: SpacePoint, score: Double, violations: [Double] = []) {
        self.init(point, scores: [score], violations: violations)
    }

    /// The first objective.
    public var score: Double { scores[0] }
    public var isFeasible: Bool { violations.allSatisfy { $0 <= 0 } }
    /// What is not met, added up.
    public var totalViolation: Double { violations.reduce(0) { $0 + max($1, 0) } }
}
