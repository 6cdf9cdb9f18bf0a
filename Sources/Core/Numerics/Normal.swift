/// The standard normal distribution, accurate relatively in both tails: a chance of 10^-300 has as many right digits
/// as one of a half, so that prices far out of the money keep their meaning.
///
/// | function | bound on the error | at the edges |
/// |---|---|---|
/// | `density` | 4 ulp | 0 beyond ±39 |
/// | `cumulative` | 10 ulp | 0 below −39, 1 above 39 |
/// | `millsRatio` | 7 ulp | for 0...40 only |
/// | `inverseCumulative` | 8 ulp of the result | ∓∞ at 0 and 1, not a number outside |
///
/// A NaN gives `Double.nan`. Same bits everywhere, as `Elementary`.
package enum Normal {
    package static let densityUlps = 4.0
    package static let cumulativeUlps = 10.0

    /// 1 / √(2π).
    static let rootInverse = 0x1.9884533d43651p-2
    static let halfRootInverse = 0x1.9884533d43651p-3
    /// Where `survival` ends: at −37.5 n is still a normal number, and an option worth less than 10^-307 of its leg.
    @inlinable package static var survivalEdge: Double { 37.5 }
    /// Beyond it both functions are below the smallest subnormal number.
    static let edge = 39.0
    /// Where the fit of the Mills ratio is centred.
    static let center = 6.0

    /// n(x) = e^(−x²/2) / √(2π).
    package static func density(_ x: Double) -> Double {
        guard x.magnitude < edge else { return x.isNaN ? .nan : 0 }
        return densityWithin(x)
    }

    /// n(x) for |x| < 39, without a branch.
    static func densityWithin(_ x: Double) -> Double {
        let (square, rest) = squared(x)
        return Elementary.expWithin(-0.5 * square) * (rootInverse - halfRootInverse * rest)
    }

    /// n(x) for |x| ≤ `survivalEdge`, where it is no subnormal number.
    static func densityNormal(_ x: Double) -> Double {
        let (square, rest) = squared(x)
        return Elementary.expNormal(-0.5 * square) * (rootInverse - halfRootInverse * rest)
    }

    /// x² in two parts, exactly: rounding it to one would cost the density x²/4 ulps, 180 in the far tail.
    private static func squared(_ x: Double) -> (square: Double, rest: Double) {
        let high = Double(bitPattern: x.bitPattern & 0xFFFF_FFFF_F800_0000)
        let low = x - high
        let square = x * x
        return (square, ((high * high - square) + 2 * high * low) + low * low)
    }

    /// N(x), the chance of a number below x.
    package static func cumulative(_ x: Double) -> Double {
        guard x.magnitude < edge else { return x.isNaN ? .nan : x < 0 ? 0 : 1 }
        let tail = densityWithin(x) * millsRatio(x.magnitude)
        return x < 0 ? tail : 1 - tail
    }

    /// (1 − N(x)) / n(x) for 0 ≤ x ≤ 40: smooth and slowly varying, so one polynomial serves everywhere.
    ///
    /// (x + 6) times the ratio is fitted in t = (6 − x) / (6 + x), off by 2^-53 (the mapping is that of Shepherd and
    /// Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x", 1981).
    package static func millsRatio(_ x: Double) -> Double { millsRatio(x, inverse: 1 / (center + x)) }

    /// N(y) − N(−z) · n(y) / n(z) for y and z within ±`survivalEdge`, z not negative: the share of its lesser leg that an option out of the
    /// money is worth. As n(y) (M(−y) − M(z)) no two large numbers are subtracted, however far the tail.
    package static func survival(_ y: Double, _ z: Double) -> Double {
        let (inner, outer) = millsRatios(y.magnitude, z)
        let density = densityNormal(y)
        return max(y < 0 ? density * (inner - outer) : 1 - density * (inner + outer), 0)
    }

    /// Two Mills ratios for one division; an ulp less sharp.
    private static func millsRatios(_ x: Double, _ z: Double) -> (Double, Double) {
        let (a, b) = (center + x, center + z)
        let inverse = 1 / (a * b)
        return (millsRatio(x, inverse: inverse * b), millsRatio(z, inverse: inverse * a))
    }

    /// `inverse` is 1 / (6 + x).
    static func millsRatio(_ x: Double, inverse: Double) -> Double {
        let t = (center - x) * inverse
        let t2 = t * t
        let t4 = t2 * t2
        let t8 = t4 * t4
        let low = millsLow(t, t2, t4)
        let middle = millsMiddle(t, t2, t4)
        return (low + (middle + millsHigh(t, t2, t4) * t8) * t8) * inverse
    }

    private static func millsLow(_ t: Double, _ t2: Double, _ t4: Double) -> Double {
        let a = 0x1.f2d2fd15d616dp+0 + 0x1.c1d5d4c5f37fep+0 * t
        let b = 0x1.6d1b049a20240p+0 + 0x1.0999c262fe36cp+0 * t
        let c = 0x1.57ea9ca3592fap-1 + 0x1.87e5ceee0fb68p-2 * t
        let d = 0x1.81e690aacb7f8p-3 + 0x1.3e21804c18334p-4 * t
        return (a + b * t2) + (c + d * t2) * t4
    }

    private static func millsMiddle(_ t: Double, _ t2: Double, _ t4: Double) -> Double {
        let a = 0x1.9be92160aebfbp-6 + 0x1.5e2b0bf4cb34bp-8 * t
        let b = 0x1.5995e71d4fa83p-14 + -0x1.dcafc3ee98fdap-12 * t
        let c = -0x1.54655e1860923p-13 + -0x1.697803857b8fcp-19 * t
        let d = 0x1.1dfce3bba7b06p-16 + 0x1.2e2abe0d24b9ep-18 * t
        return (a + b * t2) + (c + d * t2) * t4
    }

    private static func millsHigh(_ t: Double, _ t2: Double, _ t4: Double) -> Double {
        let a = -0x1.250e971a1e15fp-20 + -0x1.99e8093a40f4fp-21 * t
        let b = 0x1.0c65161eb8a01p-25 + 0x1.96c0c62be0bbdp-24 * t
        let c = 0x1.3a0395e1ab4dcp-31 + -0x1.d998205da6e99p-28 * t
        return (a + b * t2) + c * t4
    }
}
