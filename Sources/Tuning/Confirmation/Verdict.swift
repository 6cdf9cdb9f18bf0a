/// What to do after a search, in words, with the figures it rests on.
///
/// `reasons` is in the order in which the rule found them, and is never empty. The sentence is for a reader; programs read the
/// decision and the reasons.
public struct Verdict: Hashable, Sendable {
    public enum Decision: String, Hashable, Sendable {
        case adopt, keepDefault, notEnoughEvidence
    }

    public enum Reason: String, Hashable, Sendable {
        case nothingBeatDefault, tooFewTapes, heldOutWorse, heldOutUnclear, heldOutBetter
        case otherAimWorse, boundBroken, otherAimsHeld
        case overfitted, trainingGainMayBeLuck, trainingGainReal, standsOnNeedle, losesOnLaterFolds
    }

    public let decision: Decision
    public let reasons: [Reason]
    /// Nothing when the default won the race: then nothing was left to measure.
    public let evidence: Evidence?

    /// The rule, from the first line that applies:
    ///
    /// 1. The default won the race: keep it.
    /// 2. Fewer than `heldOutTapesMin` tapes held out: not enough evidence.
    /// 3. On those tapes the mean gain is not above zero: keep the default.
    /// 4. On those tapes another objective is worse than the default's with its whole interval, or a bound was broken: keep the
    ///    default, however large the gain. Who asked for several things did not ask to trade one for another.
    /// 5. The interval of that gain reaches down to zero: keep the default, unless the gain in training passes `deflatedMin`:
    ///    then two findings disagree, and there is not enough evidence.
    /// 6. The interval is above zero: adopt, unless the search overfitted (`overfittingMax`), the gain in training may be luck
    ///    (`deflatedMin`), the point is a needle (`keptShareMin`) or it lost on later folds (`walkForwardMin`): then not enough.
    public init(_ evidence: Evidence?, thresholds: VerdictThresholds = VerdictThresholds()) {
        self.evidence = evidence
        (decision, reasons) = Self.rule(evidence, thresholds)
    }

    private static func rule(_ evidence: Evidence?, _ lines: VerdictThresholds) -> (Decision, [Reason]) {
        guard let evidence else { return (.keepDefault, [.nothingBeatDefault]) }
        if evidence.heldOut.tapes < lines.heldOutTapesMin { return (.notEnoughEvidence, [.tooFewTapes]) }
        let objections = Self.objections(evidence)
        if evidence.heldOut.mean <= 0 { return (.keepDefault, [.heldOutWorse] + objections) }
        let isClear = evidence.heldOut.low > 0
        if !objections.isEmpty { return (.keepDefault, [isClear ? .heldOutBetter : .heldOutUnclear] + objections) }
        if !isClear {
            let isReal = evidence.deflated.chance >= lines.deflatedMin
            return isReal
                ? (.notEnoughEvidence, [.heldOutUnclear, .trainingGainReal]) : (.keepDefault, [.heldOutUnclear])
        }
        let doubts = Self.doubts(evidence, lines)
        guard doubts.isEmpty else { return (.notEnoughEvidence, [.heldOutBetter] + doubts) }
        return (.adopt, evidence.aims.isEmpty ? [.heldOutBetter] : [.heldOutBetter, .otherAimsHeld])
    }

    private static func objections(_ evidence: Evidence) -> [Reason] {
        var objections: [Reason] = []
        if evidence.aims.contains(where: { $0.aim.isObjective && $0.isWorse }) { objections.append(.otherAimWorse) }
        if evidence.aims.contains(where: \.breaksBound) { objections.append(.boundBroken) }
        return objections
    }

    private static func doubts(_ evidence: Evidence, _ lines: VerdictThresholds) -> [Reason] {
        var doubts: [Reason] = []
        if evidence.overfitting.chance > lines.overfittingMax { doubts.append(.overfitted) }
        if evidence.deflated.chance < lines.deflatedMin { doubts.append(.trainingGainMayBeLuck) }
        if evidence.plateau.keptShareMin < lines.keptShareMin { doubts.append(.standsOnNeedle) }
        if let walk = evidence.walkForward, walk.keptShare < lines.walkForwardMin { doubts.append(.losesOnLaterFolds) }
        return doubts
    }
}
