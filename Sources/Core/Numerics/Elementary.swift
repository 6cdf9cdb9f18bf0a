/// Exponential and logarithm out of + − × ÷, their fused form and bit operations alone, so that every machine and every optimisation
/// level gives the same bits. The C library promises neither: it picks another routine by processor.
///
/// | function | bound on the error, against 200-bit arithmetic | at the edges |
/// |---|---|---|
/// | `exp` | 1 ulp | 0 below −745.14, ∞ above 709.79 |
/// | `log` | 1 ulp | −∞ at 0, not a number below |
/// | `log1p` | 1 ulp | −∞ at −1, not a number below; keeps the sign of a zero |
///
/// A NaN gives the one NaN `Double.nan`. The coefficients come from `scripts/numerics_coefficients.py`; the bounds are
/// checked by `Tests/Reference/numerics.py` and the bits by `NumericsChecksum`.
public enum Elementary {
    /// Errors in ulps that the doc comments promise and `Enclosure` relies on.
    public static let expUlps = 1.0
    public static let logUlps = 1.0

    /// ln 2 in two parts: the first has 32 bits, so its product with an exponent is exact.
    static let ln2High = 0x1.62e42feep-1
    static let ln2Low = 0x1.a39ef35793c76p-33
    static let ln2Inverse = 0x1.71547652b82fep+0
    /// Adding it rounds to an integer and leaves that integer in the low bits.
    static let rounder = 0x1.8p52

    /// e to the x.
    public static func exp(_ x: Double) -> Double {
        guard x < 709.79 else { return x.isNaN ? .nan : .infinity }
        guard x > -745.14 else { return x.isNaN ? .nan : 0 }
        return expWithin(x)
    }

    /// e to the x for −1 400 < x < 709.79, without a branch: 0 where that is nearest.
    ///
    /// x = k ln 2 + r with |r| ≤ ln 2 / 2, then 1 + r + r² P(r). The power of two is multiplied in two halves:
    /// each is a normal number, and a subnormal result is rounded only once.
    static func expWithin(_ x: Double) -> Double {
        let (y, k) = reduced(x)
        let half = k &>> 1
        return y * powerOfTwo(half) * powerOfTwo(k &- half)
    }

    /// e to the x for −708 < x < 709, where one power of two is enough.
    static func expNormal(_ x: Double) -> Double {
        let (y, k) = reduced(x)
        return y * powerOfTwo(k)
    }

    /// The y and k with e to the x = y · 2^k.
    private static func reduced(_ x: Double) -> (y: Double, k: Int64) {
        let shifted = x * ln2Inverse + rounder
        let count = Int64(bitPattern: shifted.bitPattern &- rounder.bitPattern)
        return (powerOfRemainder(x, shifted - rounder), count)
    }

    /// e to the r for r = x − k ln 2. `high` is exact, and what rounding r costs is not carried on: the two parts are summed last.
    @inline(__always)
    static func powerOfRemainder<N: Fusing>(_ x: N, _ k: N) -> N {
        let high = x - k * .constant(ln2High)
        let low = k * .constant(ln2Low)
        let r = high - low
        return .constant(1) + (high - (low - r * r * Polynomials.exponentialTail(r)))
    }

    /// 2 to the k for −1022 ≤ k ≤ 1023.
    static func powerOfTwo(_ k: Int64) -> Double { Double(bitPattern: UInt64(bitPattern: (k &+ 1023) &<< 52)) }
}
