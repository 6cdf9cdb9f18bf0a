import Numerics

/// The chance that a score is real, given how many were tried (Bailey and López de Prado, "The deflated Sharpe ratio", 2014).
///
/// The best of N trials without any merit has an expected score above 0; what a candidate gained over the default is compared
/// with that, with the skew and the kurtosis of its gains. A ratio is the mean gain over the tapes by the gains' deviation.
public struct DeflatedScore: Hashable, Sendable {
    /// Euler's constant, of the expected maximum.
    private static let gamma = 0.577_215_664_901_532_9

    public let trials: Int
    public let ratio: Double
    /// The ratio that the best of as many trials without merit is expected to have.
    public let expectedMaximum: Double
    public let skew: Double
    public let kurtosis: Double
    /// The chance that the true ratio is above 0 rather than the luck of the best: near 1 is good.
    public let chance: Double

    /// `gains` are differences from the default, tape by tape. `trialVariance` is the variance of the ratios of the trials, and
    /// `trials` their true number: all that were ever tried, not those that were kept.
    public init(gains: [Double], trials: Int, trialVariance: Double) {
        precondition(gains.count >= 3, "Condition: a ratio has at least three gains")
        precondition(trials > 0 && trialVariance >= 0, "Condition: there was a trial")
        let moments = Moments(gains)
        self.trials = trials
        skew = moments.skew
        kurtosis = moments.kurtosis
        ratio = moments.deviation > 0 ? moments.mean / moments.deviation : 0
        expectedMaximum = Self.expectedMaximum(trials, trialVariance)
        let spread = max(1 - skew * ratio + (kurtosis - 1) / 4 * ratio * ratio, 1e-12)
        let distance = (ratio - expectedMaximum) * Double(gains.count - 1).squareRoot() / spread.squareRoot()
        // Gains without any spread: nothing to measure, so no evidence.
        chance = moments.deviation > 0 ? Normal.cumulative(distance) : 0
    }

    /// The variance of a ratio over so many tapes when there is no merit.
    ///
    /// The paper takes the variance of the trials' own ratios. In a search over parameters trials differ by merit, most of all
    /// the bad ones, and their spread would be counted as the luck of the best: then nothing could ever be adopted.
    public static func varianceWithoutMerit(tapes: Int) -> Double { 1 / Double(tapes) }

    /// The expected largest of N normal numbers with this variance.
    public static func expectedMaximum(_ trials: Int, _ variance: Double) -> Double {
        guard trials > 1 else { return 0 }
        let n = Double(trials)
        let first = -Normal.inverseCumulative(1 / n)
        let second = -Normal.inverseCumulative(1 / (n * Elementary.exp(1)))
        return variance.squareRoot() * ((1 - gamma) * first + gamma * second)
    }
}

/// Mean, deviation (with n − 1), and the third and fourth standardised moments (with n); a normal sample has kurtosis 3.
public struct Moments: Hashable, Sendable {
    public let mean: Double
    public let deviation: Double
    public let skew: Double
    public let kurtosis: Double

    public init(_ values: [Double]) {
        precondition(values.count >= 2, "Condition: a deviation has two values")
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        func moment(_ power: Int) -> Double {
            values.reduce(0) { sum, value in sum + (0..<power).reduce(1.0) { product, _ in product * (value - mean) } }
                / n
        }
        let second = moment(2)
        self.mean = mean
        deviation = (second * n / (n - 1)).squareRoot()
        skew = second > 0 ? moment(3) / (second * second.squareRoot()) : 0
        kurtosis = second > 0 ? moment(4) / (second * second) : 3
    }
}
