import Units
import Winning

extension PaperPreset {
    /// One number: its unit, what it means, and where it comes from.
    public struct Row: Sendable {
        public let name: String
        public let unit: String
        public let meaning: String
        public let source: String
        public let read: @Sendable (PaperPreset) -> String
    }

    /// Every number of a preset, in the order of the documentation.
    public static let table: [Row] = [
        Row("feed_latency", "µs, least to most", "venue to bot, where the tape does not tell", Source.chosen) {
            ends($0.feedLatency)
        },
        Row("decision_latency", "µs, least to most", "the bot's own time", Source.bench) { ends($0.decisionLatency) },
        Row("order_latency", "µs, least to most", "bot to block builder", Source.chosen) { ends($0.orderLatency) },
        Row("recorded_winners", "", "liquidations on the tape's history happen", "the tape") {
            "\($0.usesRecordedWinners)"
        },
        Row("rivals", "", "made up, beside the recorded ones", Source.liquidators) { "\($0.rivals)" },
        Row("rival_latency", "µs, least to most", "sight to block builder", Source.chosen) { ends($0.rivalLatency) },
        Row("rival_tip_share", "basis points of the profit, least to most", "what a rival pays", Source.auctions) {
            ends($0.rivalTipShare)
        },
        Row("rival_presence", "basis points", "how often a rival takes notice", Source.liquidators) {
            "\($0.rivalPresence.count)"
        },
        Row("base_fee_factor", "basis points", "what blocks cost over what the tape says", "the tape; stress") {
            "\($0.baseFeeFactor.count)"
        },
        Row("block_gas", "gas", "what liquidations may use of a block", "the block limit of January 2021; stress") {
            "\($0.blockGas.count)"
        },
        Row("inclusion_high", "basis points", "in a block, tip at or above the tape's high", Source.chosen) {
            "\($0.inclusionHigh.count)"
        },
        Row("inclusion_median", "basis points", "the same at or above its median", Source.chosen) {
            "\($0.inclusionMedian.count)"
        },
        Row("inclusion_low", "basis points", "the same below", Source.chosen) { "\($0.inclusionLow.count)" },
        Row("failures_cost_gas", "", "what fails is executed all the same", "the public pool") {
            "\($0.failuresCostGas)"
        },
        Row("gas_of_success", "basis points of the limit", "gas used", "the practice venue") {
            "\($0.gasOfSuccess.count)"
        },
        Row("gas_of_failure", "basis points of the limit", "gas used", "strategy default: 150 000 of 500 000") {
            "\($0.gasOfFailure.count)"
        },
        Row("impact_kept", "basis points a block", "what is left of a sale's displacement", Source.chosen) {
            "\($0.impactKept.count)"
        },
        Row("cascade_deviation", "basis points", "the oracle follows the pools in such steps", Source.oracle) {
            $0.cascade.map { "\($0.deviation.count)" } ?? "off"
        },
        Row("cascade_lag", "blocks", "and so late", Source.chosen) { $0.cascade.map { "\($0.lagBlocks)" } ?? "off" },
        Row("insurance_opening", "whole cash tokens", "in each market's insurance fund at first", Source.chosen) {
            "\($0.insuranceOpening)"
        },
        Row("insurance_share", "basis points of the protocol fee", "what the fund gets of it", Source.chosen) {
            "\($0.insuranceShare.count)"
        },
    ]

    private enum Source {
        static let chosen = "chosen; not measured"
        static let bench = "scripts/bench, this program"
        static let liquidators =
            "2022-01-btc-grind: 18 liquidators, 1 to 11 on a day with any, most often 1 to 3; adversarial: one more"
        static let auctions =
            "competition: of the incentive auctions took back 5 % (first tenth), 67 % (first quarter), all (half)"
        static let oracle = "Chainlink's feeds of ether: 0.5 %"
    }

    /// With the median, unless it lies in the middle.
    private static func ends(_ quantiles: Quantiles) -> String {
        let (least, most) = (quantiles.knot(0), quantiles.knot(Quantiles.steps))
        let text = "\(least) to \(most)"
        guard quantiles != Quantiles(from: least, to: most) else { return text }
        return "\(text), median \(quantiles.knot(Quantiles.steps / 2))"
    }
}

extension PaperPreset.Row {
    fileprivate init(
        _ name: String, _ unit: String, _ meaning: String, _ source: String,
        _ read: @escaping @Sendable (PaperPreset) -> String
    ) {
        self.init(name: name, unit: unit, meaning: meaning, source: source, read: read)
    }
}
