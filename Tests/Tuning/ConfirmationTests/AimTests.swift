import Confirmation
import Search
import Testing

/// What becomes of further objectives and bounds: the findings, the verdict's rule and words, and who is put to the confirmation.
@Suite struct AimTests {
    private static let tapes = 40

    /// Costs that lie `shift` above the default's, with a noise that has no mean.
    private static func finding(
        _ name: String = "drawdown", shift: Double, isObjective: Bool = true, bound: Double? = nil,
        _ together: Aim.Together = .largestOfFolds
    ) -> AimFinding {
        let noise = (0..<tapes).map { Double($0 % 5) - 2 }
        return AimFinding(
            Aim(name, together, isObjective: isObjective, bound: bound), candidate: noise.map { 100 + shift + $0 },
            baseline: noise.map { _ in 100 }, seed: 1)
    }

    private static func evidence(gain: Double = 2, _ aims: [AimFinding], sharesTapes: Bool = false) throws -> Evidence {
        let good = try VerdictTests.evidence(heldOut: gain)
        return Evidence(
            candidate: good.candidate, heldOut: good.heldOut, overfitting: good.overfitting, deflated: good.deflated,
            plateau: good.plateau, walkForward: good.walkForward, aims: aims, sharesTapes: sharesTapes)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let gain: Double
        let aims: [AimFinding]
        let decision: Verdict.Decision
        let reasons: [Verdict.Reason]
    }

    static let cases: [Case] = [
        Case(
            testDescription: "less of it", gain: 2, aims: [finding(shift: -3)], decision: .adopt,
            reasons: [.heldOutBetter, .otherAimsHeld]),
        Case(
            testDescription: "more of it, but within the noise", gain: 2, aims: [finding(shift: 0.1)], decision: .adopt,
            reasons: [.heldOutBetter, .otherAimsHeld]),
        Case(
            testDescription: "clearly more", gain: 2, aims: [finding(shift: 3)], decision: .keepDefault,
            reasons: [.heldOutBetter, .otherAimWorse]),
        Case(
            testDescription: "clearly more of the second of two", gain: 2,
            aims: [finding(shift: -3), finding("failed gas", shift: 3)], decision: .keepDefault,
            reasons: [.heldOutBetter, .otherAimWorse]),
        Case(
            testDescription: "clearly more, but only a bound was asked for, and it is kept", gain: 2,
            aims: [finding(shift: 3, isObjective: false, bound: 110)], decision: .adopt,
            reasons: [.heldOutBetter, .otherAimsHeld]),
        Case(
            testDescription: "a broken bound", gain: 2, aims: [finding(shift: -3, isObjective: false, bound: 98)],
            decision: .keepDefault, reasons: [.heldOutBetter, .boundBroken]),
        Case(
            testDescription: "a bound of the sum, kept by each fold alone", gain: 2,
            aims: [finding(shift: 0, isObjective: false, bound: 3_999, .sumOfFolds)], decision: .keepDefault,
            reasons: [.heldOutBetter, .boundBroken]),
        Case(
            testDescription: "worse and a broken bound", gain: 2, aims: [finding(shift: 3, bound: 101)],
            decision: .keepDefault, reasons: [.heldOutBetter, .otherAimWorse, .boundBroken]),
        Case(
            testDescription: "an unclear gain is not traded for more of it", gain: 0.1, aims: [finding(shift: 3)],
            decision: .keepDefault, reasons: [.heldOutUnclear, .otherAimWorse]),
        Case(
            testDescription: "no gain, and more of it", gain: -1, aims: [finding(shift: 3)], decision: .keepDefault,
            reasons: [.heldOutWorse, .otherAimWorse]),
        Case(
            testDescription: "less of it does not make up for no gain", gain: -1, aims: [finding(shift: -3)],
            decision: .keepDefault, reasons: [.heldOutWorse]),
    ]

    @Test(arguments: cases)
    func `a gain is adopted only where nothing else that was asked for is worse`(one: Case) throws {
        let verdict = Verdict(try Self.evidence(gain: one.gain, one.aims))
        #expect(verdict.decision == one.decision && verdict.reasons == one.reasons, "\(verdict.reasons)")
    }

