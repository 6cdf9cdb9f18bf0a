public import Search

/// Everything that a verdict rests on: figures only, each with its own type.
public struct Evidence: Hashable, Sendable {
    /// Who won the race, and is not the default.
    public let candidate: SpacePoint
    /// On tapes that no search has seen, once.
    public let heldOut: MeanDifference
    /// Whether among them are stretches of tapes that were searched on. Such a stretch was not scored before, and yet is no market of its own.
    public let sharesTapes: Bool
    /// On the same tapes, what the study asked for beside its first objective.
    public let aims: [AimFinding]
    /// On the training tapes, of the rows that were tried on all of them.
    public let overfitting: OverfittingChance
    public let deflated: DeflatedScore
    public let plateau: PlateauCheck
    /// Where the tapes have an order in time.
    public let walkForward: WalkForward?

    public init(
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
public struct VerdictThresholds: Hashable, Sendable {
    /// Fewer tapes that nobody searched on say nothing.
    public var heldOutTapesMin = 20
    /// A chance of overfitting above it: choosing by score was no better than drawing lots.
    public var overfittingMax = 0.5
    /// The chance that the gain in training is not the luck of the best of so many trials.
    public var deflatedMin = 0.95
    /// One step away at least this share of the gain must be left.
    public var keptShareMin = 0.5
    /// The share of later folds in which the tuned parameters must not have lost, where there are folds.
    public var walkForwardMin = 0.5

    public init() {}
}
