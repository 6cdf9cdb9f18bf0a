public import Domain
public import Units

/// Where a tip lies among those of its block, by what the feed tells of them.
public enum TipRank: String, CaseIterable, Sendable {
    /// At or above the block's high, its median, and below.
    case high, median, low

    public init(_ tip: GasPrice, _ gas: GasUpdate) {
        self = tip >= gas.priorityFeeHigh ? .high : tip >= gas.priorityFeeMedian ? .median : .low
    }
}

/// Blocks counted by the rank of a tip in them.
public struct TipCounts: Equatable, Sendable {
    public var high: UInt32 = 0
    public var median: UInt32 = 0
    public var low: UInt32 = 0

    public init() {}

    public var total: UInt32 { high + median + low }

    public mutating func count(_ rank: TipRank) {
        switch rank {
        case .high: high += 1
        case .median: median += 1
        case .low: low += 1
        }
    }
}
