public import Domain
public import Units

/// The share of the last outcomes that were failures we paid gas for. Too many: the chances are overestimated.
public struct RevertRatio: Equatable, Sendable {
    /// The newest is the lowest bit.
    private var failures: UInt32 = 0
    private var known: UInt32 = 0
    private var last = Moment.start

    public static let window: UInt32 = 32
    /// Fewer outcomes say nothing.
    public static let outcomesMin: UInt32 = 8

    /// After so long without an outcome the limit lets a bid through again, to see.
    public static let probeAfter = Interval.seconds(60)

    public init() {}

    public mutating func add(_ ending: IntentOutcome.Ending, at moment: Moment) {
        last = max(last, moment)
        let isPaidFailure = ending == .reverted || ending == .outbid
        failures = failures << 1 | (isPaidFailure ? 1 : 0)
        known = min(known + 1, Self.window)
    }

    public func isExceeded(_ limit: BasisPoints?, at moment: Moment) -> Bool {
        guard let limit, known >= Self.outcomesMin, moment - last < Self.probeAfter else { return false }
        return UInt64(failures.nonzeroBitCount) * 10_000 > UInt64(limit.count) * UInt64(known)
    }
}
