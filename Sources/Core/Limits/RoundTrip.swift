public import Units

/// How long it takes from a decision to its outcome, smoothed by eighths (as TCP does, RFC 6298). A venue or a line that has
/// become slow makes every estimate of winning wrong.
public struct RoundTrip: Equatable, Sendable {
    private var smoothed: Int64?
    private var lastSample = Moment.start

    /// After so long without a sample the breaker lets one bid through again, to see.
    public static let probeAfter = Interval.seconds(30)

    public init() {}

    public mutating func add(_ sample: Interval, at moment: Moment) {
        let time = max(sample.nanoseconds, 0)
        smoothed = smoothed.map { $0 + (time - $0) / 8 } ?? time
        lastSample = moment
    }

    public func isExceeded(_ limit: Interval?, at moment: Moment) -> Bool {
        guard let limit, let smoothed, moment - lastSample < Self.probeAfter else { return false }
        return smoothed > limit.nanoseconds
    }
}
