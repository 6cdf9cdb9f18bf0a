import Confirmation
import Search
import Testing

@Suite struct VerdictTests {
    /// Evidence that is good in everything, but for what is asked.
    static func evidence(
        heldOut gain: Double = 2, tapes: Int = 40, isOverfitted: Bool = false, isLuck: Bool = false,
        isNeedle: Bool = false,
        losesLater: Bool = false
    ) throws -> Evidence {
        let space = try SearchSpace([
            SearchParameter("n", .integer(low: 0, high: 9, isLogarithmic: false), default: 0)
        ])
        var random = StudyRandom(seed: 1, .evaluation)
        let zero = Array(repeating: 0.0, count: tapes)
        let noise = (0..<tapes).map { _ in random.normal() }
        let middle = noise.reduce(0, +) / Double(tapes)
        let rising = (0..<4).map { row in (0..<20).map { Double(row) * ($0 < 10 || !isOverfitted ? 1 : -1) } }
        return Evidence(
            candidate: SpacePoint([5]),
            heldOut: MeanDifference(candidate: noise.map { $0 - middle + gain }, baseline: zero, seed: 1),
            overfitting: OverfittingChance(rising, baseline: 0, blocks: 2),
            deflated: DeflatedScore(
                gains: (0..<60).map { _ in random.normal() + (isLuck ? 0.1 : 2) }, trials: 100, trialVariance: 1.0 / 60),
            plateau: PlateauCheck(SpacePoint([5]), in: space, candidateScore: 10, defaultScore: 0) { _ in
                isNeedle ? 1 : 9
            },
            walkForward: WalkForward([[0, 0, 0], losesLater ? [9, -5, -5] : [1, 1, 1]], baseline: 0))
    }

    @Test func `good in everything is adopted`() throws {
        let verdict = Verdict(try Self.evidence())
        #expect(verdict.decision == .adopt && verdict.reasons == [.heldOutBetter])
        #expect(
            verdict.sentence.hasPrefix("Adopt: on 40 held-out tapes the candidate gains 2 ("), "\(verdict.sentence)")
    }

    @Test func `one doubt is enough to wait, and each is named`() throws {
        let doubts: [(Evidence, Verdict.Reason)] = [
            (try Self.evidence(isOverfitted: true), .overfitted),
            (try Self.evidence(isLuck: true), .trainingGainMayBeLuck),
            (try Self.evidence(isNeedle: true), .standsOnNeedle),
            (try Self.evidence(losesLater: true), .losesOnLaterFolds),
        ]
        for (evidence, reason) in doubts {
            let verdict = Verdict(evidence)
            #expect(verdict.decision == .notEnoughEvidence && verdict.reasons == [.heldOutBetter, reason])
            #expect(verdict.sentence.hasPrefix("Not enough evidence: "), "\(verdict.sentence)")
        }
        let all = Verdict(try Self.evidence(isOverfitted: true, isLuck: true, isNeedle: true, losesLater: true))
        #expect(all.reasons.count == 5 && all.sentence.contains(", ") && all.sentence.contains(" and "))
    }

    @Test func `no gain on held-out tapes keeps the default, whatever the rest says`() throws {
        let verdict = Verdict(try Self.evidence(heldOut: -0.01))
        #expect(verdict.decision == .keepDefault && verdict.reasons == [.heldOutWorse])
        let clear = Verdict(try Self.evidence(heldOut: 0.1, isLuck: true))
        #expect(clear.decision == .keepDefault && clear.reasons == [.heldOutUnclear])
        #expect(clear.sentence.contains("may be zero"), "\(clear.sentence)")
    }

    @Test func `findings that disagree, or few tapes, are not enough`() throws {
        let torn = Verdict(try Self.evidence(heldOut: 0.1))
        #expect(torn.decision == .notEnoughEvidence && torn.reasons == [.heldOutUnclear, .trainingGainReal])
        let few = Verdict(try Self.evidence(tapes: 19))
        #expect(few.decision == .notEnoughEvidence && few.reasons == [.tooFewTapes])
        var lines = VerdictThresholds()
        lines.heldOutTapesMin = 10
        #expect(Verdict(try Self.evidence(tapes: 19), thresholds: lines).decision == .adopt)
    }

    @Test func `when nothing beat the default there is nothing to measure`() {
        let verdict = Verdict(nil)
        #expect(verdict.decision == .keepDefault && verdict.evidence == nil)
        #expect(verdict.sentence == "Keep the default: nothing beat it on the training tapes.")
    }
}
