/// The verdict for a reader: what to do, and why, with the figures.
extension Verdict {
    public var sentence: String {
        guard let evidence else { return "\(opening): nothing beat it on the training tapes." }
        let said = reasons.flatMap { clauses($0, evidence) }
        let joined =
            said.count < 2
            ? said.joined() : said.dropLast().joined(separator: ", ") + " and " + said[said.count - 1]
        return "\(opening): \(joined)."
    }

    private var opening: String {
        switch decision {
        case .adopt: "Adopt"
        case .keepDefault: "Keep the default"
        case .notEnoughEvidence: "Not enough evidence"
        }
    }

    /// One for each aim that a reason is about, else one.
    private func clauses(_ reason: Reason, _ evidence: Evidence) -> [String] {
        switch reason {
        case .otherAimWorse:
            evidence.aims.filter { $0.aim.isObjective && $0.isWorse }.map { finding in
                "against it stands its \(finding.aim.name): \(Self.rounded(finding.increase.mean)) a fold above the default's "
                    + "(\(Self.interval(finding.increase)))"
            }
        case .boundBroken:
            evidence.aims.filter(\.breaksBound).map { finding in
                "against it stands its \(finding.aim.name) of \(Self.rounded(finding.found)), above the bound of "
                    + "\(Self.rounded(finding.aim.bound ?? 0))"
            }
        case .otherAimsHeld: evidence.aims.map { "nothing says that its \($0.aim.name) is worse than asked for" }
        default: [clause(reason, evidence)]
        }
    }

    private func clause(_ reason: Reason, _ evidence: Evidence) -> String {
        let held = evidence.heldOut
        let tapes =
            "\(held.tapes) held-out \(evidence.sharesTapes ? "stretches of tapes that were searched on" : "tapes")"
        let interval = Self.interval(held)
        switch reason {
        case .nothingBeatDefault: return "nothing beat it on the training tapes"
        case .otherAimWorse, .boundBroken, .otherAimsHeld:
            preconditionFailure("Invariant: a reason about aims has a clause for each")
        case .tooFewTapes: return "only \(held.tapes) tapes were held out"
        case .heldOutWorse:
            return "on \(tapes) the candidate gains \(Self.rounded(held.mean)), which is nothing"
        case .heldOutUnclear:
            return "on \(tapes) the gain of \(Self.rounded(held.mean)) may be zero (\(interval))"
        case .heldOutBetter:
            return "on \(tapes) the candidate gains \(Self.rounded(held.mean)) (\(interval))"
        case .overfitted:
            return
                "the best in one half of the tapes is below the median in the other in \(Self.percent(evidence.overfitting.chance)) of splits"
        case .trainingGainMayBeLuck:
            return
                "after \(evidence.deflated.trials) trials the gain in training is real with \(Self.percent(evidence.deflated.chance)) only"
        case .trainingGainReal:
            return
                "after \(evidence.deflated.trials) trials the gain in training is real with \(Self.percent(evidence.deflated.chance))"
        case .standsOnNeedle:
            return "one step away only \(Self.percent(evidence.plateau.keptShareMin)) of the gain is left"
        case .losesOnLaterFolds:
            return
                "tuned again fold by fold it held in \(Self.percent(evidence.walkForward?.keptShare ?? 0)) of the later folds"
        }
    }

    private static func interval(_ difference: MeanDifference) -> String {
        "\(rounded(difference.low)) to \(rounded(difference.high))"
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    /// Four digits that count, as many as a reader keeps.
    private static func rounded(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        var unit = 1.0
        while value.magnitude / unit >= 10_000 { unit *= 10 }
        while value.magnitude / unit < 1_000 && unit > 1e-9 { unit /= 10 }
        let rounded = unit >= 1 ? (value / unit).rounded() * unit : (value / unit).rounded() / (1 / unit).rounded()
        let text = "\(rounded)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
