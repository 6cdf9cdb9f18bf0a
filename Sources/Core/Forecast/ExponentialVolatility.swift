import Numerics
public import Units

/// Realised volatility by exponentially weighted squares of log returns (RiskMetrics), for prices that come at any time.
///
/// Variance a second: v ← λ·v + (1 − λ)·r²/Δt with λ = 2^(−Δt / half-life). Prices closer together than `step` are passed
/// over, since their returns are mostly noise of the market's own making; the next one counts from the last that counted.
public struct ExponentialVolatility: Equatable, Sendable {
    public let halfLife: Interval
    public let step: Interval
    private var last: Observation?
    /// `nil` until two prices have counted.
    public private(set) var variancePerSecond: Double?

    private struct Observation: Equatable { var price: Double, moment: Moment }

    public init(halfLife: Interval, step: Interval) {
        precondition(halfLife.nanoseconds > 0 && step.nanoseconds > 0, "Condition: half-life and step are positive")
        self.halfLife = halfLife
        self.step = step
    }

    /// Takes in a price. One that is not positive, or older than the last, counts for nothing. Returns whether it counted.
    @discardableResult
    public mutating func observe(_ price: Double, at moment: Moment) -> Bool {
        guard price > 0, price.isFinite else { return false }
        guard let last else {
            self.last = Observation(price: price, moment: moment)
            return false
        }
        guard moment - last.moment >= step else { return false }
        let seconds = (moment - last.moment).seconds
        let change = Elementary.log(price / last.price)
        let sample = change * change / seconds
        let kept = Elementary.exp(-Self.ln2 * seconds / halfLife.seconds)
        variancePerSecond = variancePerSecond.map { kept * $0 + (1 - kept) * sample } ?? sample
        self.last = Observation(price: price, moment: moment)
        return true
    }

    /// The deviation of the log price over a horizon, if volatility stays what it is.
    public func deviation(over horizon: Interval) -> Double? {
        variancePerSecond.map { ($0 * horizon.seconds).squareRoot() }
    }

    static let ln2 = 0.693_147_180_559_945_3
}

extension Interval {
    /// In seconds, for statistics.
    public var seconds: Double { Double(nanoseconds) / 1e9 }
}
