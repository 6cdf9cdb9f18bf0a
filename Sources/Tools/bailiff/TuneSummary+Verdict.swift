import Confirmation
import Search

extension TuneSummary {
    struct Interval: Codable {
        var folds: Int
        var mean: Double
        var low: Double
        var high: Double
        var chanceAboveZero: Double

        init(_ difference: MeanDifference) {
            (folds, mean, low, high) = (difference.tapes, difference.mean, difference.low, difference.high)
            chanceAboveZero = difference.chanceAboveZero
        }
    }

    struct VerdictFigures: Codable {
        var decision: String
        var reasons: [String]
        var sentence: String
        var heldOut: Interval?
        /// Whether among the tapes held out are stretches of tapes that were searched on.
        var sharesTapes: Bool?
        /// What was asked for beside profit, on the tapes held out.
        var aims: [AimFigures]?
        var overfittingChance: Double?
        var deflatedChance: Double?
        var trialsCounted: Int?
        var keptShareMin: Double?
        var plateau: [Side]?
        var walkForward: [Step]?
    }

    struct AimFigures: Codable {
        var name: String
        var isObjective: Bool
        var bound: Double?
        /// Of the candidate less the default, fold by fold: above zero it is worse.
        var increase: Interval
        /// worse or better where the whole interval lies above or below zero, else unclear.
        var standing: String
        /// What a bound is set for (largestOfFolds or sumOfFolds), the candidate's and the default's.
        var together: String
        var found: Double
        var initial: Double
        var breaksBound: Bool
        /// Whether it stands against the candidate.
        var objects: Bool

        init(_ finding: AimFinding) {
            (name, isObjective, bound) = (finding.aim.name, finding.aim.isObjective, finding.aim.bound)
            increase = Interval(finding.increase)
            standing = finding.isWorse ? "worse" : finding.isBetter ? "better" : "unclear"
            together = finding.aim.together.rawValue
            (found, initial) = (finding.found, finding.initial)
            (breaksBound, objects) = (finding.breaksBound, finding.objects)
        }
    }

    struct Side: Codable {
        var parameter: String
        var value: Double
        var keptShare: Double
    }

    struct Step: Codable {
        var trained: Int
        var trainedGain: Double
        var testedGain: Double
    }
}

extension TuneSummary.VerdictFigures {
    init(_ verdict: Verdict) {
        decision = verdict.decision.rawValue
        reasons = verdict.reasons.map(\.rawValue)
        sentence = verdict.sentence
        guard let evidence = verdict.evidence else { return }
        heldOut = TuneSummary.Interval(evidence.heldOut)
        sharesTapes = evidence.sharesTapes
        aims = evidence.aims.map { TuneSummary.AimFigures($0) }
        overfittingChance = evidence.overfitting.chance
        deflatedChance = evidence.deflated.chance
        trialsCounted = evidence.deflated.trials
        // A space of choices alone has no sides.
        keptShareMin = evidence.plateau.sides.isEmpty ? nil : evidence.plateau.keptShareMin
        plateau = evidence.plateau.sides.map {
            TuneSummary.Side(parameter: $0.parameter, value: $0.value, keptShare: $0.keptShare)
        }
        walkForward = evidence.walkForward?.steps.map {
            TuneSummary.Step(trained: $0.trained, trainedGain: $0.trainedGain, testedGain: $0.testedGain)
        }
    }
}
