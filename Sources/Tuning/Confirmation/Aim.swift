/// What a study asks for beside its first objective: as little as can be of a cost, or no more of it than a bound, or both.
///
/// Example: `Aim("drawdown", .largestOfFolds, isObjective: true, bound: 500)`. Costs by fold come with `TapeOutcome.costs`, in the order
/// of the aims.
public struct Aim: Hashable, Sendable {
    /// How the folds of a trial come to the one figure that a bound is set for.
    public enum Together: String, Hashable, Sendable {
        case largestOfFolds, sumOfFolds
    }

    /// For a reader.
    public let name: String
    public let together: Together
    /// Whether it may not be worse than the default's.
    public let isObjective: Bool
    public let bound: Double?

    public init(_ name: String, _ together: Together, isObjective: Bool, bound: Double? = nil) {
        precondition(isObjective || bound != nil, "Condition: an aim asks for something")
        (self.name, self.together, self.isObjective, self.bound) = (name, together, isObjective, bound)
    }

    func figure(_ costs: [Double]) -> Double {
        switch together {
        case .largestOfFolds: costs.max() ?? 0
        case .sumOfFolds: costs.reduce(0, +)
        }
    }
}

/// What became of an aim on the held-out tapes.
///
/// Worse and better are findings of the paired interval. A bound is none: it is a limit that somebody set, and on these tapes
/// it was kept or it was not.
public struct AimFinding: Hashable, Sendable {
    public let aim: Aim
    /// The candidate's cost less the default's, pair by pair: above zero it is worse.
    public let increase: MeanDifference
    /// The figure that a bound is set for, the candidate's and the default's.
    public let found: Double
    public let initial: Double

    public init(_ aim: Aim, candidate: [Double], baseline: [Double], seed: UInt64) {
        self.aim = aim
        increase = MeanDifference(candidate: candidate, baseline: baseline, seed: seed)
        (found, initial) = (aim.figure(candidate), aim.figure(baseline))
    }

    /// The whole interval lies above zero.
    public var isWorse: Bool { increase.low > 0 }
    /// The whole interval lies below zero.
    public var isBetter: Bool { increase.high < 0 }
    public var breaksBound: Bool { aim.bound.map { found > $0 } ?? false }
    /// Whether the candidate must not be adopted for it.
    public var objects: Bool { aim.isObjective && isWorse || breaksBound }
}
