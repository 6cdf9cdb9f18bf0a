public import Units

/// Counts of latencies in log-linear buckets: eight to each doubling, so a quantile is at most 12.5 % above the truth.
/// Fixed in size, nothing allocated by `record`; one thread.
///
/// Example: `histogram.record(latency)`, then `histogram.quantile(0.99)`.
public struct LatencyHistogram: Equatable, Sendable {
    private var counts = [UInt64](repeating: 0, count: LatencyHistogram.buckets)
    public private(set) var count: UInt64 = 0
    public private(set) var longest = Interval(nanoseconds: 0)

    private static let subBits = 3
    /// 64 doublings less the first three, eight buckets each, and the eight exact ones.
    private static let buckets = (64 - subBits) << subBits + 1 << subBits

    public init() {}

    /// A negative latency (a clock that was set back) counts as none.
    public mutating func record(_ latency: Interval) {
        counts[Self.bucket(of: UInt64(max(latency.nanoseconds, 0)))] += 1
        count += 1
        longest = max(longest, latency)
    }

    public mutating func add(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
        longest = max(longest, other.longest)
    }

    /// The latency that this share of all is not above, rounded up to the end of its bucket; `nil` when nothing is recorded.
    public func quantile(_ share: Double) -> Interval? {
        precondition(share > 0 && share <= 1, "Condition: a quantile is a share")
        guard count > 0 else { return nil }
        let rank = UInt64((share * Double(count)).rounded(.up))
        var below: UInt64 = 0
        for (index, bucket) in counts.enumerated() {
            below += bucket
            if below >= rank { return min(Interval(nanoseconds: Self.upperEdge(of: index)), longest) }
        }
        return longest
    }

    public var median: Interval? { quantile(0.5) }
    public var p99: Interval? { quantile(0.99) }

    static func bucket(of value: UInt64) -> Int {
        guard value >= 1 << subBits else { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount
        let sub = Int(value >> UInt64(exponent - subBits)) & (1 << subBits - 1)
        return (exponent - subBits + 1) << subBits + sub
    }

    /// The largest value of the bucket.
    static func upperEdge(of bucket: Int) -> Int64 {
        guard bucket >= 1 << subBits else { return Int64(bucket) }
        let exponent = bucket >> subBits + subBits - 1
        let sub = UInt64(bucket & (1 << subBits - 1))
        let edge = (UInt64(1) << UInt64(subBits) + sub + 1) << UInt64(exponent - subBits) &- 1
        return Int64(clamping: edge)
    }
}
