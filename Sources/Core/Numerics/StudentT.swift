/// Student's t distribution for 3 or more degrees of freedom, fractional ones too: for means of few observations.
///
/// | function | bound on the relative error, against 200-bit arithmetic |
/// |---|---|
/// | `upperTail` | 4e-13 over the same range |
/// | `upperQuantile` | 4e-13, for chances of 1e-12 up to 0.499 and degrees up to 10 000 |
///
/// Nearer to a half the quantile goes to 0 and the last bit of the chance itself decides: there the error is absolute.
/// The tail is an incomplete beta function by its continued fraction (Lentz; Abramowitz and Stegun 26.5.8); the quantile is
/// Newton's method on its logarithm, which cannot run away because that is concave. Same bits everywhere, as `Elementary`.
public struct StudentT: Sendable {
    public let degrees: Double
    /// The density at 0 times √degrees: Γ((ν + 1)/2) / (√π Γ(ν/2)).
    private let scale: Double

    private static let newtonStepsMax = 60
    private static let fractionStepsMax = 2_000

    public init(degrees: Double) {
        precondition(degrees >= 3 && degrees <= 1e6, "Condition: there are 3 to a million degrees of freedom")
        self.degrees = degrees
        scale = Self.gammaRatio(degrees / 2) * 0x1.20dd750429b6dp-1
    }

    /// The density at t.
    public func density(_ t: Double) -> Double {
        let power = -0.5 * (degrees + 1) * Elementary.log1p(t * t / degrees)
        return scale / degrees.squareRoot() * Elementary.exp(power)
    }

    /// The chance of a number above t, for t ≥ 0.
    public func upperTail(_ t: Double) -> Double {
        precondition(t >= 0, "Condition: the upper tail begins at 0")
        guard t > 0 else { return 0.5 }
        let square = t * t
        let (x, rest) = (degrees / (degrees + square), square / (degrees + square))
        // x^(ν/2) √(1 − x) / B(ν/2, ½).
        let front = scale * rest.squareRoot() * Elementary.exp(-0.5 * degrees * Elementary.log1p(square / degrees))
        let a = degrees / 2
        if x < (a + 1) / (a + 2.5) { return 0.5 * front * Self.fraction(x, a, 0.5) / a }
        return 0.5 - front * Self.fraction(rest, 0.5, a)
    }

    /// The t above which a number falls with chance p, for 0 < p ≤ ½.
    public func upperQuantile(_ p: Double) -> Double {
        precondition(p > 0 && p <= 0.5, "Condition: a chance of the upper half is above 0 and at most a half")
        guard p < 0.5 else { return 0 }
        let z = -Normal.inverseCumulative(p)
        var t = z + z * (z * z + 1) / (4 * degrees)
        for _ in 0..<Self.newtonStepsMax {
            let tail = upperTail(t)
            // In ln t for a tail, whose logarithm is almost straight there; in t near the middle.
            let error = tail / p
            let step =
                p < 0.2
                ? Elementary.exp(tail * Elementary.log(error) / (t * density(t))) : 1 + (tail - p) / (t * density(t))
            t *= max(step, 0.1)
            if (step - 1).magnitude < 0x1p-48 { break }
        }
        return t
    }

    /// Γ(a + ½) / Γ(a): an asymptotic series for large a, reached by steps of one.
    private static func gammaRatio(_ a: Double) -> Double {
        var (large, factor) = (a, 1.0)
        while large < 40 {
            factor *= large / (large + 0.5)
            large += 1
        }
        let u = 1 / large
        let tail = u * (5.0 / 1_024 + u * (-21.0 / 32_768 + u * (-399.0 / 262_144 + u * (869.0 / 4_194_304))))
        return factor * large.squareRoot() * (1 + u * (-1.0 / 8 + u * (1.0 / 128 + tail)))
    }

    /// The continued fraction of the incomplete beta function, by Lentz's method.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        var c = 1.0
        var d = 1 / (1 - (a + b) * x / (a + 1))
        var sum = d
        for step in 1...fractionStepsMax {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / (1 + even * d)
            c = 1 + even / c
            sum *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / (1 + odd * d)
            c = 1 + odd / c
            sum *= d * c
            if (d * c - 1).magnitude < 0x1p-51 { break }
        }
        return sum
    }
}
