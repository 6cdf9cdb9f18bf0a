public import Forecast
import Units

/// Predicted crossings against recorded prices: at moments of a recording, accounts at given distances from their edge are
/// predicted from the volatility so far, and followed for the horizon.
///
/// An account holds one asset against money, or owes it, or holds one of two assets and owes the other; its variance is its
/// own, correlation included. Prices are looked at once a minute, by prediction and outcome alike. Samples overlap in time, so
/// that they are many and not independent: the table says how honest predictions are, not how sure one can be of it.
public struct ReliabilityStudy: Sendable {
    public struct Sample: Sendable {
        var excess: Double
        var deviation: Double
        var crossed: Bool
    }

    public let name: String
    public let samples: [Sample]

    /// Rows that a prediction looks ahead.
    public static let horizonRows = 10
    /// Rows between two predictions.
    static let stride = 5
    /// Rows before anything is predicted.
    static let warmUp = 60
    static let halfLifeRows = 60.0
    static let gapMax = Interval.seconds(600)
    /// A horizon that takes longer has a hole in it.
    static let horizonMax = Interval.seconds(1_200)
    /// Distances to the edge, as shares of the price.
    static let distances = [0.000_5, 0.001, 0.002, 0.003, 0.005, 0.007_5, 0.01, 0.015, 0.02, 0.03, 0.05]

    public init(_ recorded: RecordedPrices) {
        name = recorded.name
        var samples: [Sample] = []
        var covariance = Covariance(count: recorded.assets.count, halfLife: Self.halfLifeRows)
        for row in recorded.moments.indices {
            if row > 0, recorded.moments[row] - recorded.moments[row - 1] > Self.gapMax {
                covariance = Covariance(count: recorded.assets.count, halfLife: Self.halfLifeRows)
            }
            let prices = recorded.prices[row]
            covariance.observe(prices.span)
            let end = row + Self.horizonRows
            guard covariance.samples > Self.warmUp, row % Self.stride == 0, end < recorded.moments.count,
                recorded.moments[end] - recorded.moments[row] < Self.horizonMax
            else { continue }
            Self.append(at: row, of: recorded, covariance, to: &samples)
        }
        self.samples = samples
    }

    private static func append(
        at row: Int, of recorded: RecordedPrices, _ covariance: Covariance, to samples: inout [Sample]
    ) {
        let exposures = recorded.assets.count == 2 ? [1.0, -1] : [1]
        let deviation = (covariance.variance(exposures.span) * Double(horizonRows)).squareRoot()
        let now = value(recorded.prices[row])
        var (lowest, highest) = (now, now)
        for later in row + 1...row + horizonRows {
            lowest = min(lowest, value(recorded.prices[later]))
            highest = max(highest, value(recorded.prices[later]))
        }
        for distance in distances {
            let down = logDistance(distance)
            samples.append(Sample(excess: down, deviation: deviation, crossed: lowest <= now * (1 - distance)))
            samples.append(Sample(excess: down, deviation: deviation, crossed: highest >= now / (1 - distance)))
        }
    }

    /// What is held in what is owed.
    private static func value(_ prices: [Double]) -> Double { prices.count == 2 ? prices[0] / prices[1] : prices[0] }

    /// −ln(1 − x), by its series: the distances are small.
    private static func logDistance(_ x: Double) -> Double {
        var (sum, power) = (0.0, x)
        for term in 1...12 {
            sum += power / Double(term)
            power *= x
        }
        return sum
    }

    public func table(_ passage: FirstPassage) -> Reliability {
        var table = Reliability()
        for sample in samples {
            table.note(
                passage.probability(excess: sample.excess, deviation: sample.deviation), happened: sample.crossed)
        }
        return table
    }

    /// The parameters of the least log loss, out of a grid: found on one recording, to be tried on others.
    public func calibrated() -> FirstPassage {
        var best = (passage: FirstPassage(), loss: Double.infinity)
        for factor in [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2] {
            for (jumps, size) in [(0.0, 0.0), (0.05, 2), (0.05, 4), (0.15, 2), (0.15, 4), (0.4, 1.5), (0.4, 2.5)] {
                let passage = FirstPassage(
                    deviationFactor: factor, jumps: jumps, jumpSize: size, looks: Double(Self.horizonRows))
                let loss = table(passage).logLoss
                if loss < best.loss { best = (passage, loss) }
            }
        }
        return best.passage
    }
}
