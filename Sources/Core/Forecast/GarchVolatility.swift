import Numerics

/// The parameters of a GARCH(1,1) process (Bollerslev 1986): σ²ₜ₊₁ = ω + α·r²ₜ + β·σ²ₜ, a step of fixed length.
public struct GarchParameters: Equatable, Sendable {
    public var omega: Double
    public var alpha: Double
    public var beta: Double

    /// Stationary: α + β below one, nothing negative.
    public init(omega: Double, alpha: Double, beta: Double) {
        precondition(omega > 0 && alpha >= 0 && beta >= 0, "Condition: GARCH parameters are not negative")
        precondition(alpha + beta < 1, "Condition: a GARCH process is stationary")
        self.omega = omega
        self.alpha = alpha
        self.beta = beta
    }

    /// From the variance that it returns to.
    public init(longRunVariance: Double, alpha: Double, beta: Double) {
        self.init(omega: longRunVariance * (1 - alpha - beta), alpha: alpha, beta: beta)
    }

    public var persistence: Double { alpha + beta }
    public var longRunVariance: Double { omega / (1 - persistence) }
}

/// A GARCH(1,1) filter over returns of equal steps, and its forecast.
public struct GarchVolatility: Equatable, Sendable {
    public let parameters: GarchParameters
    /// Of the next step.
    public private(set) var variance: Double

    public init(_ parameters: GarchParameters) {
        self.parameters = parameters
        variance = parameters.longRunVariance
    }

    public mutating func observe(return change: Double) {
        variance = parameters.omega + parameters.alpha * change * change + parameters.beta * variance
    }

    /// The variance of the sum of the next so many returns: each step's forecast goes back to the long run by the persistence.
    public func variance(over steps: Int) -> Double {
        precondition(steps >= 0, "Condition: a horizon is not negative")
        let away = variance - parameters.longRunVariance
        let persistence = parameters.persistence
        let weight =
            persistence == 0
            ? (steps > 0 ? 1 : 0)
            : (1 - Elementary.exp(Double(steps) * Elementary.log(persistence))) / (1 - persistence)
        return Double(steps) * parameters.longRunVariance + away * weight
    }
}

/// Fits a GARCH(1,1) by Gaussian quasi-likelihood with the long-run variance set to the sample's (variance targeting).
public enum GarchFit {
    /// `nil` for fewer than a hundred returns, or without any movement.
    public static func fit(_ returns: Span<Double>) -> GarchParameters? {
        guard returns.count >= leastReturns else { return nil }
        var sum = 0.0
        for i in returns.indices { sum += returns[i] * returns[i] }
        let variance = sum / Double(returns.count)
        guard variance > 0, variance.isFinite else { return nil }
        var best = GarchParameters(longRunVariance: variance, alpha: 0.05, beta: 0.9)
        var bestScore = score(best, returns)
        var width = 0.2
        // A pattern search: the likelihood in (α, persistence) is smooth with one maximum wherever α can be told.
        while width > 1e-4 {
            var improved = false
            for (da, dp) in [(1.0, 0.0), (-1, 0), (0, 1), (0, -1)] {
                let alpha = best.alpha + da * width / 4
                let persistence = best.persistence + dp * width / 4
                guard alpha >= 1e-6, persistence < 0.9999, persistence >= alpha else { continue }
                let candidate = GarchParameters(longRunVariance: variance, alpha: alpha, beta: persistence - alpha)
                let score = score(candidate, returns)
                if score < bestScore { (best, bestScore, improved) = (candidate, score, true) }
            }
            if !improved { width /= 2 }
        }
        return best
    }

    /// −2 · log-likelihood but for a constant.
    private static func score(_ parameters: GarchParameters, _ returns: Span<Double>) -> Double {
        var filter = GarchVolatility(parameters)
        var sum = 0.0
        for i in returns.indices {
            sum += Elementary.log(filter.variance) + returns[i] * returns[i] / filter.variance
            filter.observe(return: returns[i])
        }
        return sum
    }

    static let leastReturns = 100
}
