import Numerics

/// Exponentially weighted variances and covariances of log returns of several prices, sampled together at equal steps.
public struct Covariance: Equatable, Sendable {
    public let count: Int
    private let kept: Double
    private var last: ContiguousArray<Double>
    private var matrix: ContiguousArray<Double>
    /// Samples taken in; nothing is known before two prices of each.
    public private(set) var samples = 0

    /// `halfLife` in steps.
    public init(count: Int, halfLife: Double) {
        precondition(count > 0 && halfLife > 0, "Condition: there is something to weigh, and a half-life")
        self.count = count
        kept = Elementary.exp(-ExponentialVolatility.ln2 / halfLife)
        last = ContiguousArray(repeating: 0, count: count)
        matrix = ContiguousArray(repeating: 0, count: count * count)
    }

    /// Takes in one price of each.
    public mutating func observe(_ prices: Span<Double>) {
        precondition(prices.count == count, "Condition: one price of each")
        var changes = ContiguousArray(repeating: 0.0, count: count)
        for i in 0..<count {
            precondition(prices[i] > 0, "Condition: a price is positive")
            let log = Elementary.log(prices[i])
            changes[i] = log - last[i]
            last[i] = log
        }
        samples += 1
        guard samples > 1 else { return }
        // The first return is the whole estimate; from then on it is one among many.
        let share = samples == 2 ? 1 : 1 - kept
        for i in 0..<count {
            for j in 0..<count {
                matrix[i * count + j] += share * (changes[i] * changes[j] - matrix[i * count + j])
            }
        }
    }

    /// Of one step.
    public func covariance(_ i: Int, _ j: Int) -> Double { matrix[i * count + j] }

    public func correlation(_ i: Int, _ j: Int) -> Double {
        let spread = (covariance(i, i) * covariance(j, j)).squareRoot()
        return spread > 0 ? min(1, max(-1, covariance(i, j) / spread)) : i == j ? 1 : 0
    }

    /// Σᵢⱼ eᵢeⱼ·cov(i, j), of a step: the variance of an account whose value changes by eᵢ per unit of log return.
    public func variance(_ exposures: Span<Double>) -> Double {
        precondition(exposures.count == count, "Condition: one exposure of each")
        var sum = 0.0
        for i in 0..<count {
            for j in 0..<count { sum += exposures[i] * exposures[j] * covariance(i, j) }
        }
        return max(sum, 0)
    }
}
