import Numerics
import Testing

/// Known values; the error bound is checked by `Tests/Reference/student.py`.
@Suite struct StudentTTests {
    struct Known: Sendable {
        let degrees: Double
        let chance: Double
        let quantile: Double
    }

    // From mpmath with 40 digits.
    @Test(arguments: [
        Known(degrees: 3, chance: 0.05, quantile: 2.3533634348018238),
        Known(degrees: 10, chance: 0.01, quantile: 2.7637694581126962),
        Known(degrees: 30, chance: 0.025, quantile: 2.0422724563012383),
        Known(degrees: 4.5, chance: 0.001, quantile: 6.4212428842957919),
    ])
    func `quantiles of the tables`(known: Known) {
        let found = StudentT(degrees: known.degrees).upperQuantile(known.chance)
        #expect((found / known.quantile - 1).magnitude < 1e-12, "\(known) gives \(found)")
    }

    @Test func `the middle is zero and the tail falls from a half`() {
        let student = StudentT(degrees: 7.5)
        #expect(student.upperQuantile(0.5) == 0 && student.upperTail(0) == 0.5)
        #expect(student.upperTail(1) > student.upperTail(2) && student.upperTail(2) > 0)
    }

    @Test func `with many degrees it is the normal distribution`() {
        let student = StudentT(degrees: 1e6)
        #expect((student.upperQuantile(0.01) + Normal.inverseCumulative(0.01)).magnitude < 1e-5)
        #expect((student.density(0.5) - Normal.density(0.5)).magnitude < 1e-6)
    }

    @Test(arguments: 0..<4)
    func `the quantile leads back to its chance`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<200 {
            let (student, chance) = (StudentT(degrees: random.between(3, 200)), random.between(1e-9, 0.5))
            let back = student.upperTail(student.upperQuantile(chance))
            #expect((back / chance - 1).magnitude < 1e-12, "\(student.degrees), \(chance), seed \(seed)")
        }
    }

    @Test func `too few degrees or a chance of the lower half is the caller's fault`() async {
        await #expect(processExitsWith: .failure) { _ = StudentT(degrees: 2.9) }
        await #expect(processExitsWith: .failure) { _ = StudentT(degrees: 5).upperQuantile(0.6) }
        await #expect(processExitsWith: .failure) { _ = StudentT(degrees: 5).upperQuantile(0) }
    }
}