    @Test func `the sentence names what stood against it, with its figures`() throws {
        let worse = Verdict(try Self.evidence([Self.finding(shift: -3), Self.finding("failed gas", shift: 3)])).sentence
        #expect(worse.hasPrefix("Keep the default: on 40 held-out tapes the candidate gains 2 ("), "\(worse)")
        #expect(worse.contains("against it stands its failed gas: 3 a fold above the default's (2."), "\(worse)")
        #expect(!worse.contains("drawdown"), "\(worse)")
        let broken = Verdict(try Self.evidence([Self.finding(shift: 3, isObjective: false, bound: 104.5)])).sentence
        #expect(broken.contains("against it stands its drawdown of 105, above the bound of 104.5"), "\(broken)")
        let held = Verdict(try Self.evidence([Self.finding(shift: -3)])).sentence
        #expect(held.hasPrefix("Adopt: ") && held.contains("nothing says that its drawdown is worse"), "\(held)")
    }

    @Test func `the sentence says where the held-out stretches come from`() throws {
        let sentence = Verdict(try Self.evidence([], sharesTapes: true)).sentence
        #expect(sentence.contains("on 40 held-out stretches of tapes that were searched on"), "\(sentence)")
    }

    @Test func `a finding is a paired difference and says which way its interval lies`() {
        let (worse, better) = (Self.finding(shift: 3), Self.finding(shift: -3))
        #expect(worse.isWorse && !worse.isBetter && better.isBetter && !better.isWorse)
        #expect(abs(worse.increase.mean - 3) < 1e-9 && worse.increase.low < 3 && worse.increase.high > 3)
        #expect(worse.found == 105 && worse.initial == 100 && !worse.breaksBound)
        #expect(Self.finding(shift: 0, .sumOfFolds).found == 4_000)
    }

    // MARK: who is put to the confirmation

    /// A race of points whose merit and cost on every tape are these; the default has 0 and 10.
    private static func plan(_ points: [(merit: Double, cost: Double)], aims: [Aim]) throws -> ConfirmationPlan {
        let space = try SearchSpace([
            SearchParameter("n", .integer(low: 0, high: 9, isLogarithmic: false), default: 0)
        ])
        let all = [(merit: 0.0, cost: 10.0)] + points
        func outcome(_ trial: TapeTrial) -> TapeOutcome {
            let own = all[Int(trial.point[0])]
            let noise = Double(trial.tape % 3) - 1
            let scores = [own.merit] + (aims.isEmpty ? [] : [-own.cost])
            return TapeOutcome(
                scores: scores, costs: aims.map { _ in own.cost + (trial.point[0] == 0 ? 0 : noise / 10) })
        }
        var race = Race(
            points.indices.map { SpacePoint([Double($0 + 1)]) }, default: space.defaultPoint, tapes: 21, seed: 1)
        while !race.isOver { race.tell(race.ask().map { ($0, outcome($0)) }) }
        return ConfirmationPlan(
            race, trials: points.indices.map { SpacePoint([Double($0 + 1)]) }, in: space, training: 21,
            heldOut: 21..<42, seed: 1, aims: aims)
    }

    @Test func `of several objectives the greatest gain that costs nothing else is confirmed, not the end of a front`()
        throws
    {
        let aim = Aim("drawdown", .largestOfFolds, isObjective: true)
        // The second does nothing and risks nothing; the third earns most and risks more than the default.
        let points: [(merit: Double, cost: Double)] = [(5, 8), (-20, 0), (9, 30)]
        #expect(try Self.plan(points, aims: [aim]).candidate == SpacePoint([1]))
        #expect(try Self.plan(points, aims: []).candidate == SpacePoint([3]))
        let none = try Self.plan([(-20, 0), (9, 30)], aims: [aim])
        #expect(none.isDefault && none.ask().isEmpty, "what gains costs more, and what costs less gains nothing")
    }
}
