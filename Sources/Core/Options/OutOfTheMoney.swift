import Numerics

/// The undiscounted value of whichever of call and put is out of the money, and what its Greeks share.
///
/// With m = |ln(F/K)| and s = σ√τ let y = s/2 − m/s and z = s/2 + m/s. For F ≤ K these are d1 and −d2, for F > K they are
/// −d2 and d1: either way the option worth only hope costs min(F, K) · N(y) − max(F, K) · N(−z). Because
/// min(F, K) · n(y) = max(F, K) · n(z), one density serves both terms, and with the Mills ratio M it reads
/// min(F, K) · n(y) · (M(−y) − M(z)). No two large numbers are subtracted, however far the strike.
///
/// In the money the same plus the intrinsic value (put-call parity), so a price is never below intrinsic.
/// When s is 0 nothing is left: value, density and chances are 0, but chances of a half at the strike itself.
struct OutOfTheMoney: Sendable {
    let lesser: Double
    /// s/2 − m/s and s/2 + m/s.
    let y: Double
    let z: Double
    /// n(y).
    let density: Double

    /// A spread smaller than any that matters: keeps 0 ÷ 0 out.
    static var spreadMin: Double { 0x1p-500 }
    /// With both y and z held here nothing is left of the value, exactly: M(−y) = M(z).
    static var edge: Double { Normal.survivalEdge }

    /// - Parameters:
    ///   - moneyness: ln(F/K), of either sign.
    ///   - spread: σ√τ, not negative.
    init(lesser: Double, moneyness: Double, spread: Double) {
        self.lesser = lesser
        let s = max(spread, Self.spreadMin)
        let h = moneyness.magnitude / s
        y = 0.5 * s - h
        z = 0.5 * s + h
        density = Normal.density(y)
    }

    /// Undiscounted, not negative.
    var value: Double {
        lesser * Normal.survival(min(max(y, -Self.edge), Self.edge), min(z, Self.edge))
    }
}
