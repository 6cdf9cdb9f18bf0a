import Glibc
import Numerics
import Testing

@Suite struct NormalTests {
    /// erfc of a rounded x / √2 costs about x² half ulps, so the tolerance grows with the tail.
    @Test(arguments: 0..<8)
    func `the distribution agrees with erfc of the C library, far tails included`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<5_000 {
            let x = random.between(-37, 37)
            let other = 0.5 * erfc(-x * 0.5.squareRoot())
            let tolerance = (8 + x * x) * 0x1p-52 * other
            #expect((Normal.cumulative(x) - other).magnitude <= tolerance, "N(\(x)), seed \(seed)")
        }
    }

    @Test func `known values of the tails`() {
        // From mpmath with 50 digits.
        #expect(relativeDistance(Normal.cumulative(-10), 7.6198530241605261e-24) < 3e-15)
        #expect(relativeDistance(Normal.cumulative(-37), 5.7255712225245768e-300) < 3e-15)
        #expect(relativeDistance(Normal.density(37), 2.1200065515246056e-298) < 1e-15)
        #expect(Normal.cumulative(0) == 0.5)
        #expect(Normal.cumulative(-39) == 0 && Normal.cumulative(39) == 1)
    }

    @Test(arguments: 0..<4)
    func `the chances of both sides sum to one`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<5_000 {
            let x = random.between(-39, 39)
            let sum = Normal.cumulative(x) + Normal.cumulative(-x)
            #expect((sum - 1).magnitude <= 0x1p-51, "\(x), seed \(seed)")
        }
    }

    @Test(arguments: 0..<4)
    func `the inverse leads back`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<5_000 {
            let p = Elementary.exp(random.between(-700, -0.01))
            let x = Normal.inverseCumulative(p)
            // A relative error of x moves a far chance by x² times as much.
            #expect(relativeDistance(Normal.cumulative(x), p) < (8 + x * x) * 0x1p-50, "\(p), seed \(seed)")
        }
    }

    /// The kernel's lanes may not round otherwise than the pricer's scalars: each lane has the very bits.
    @Test(arguments: 0..<8)
    func `four lanes of survival are four scalars`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<300 {
            let edge = Normal.survivalEdge
            var (y, z) = (SIMD4<Double>(repeating: 0), FourDoubles(repeating: 0))
            for lane in y.indices {
                y[lane] = random.between(-edge, edge) * (lane % 2 == 0 ? 1 : 0.05)
                z[lane] = min(max(y[lane].magnitude, random.between(0, edge)), edge)
            }
            (y[0], z[1], z[2]) = (0, edge, y[2].magnitude)
            let lanes = Normal.survival(lanes: y, z)
            for lane in y.indices {
                let scalar = Normal.survival(y[lane], z[lane])
                #expect(lanes[lane].bitPattern == scalar.bitPattern, "survival(\(y[lane]), \(z[lane])), seed \(seed)")
            }
        }
    }

    @Test func `survival is the difference of two chances`() {
        // N(y) - N(-z) n(y) / n(z), where nothing cancels.
        for (y, z) in [(1.0, 2.0), (-0.5, 3), (0, 0.5), (5, 5.5)] {
            let plain = Normal.cumulative(y) - Normal.cumulative(-z) * Normal.density(y) / Normal.density(z)
            #expect((Normal.survival(y, z) - plain).magnitude < 1e-15, "\(y), \(z)")
        }
        #expect(Normal.survival(-Normal.survivalEdge, Normal.survivalEdge) == 0)
    }

    @Test func `infinities and not a number have their answers`() {
        #expect(Normal.density(.infinity) == 0 && Normal.density(-.infinity) == 0 && Normal.density(.nan).isNaN)
        #expect(Normal.cumulative(.infinity) == 1 && Normal.cumulative(-.infinity) == 0)
        #expect(Normal.cumulative(.nan).isNaN)
        #expect(Normal.inverseCumulative(0) == -.infinity && Normal.inverseCumulative(1) == .infinity)
        #expect(Normal.inverseCumulative(-0.01).isNaN && Normal.inverseCumulative(1.01).isNaN)
        #expect(Normal.inverseCumulative(.nan).isNaN && Normal.inverseCumulative(0.5) == 0)
    }

    private func relativeDistance(_ a: Double, _ b: Double) -> Double { (a - b).magnitude / b.magnitude }
}
