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
public enum Normal {
    public static let densityUlps = 4.0
    public static let cumulativeUlps = 10.0

    /// 1 / √(2π).
    static let rootInverse = 0x1.9884533d43651p-2
    static let halfRootInverse = 0x1.9884533d43651p-3
    /// Where `survival` ends: at −37.5 n is still a normal number, and an option worth less than 10^-307 of its leg.
    @inlinable public static var survivalEdge: Double { 37.5 }
    /// Beyond it both functions are below the smallest subnormal number.
    static let edge = 39.0
    /// Where the fit of the Mills ratio is centred.
    static let center = 6.0

    /// n(x) = e^(−x²/2) / √(2π).
    public static func density(_ x: Double) -> Double {
        guard x.magnitude < edge else { return x.isNaN ? .nan : 0 }
        return densityWithin(x)
    }

    /// n(x) for |x| < 39, without a branch.
    static func densityWithin(_ x: Double) -> Double {
        let (square, rest) = squared(x)
        return Elementary.expWithin(-0.5 * square) * rootInverse.plus(-halfRootInverse, times: rest)
    }

    /// n(x) for |x| ≤ `survivalEdge`, where it is no subnormal number.
    static func densityNormal(_ x: Double) -> Double {
        let (square, rest) = squared(x)
        return Elementary.expNormal(-0.5 * square) * rootInverse.plus(-halfRootInverse, times: rest)
    }

    /// x² in two parts, exactly: rounding it to one would cost the density x²/4 ulps, 180 in the far tail.
    @inline(__always)
    static func squared<N: Fusing>(_ x: N) -> (square: N, rest: N) {
        let square = x * x
        return (square, (square * .constant(-1)).plus(x, times: x))
    }

    /// N(x), the chance of a number below x.
    public static func cumulative(_ x: Double) -> Double {
        guard x.magnitude < edge else { return x.isNaN ? .nan : x < 0 ? 0 : 1 }
        let tail = densityWithin(x) * millsRatio(x.magnitude)
        return x < 0 ? tail : 1 - tail
    }

    /// (1 − N(x)) / n(x) for 0 ≤ x ≤ 40: smooth and slowly varying, so one polynomial serves everywhere.
    ///
    /// (x + 6) times the ratio is fitted in t = (6 − x) / (6 + x), off by 2^-53 (the mapping is that of Shepherd and
    /// Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x", 1981).
    public static func millsRatio(_ x: Double) -> Double { millsRatio(x, inverse: 1 / (center + x)) }

    /// N(y) − N(−z) · n(y) / n(z) for y and z within ±`survivalEdge`, z not negative: the share of its lesser leg that an option out of the
    /// money is worth. As n(y) (M(−y) − M(z)) no two large numbers are subtracted, however far the tail.
    public static func survival(_ y: Double, _ z: Double) -> Double {
        let (inner, outer) = millsRatios(y.magnitude, z)
        let (base, inside) = y < 0 ? (0.0, inner) : (1.0, -inner)
        return max(base.plus(densityNormal(y), times: inside - outer), 0)
    }

    /// Two Mills ratios for one division; an ulp less sharp.
    private static func millsRatios(_ x: Double, _ z: Double) -> (Double, Double) {
        let (a, b) = (center + x, center + z)
        let inverse = 1 / (a * b)
        return (millsRatio(x, inverse: inverse * b), millsRatio(z, inverse: inverse * a))
    }

    /// `inverse` is 1 / (6 + x).
    @inline(__always)
    static func millsRatio<N: Fusing>(_ x: N, inverse: N) -> N {
        Polynomials.mills((.constant(center) - x) * inverse) * inverse
    }
}
