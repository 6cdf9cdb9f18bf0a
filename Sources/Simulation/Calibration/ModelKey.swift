/// What can be fitted: a figure's name in `models.toml`, its unit, and which numbers are allowed.
///
/// The names are those of the file and never change. `docs/calibration.md` prints the same table.
public enum ModelKey: String, CaseIterable, Sendable {
    case feedLatency = "feed.latency"
    case orderLatency = "order.latency"
    case inclusionHigh = "inclusion.high"
    case inclusionMedian = "inclusion.median"
    case inclusionLow = "inclusion.low"
    case baseFeeChange = "gas.base_fee_change"
    case priorityMedian = "gas.priority_median_over_base"
    case priorityHigh = "gas.priority_high_over_median"
    case rivalCount = "rivals.count"
    case rivalTipShare = "rivals.tip_share"
    case rivalLatency = "rivals.latency"

    /// Sixteenths of a distribution, both ends among them.
    public static let knots = 17

    /// Numbers in the file: the knots of a distribution, or one.
    public var count: Int {
        switch self {
        case .inclusionHigh, .inclusionMedian, .inclusionLow, .rivalCount: 1
        default: Self.knots
        }
    }

    public var unit: String {
        switch self {
        case .feedLatency, .orderLatency, .rivalLatency: "µs"
        case .rivalCount: "thousandths of a rival"
        case .rivalTipShare: "basis points of the profit before tip"
        default: "basis points"
        }
    }

    public var meaning: String {
        switch self {
        case .feedLatency: "from a message's publication to its receipt"
        case .orderLatency: "from a decision to the block builder, the bot's own time included"
        case .inclusionHigh: "chance to be in a block that one could be in, tip at or above the block's high"
        case .inclusionMedian: "the same at or above its median"
        case .inclusionLow: "the same below"
        case .baseFeeChange: "of the base fee, from one record of gas to the next"
        case .priorityMedian: "the median priority fee over the base fee"
        case .priorityHigh: "the high priority fee over the median one"
        case .rivalCount: "as many rivals of equal strength would win as unequally: the inverse of Simpson's index"
        case .rivalTipShare: "what winners gave away"
        case .rivalLatency: "of winners, from the crossing to the block builder"
        }
    }

    /// Which preset's number it replaces, if any.
    public var setting: String? {
        switch self {
        case .feedLatency: "feed_latency"
        case .orderLatency: "order_latency"
        case .inclusionHigh: "inclusion_high"
        case .inclusionMedian: "inclusion_median"
        case .inclusionLow: "inclusion_low"
        case .baseFeeChange: "base_fee_factor"
        case .priorityMedian, .priorityHigh: nil
        case .rivalCount: "rivals"
        case .rivalTipShare: "rival_tip_share"
        case .rivalLatency: "rival_latency"
        }
    }

    public var range: ClosedRange<Int64> {
        switch self {
        case .feedLatency, .orderLatency, .rivalLatency: 0...600_000_000
        case .rivalCount: 1_000...64_000
        case .baseFeeChange: -10_000...1_000_000_000
        case .priorityMedian, .priorityHigh: 0...1_000_000_000
        default: 0...10_000
        }
    }
}
