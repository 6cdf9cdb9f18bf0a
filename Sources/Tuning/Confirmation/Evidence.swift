package import Search

/// Everything that a verdict rests on: figures only, each with its own type.
package struct Evidence: Hashable, Sendable {
    /// Who won the race, and is not the default.
    package let candidate: SpacePoint
    /// On tapes that no search has seen, once.
    package let heldOut: MeanDifference
    /// Whether among them are stretches of tapes that were searched on. Such a stretch was not scored before, and yet is no market of its own.
    package let sharesTapes: Bool
    /// On the same tapes, what the study asked for beside its first objective.
    package let aims: [AimFinding]
    /// On the training tapes, of the rows that were tried on all of them.
    package let overfitting: OverfittingChance
    package let deflated: DeflatedScore
    package let plateau: PlateauCheck
    /// Where the tapes have an order in time.
    package let walkForward: WalkForward?

    package init(
        candidate: SpacePoint, heldOut: MeanDifference, overfitting: OverfittingChance,
        deflated: DeflatedScore, plateau: PlateauCheck, walkForward: WalkForward? = nil, aims: [AimFinding] = [],
        sharesTapes: Bool = false
    ) {
        self.candidate = candidate
        self.heldOut = heldOut
        self.overfitting = overfitting
        self.deflated = deflated
        self.plateau = plateau
        self.walkForward = walkForward
        self.aims = aims
        self.sharesTapes = sharesTapes
    }
}

/// Where a verdict draws its lines. The values are conventions, not measurements; a study may state others.
package struct VerdictThresholds: Hashable, Sendable {
    /// Fewer tapes that nobody searched on say nothing.
    package var heldOutTapesMin = 20
    /// A chance of overfitting above it: choosing by score was no better than drawing lots.
    package var overfittingMax = 0.5
    /// The chance that the gain in training is not the luck of the best of so many trials.
    package var deflatedMin = 0.95
    /// One step away at least this share of the gain must be left.
    package var keptShareMin = 0.5
    /// The share of later folds in which the tuned parameters must not have lost, where there are folds.
    package var walkForwardMin = 0.5

    package init() {}
}
