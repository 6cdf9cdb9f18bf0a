/// What one trial of one point on one tape gave.
public struct TapeOutcome: Hashable, Sendable {
    public let scores: [Double]
    public let violations: [Double]
    /// What a study weighs beside its first objective, less is better; whoever confirms knows what each is.
    public let costs: [Double]

    public init(scores: [Double], violations: [Double] = [], costs: [Double] = []) {
        precondition(!scores.isEmpty, "Condition: an outcome has a score")
        self.scores = scores
        self.violations = violations
        self.costs = costs
    }

    public init(score: Double) { self.init(scores: [score]) }
}

/// One point to be tried on one tape.
public struct TapeTrial: Hashable, Sendable {
    public let point: SpacePoint
    public let tape: Int

    public init(_ point: SpacePoint, on tape: Int) {
        self.point = point
        self.tape = tape
    }
}

/// Every outcome that is known, by point and tape: nothing is tried twice.
public struct TapeTable: Sendable {
    private var outcomes: [TapeTrial: TapeOutcome] = [:]

    public init() {}

    public subscript(trial: TapeTrial) -> TapeOutcome? {
        get { outcomes[trial] }
        set { outcomes[trial] = newValue }
    }

    public var count: Int { outcomes.count }

    /// The point with its means over these tapes, each of which must be known.
    public func mean(_ point: SpacePoint, over tapes: [Int]) -> ScoredPoint {
        let known = tapes.map { self.known(point, on: $0) }
        return ScoredPoint(
            point, scores: Self.mean(known.map(\.scores)), violations: Self.mean(known.map(\.violations)))
    }

    /// The first objective on each of these tapes.
    public func scores(_ point: SpacePoint, over tapes: [Int]) -> [Double] {
        tapes.map { known(point, on: $0).scores[0] }
    }

    /// One of the costs on each of these tapes.
    public func costs(_ point: SpacePoint, over tapes: [Int], at position: Int) -> [Double] {
        tapes.map { known(point, on: $0).costs[position] }
    }

    private func known(_ point: SpacePoint, on tape: Int) -> TapeOutcome {
        guard let outcome = outcomes[TapeTrial(point, on: tape)] else {
            preconditionFailure("Condition: figures are asked for tapes that were tried")
        }
        return outcome
    }

    private static func mean(_ rows: [[Double]]) -> [Double] {
        guard let first = rows.first else { return [] }
        return first.indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
    }
}
