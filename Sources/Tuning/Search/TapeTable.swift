/// What one trial of one point on one tape gave.
package struct TapeOutcome: Hashable, Sendable {
    package let scores: [Double]
    package let violations: [Double]
    /// What a study weighs beside its first objective, less is better; whoever confirms knows what each is.
    package let costs: [Double]

    package init(scores: [Double], violations: [Double] = [], costs: [Double] = []) {
        precondition(!scores.isEmpty, "Condition: an outcome has a score")
        self.scores = scores
        self.violations = violations
        self.costs = costs
    }

    package init(score: Double) { self.init(scores: [score]) }
}

/// One point to be tried on one tape.
package struct TapeTrial: Hashable, Sendable {
    package let point: SpacePoint
    package let tape: Int

    package init(_ point: SpacePoint, on tape: Int) {
        self.point = point
        self.tape = tape
    }
}

/// Every outcome that is known, by point and tape: nothing is tried twice.
package struct TapeTable: Sendable {
    private var outcomes: [TapeTrial: TapeOutcome] = [:]

    package init() {}

    package subscript(trial: TapeTrial) -> TapeOutcome? {
        get { outcomes[trial] }
        set { outcomes[trial] = newValue }
    }

    package var count: Int { outcomes.count }

    /// The point with its means over these tapes, each of which must be known.
    package func mean(_ point: SpacePoint, over tapes: [Int]) -> ScoredPoint {
        let known = tapes.map { self.known(point, on: $0) }
        return ScoredPoint(
            point, scores: Self.mean(known.map(\.scores)), violations: Self.mean(known.map(\.violations)))
    }

    /// The first objective on each of these tapes.
    package func scores(_ point: SpacePoint, over tapes: [Int]) -> [Double] {
        tapes.map { known(point, on: $0).scores[0] }
    }

    /// One of the costs on each of these tapes.
    package func costs(_ point: SpacePoint, over tapes: [Int], at position: Int) -> [Double] {
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
