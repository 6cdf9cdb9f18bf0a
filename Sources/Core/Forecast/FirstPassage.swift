import Numerics

/// How likely an account is to cross its edge at some time within a horizon.
///
/// Without drift and with continuous paths the reflection principle gives P = 2·N(−d/σ) for an excess of d and a deviation of
/// σ over the horizon. Jumps arrive as a Poisson process with normal sizes (Merton 1976): given n of them the variance is
/// σ²(1 + n·κ²), and reflection holds from above, since a jump may cross and come back. So this errs on the side of crossing.
public struct FirstPassage: Equatable, Sendable {
    /// By how much measured deviations are multiplied: what calibration finds.
    public var deviationFactor: Double
    /// Expected jumps within the horizon.
    public var jumps: Double
    /// A jump's deviation over the diffusion's over the horizon.
    public var jumpSize: Double
    /// How often within the horizon the price is looked at (the oracle's updates); infinite is always. What crosses and
    /// comes back between two looks was never seen.
    public var looks: Double

    public init(deviationFactor: Double = 1, jumps: Double = 0, jumpSize: Double = 0, looks: Double = .infinity) {
        precondition(deviationFactor > 0 && jumps >= 0 && jumpSize >= 0 && looks >= 1, "Condition: a path moves")
        self.looks = looks
        self.deviationFactor = deviationFactor
        self.jumps = jumps
        self.jumpSize = jumpSize
    }

    /// The probability of crossing. `excess` and `deviation` in the same unit; at or below the edge it is one.
    public func probability(excess: Double, deviation: Double) -> Double {
        guard excess > 0 else { return 1 }
        let scaled = deviation * deviationFactor
        guard scaled > 0 else { return 0 }
        let distance = excess / scaled + Self.continuityCorrection / looks.squareRoot()
        var weight = Elementary.exp(-jumps)
        var sum = 0.0
        for count in 0...Self.jumpsMax {
            let spread = (1 + Double(count) * jumpSize * jumpSize).squareRoot()
            sum += weight * min(1, 2 * Normal.cumulative(-distance / spread))
            weight *= jumps / Double(count + 1)
        }
        return min(sum, 1)
    }

    /// −ζ(1/2)/√(2π): by so many deviations between two looks the edge seems further away (Broadie, Glasserman and Kou 1997).
    static let continuityCorrection = 0.582_597_157_939_010_7
    /// More jumps than these within a horizon are left out; with one expected, their probability is below 10^-9.
    static let jumpsMax = 12
}
