import Glibc
import Numerics
import Testing

/// A second look at what `Tests/Reference/numerics.py` proves with mpmath: glibc's functions are within an ulp themselves.
@Suite struct ElementaryTests {
    @Test(arguments: 0..<8)
    func `exp, log and log1p are within two ulps of the C library`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<5_000 {
            let x = random.between(-745, 709)
            #expect(ulps(Elementary.exp(x), Glibc.exp(x)) <= 2, "exp(\(x)), seed \(seed)")
            let y = random.positive()
            #expect(ulps(Elementary.log(y), Glibc.log(y)) <= 2, "log(\(y)), seed \(seed)")
            let z = random.between(-1, 3)
            #expect(ulps(Elementary.log1p(z), Glibc.log1p(z)) <= 2, "log1p(\(z)), seed \(seed)")
        }
    }

    @Test func `exp of what is too large or too small is infinite or zero`() {
        #expect(Elementary.exp(.infinity) == .infinity)
        #expect(Elementary.exp(709.783) == .infinity)
        #expect(Elementary.exp(709.782) < .infinity)
        #expect(Elementary.exp(-745.2) == 0 && Elementary.exp(-.infinity) == 0)
        #expect(Elementary.exp(-745.1) == .leastNonzeroMagnitude)
        #expect(Elementary.exp(0) == 1 && Elementary.exp(-0.0) == 1)
    }

    @Test func `a logarithm has a value for positive numbers only`() {
        #expect(Elementary.log(0) == -.infinity && Elementary.log(-0.0) == -.infinity)
        #expect(Elementary.log(-1).isNaN && Elementary.log(-.infinity).isNaN)
        #expect(Elementary.log(.infinity) == .infinity && Elementary.log(1) == 0)
        #expect(Elementary.log1p(-1) == -.infinity && Elementary.log1p(-1.1).isNaN)
        #expect(Elementary.log1p(.infinity) == .infinity)
        #expect(Elementary.log1p(-0.0).sign == .minus, "the sign of a zero is kept")
        #expect(Elementary.log1p(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
    }

    @Test func `not a number stays the one not a number`() {
        let payload = Double(nan: 0x123, signaling: false)
        for result in [Elementary.exp(payload), Elementary.log(payload), Elementary.log1p(payload)] {
            #expect(result.bitPattern == Double.nan.bitPattern)
        }
    }

    @Test func `this build gives the bits that every build gives`() {
        #expect(NumericsChecksum.sweep() == NumericsChecksum.golden)
    }
}
