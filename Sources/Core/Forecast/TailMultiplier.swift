import Numerics

/// How many deviations a move of a given rarity has, when returns have fatter tails than the normal distribution's.
public enum TailMultiplier {
    /// The quantile that is exceeded upwards with `probability`, of a Student-t distribution scaled to variance one:
    /// t · √((ν − 2)/ν). Degrees of freedom above two, so that there is a variance; infinite ones are the normal distribution.
    public static func student(exceededWith probability: Double, degrees: Double) -> Double {
        precondition(probability > 0 && probability < 0.5, "Condition: a tail is a probability below one half")
        precondition(degrees > 2, "Condition: a Student-t distribution has a variance above two degrees of freedom")
        guard degrees.isFinite else { return -Normal.inverseCumulative(probability) }
        return StudentT(degrees: degrees).upperQuantile(probability) * ((degrees - 2) / degrees).squareRoot()
    }
}
