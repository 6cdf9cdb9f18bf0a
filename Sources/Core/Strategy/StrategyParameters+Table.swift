import Units
import Winning

extension StrategyParameters {
    /// How a parameter is varied and written.
    public enum Scale: Equatable, Sendable {
        /// By differences, and by ratios.
        case linear, logarithmic
        /// One of these words; the value is its position.
        case categorical([String])
        /// `true` or `false`; the value is 1 or 0.
        case toggle

        public var name: String {
            switch self {
            case .linear: "linear"
            case .logarithmic: "logarithmic"
            case .categorical: "categorical"
            case .toggle: "switch"
            }
        }
    }

    /// One row of the table of parameters.
    public struct Row: Sendable {
        public let name: String
        public let unit: String
        public let scale: Scale
        public let range: ClosedRange<Int64>
        public let meaning: String
        public let read: @Sendable (StrategyParameters) -> Int64
        public let write: @Sendable (inout StrategyParameters, Int64) -> Void

        /// As it is written in a configuration, without quotes.
        public func text(_ value: Int64) -> String {
            switch scale {
            case .linear, .logarithmic: "\(value)"
            case .categorical(let words): words[Int(value)]
            case .toggle: value == 0 ? "false" : "true"
            }
        }

        /// What may be written, as configurations and tables say it.
        public var allowed: String {
            switch scale {
            case .linear, .logarithmic: "\(range.lowerBound) to \(range.upperBound)"
            case .categorical(let words): words.map { "\"\($0)\"" }.joined(separator: ", ")
            case .toggle: "true, false"
            }
        }
    }

    /// Every parameter: name, unit, scale, allowed range; the default is `read(StrategyParameters())`.
    public static let table: [Row] =
        [
            .number(
                "minimum_profit_micros", "millionths of one cash token", -1_000_000_000_000...1_000_000_000_000_000,
                "net profit below which a bid is refused", \.minimumProfitMicros),
            .share(
                "minimum_return_bps", 0...10_000,
                "net profit below which a bid is refused, as a share of the money put at risk", \.minimumReturn),
            .share("tip_share_bps", 0...9_900, "share of the profit before tip offered as priority fee", \.tipShare),
            .number(
                "tip_wei_max", "wei per gas", 0...1_000_000_000_000_000, "the priority fee is never above this",
                \.tipMax.signedWei, .logarithmic),
            .share(
                "base_fee_headroom_bps", 10_000...100_000, "fee cap over the base fee, before the priority fee",
                \.baseFeeHeadroom),
            .number(
                "gas_per_liquidation", "gas", 21_000...16_777_216,
                "gas that one liquidation with its swaps is assumed to use", \.gasPerLiquidation.signedCount,
                .logarithmic),
            .number(
                "gas_per_revert", "gas", 21_000...16_777_216, "gas that one that comes too late is assumed to use",
                \.gasPerRevert.signedCount, .logarithmic),
            .share(
                "margin_floor_bps", 0...10_000,
                "what a bid must still leave when executed, as a share of the simulated margin", \.marginFloor),
            .number(
                "deadline_blocks", "blocks", 1...10_000, "blocks after which the venue drops the bid",
                \.deadlineBlocks.signed, .logarithmic),
            .number(
                "open_intents_max", "intents", 1...4_096, "intents that may be open at once", \.openIntentsMax.signed,
                .logarithmic),
            .toggle(
                "uses_flash_loans",
                "whether a repayment may be borrowed within the transaction when capital does not suffice",
                \.usesFlashLoans),
            .toggle("two_step", "whether an account is taken in two calls where that repays more", \.takesTwoSteps),
            .share("size_share_bps", 1...10_000, "how much of the best size is taken", \.sizeShare),
            .toggle(
                "keeps_inventory", "whether seized assets may be kept, and debts paid from stock, at the haircut",
                \.keepsInventory),
            .share(
                "inventory_haircut_bps", 0...5_000,
                "what a kept asset counts less than the oracle says, and a given one more", \.inventoryHaircut),
        ] + contestTable

    private static let contestTable: [Row] = [
        .words(
            "win_model", Contestants.Model.allCases.map { "\($0)" },
            "how likely a bid is to win: surely, by a line from no tip to the whole stake, or by rivals",
            { Int64($0.contestants.model.rawValue) },
            { $0.contestants.model = Contestants.Model(rawValue: UInt8($1)) ?? .always }),
        .words(
            "contest_rule", ["sealed_bid", "priority_gas", "first_come"],
            "which of several bids is executed, and what the others pay",
            { Int64($0.contestants.rule.rawValue) },
            { $0.contestants.rule = ContestRule(rawValue: UInt8($1)) ?? .sealedBid }),
        .number(
            "bid_window_micros", "microseconds", 1_000...600_000_000,
            "from the message that everybody sees until the block is closed to bids",
            \.contestants.windowMicroseconds, .logarithmic),
        .share(
            "tip_share_max_bps", 0...9_900, "a tip against rivals is never a larger share of the profit before it",
            \.contestants.tipShareMax),
        .share("win_chance_least_bps", 0...10_000, "of the line: chance without a tip", \.contestants.chanceLeast),
        .share("win_chance_most_bps", 0...10_000, "of the line: chance with the whole stake", \.contestants.chanceMost),
        .number("rival_count", "rivals", 0...256, "rivals for every account", \.contestants.rivals.signed),
        .share(
            "rival_reservation_low_bps", 0...10_000, "the least that a rival pays at most", \.contestants.reservationLow
        ),
        .share(
            "rival_reservation_high_bps", 0...10_000, "the most that a rival pays at most",
            \.contestants.reservationHigh),
        .share(
            "rival_opening_bps", 0...10_000, "what a rival offers at first, of what it pays at most",
            \.contestants.opening),
        .share(
            "rival_reaction_bps", 0...10_000, "how often a rival that sees our tip raises in time",
            \.contestants.reaction),
        .latency("rival_latency_low_micros", "the fastest that a rival is", \.contestants.rivalLatencyLow),
        .latency("rival_latency_high_micros", "the slowest that a rival is", \.contestants.rivalLatencyHigh),
        .latency("own_latency_low_micros", "the fastest that we are", \.contestants.ownLatencyLow),
        .latency("own_latency_high_micros", "the slowest that we are", \.contestants.ownLatencyHigh),
    ]
}

extension StrategyParameters.Row {
    fileprivate static func number(
        _ name: String, _ unit: String, _ range: ClosedRange<Int64>, _ meaning: String,
        _ field: any WritableKeyPath<StrategyParameters, Int64> & Sendable,
        _ scale: StrategyParameters.Scale = .linear
    ) -> Self {
        Self(
            name: name, unit: unit, scale: scale, range: range, meaning: meaning, read: { $0[keyPath: field] },
            write: { $0[keyPath: field] = $1 })
    }

    fileprivate static func share(
        _ name: String, _ range: ClosedRange<Int64>, _ meaning: String,
        _ field: any WritableKeyPath<StrategyParameters, BasisPoints> & Sendable
    ) -> Self {
        Self(
            name: name, unit: "basis points", scale: .linear, range: range, meaning: meaning,
            read: { Int64($0[keyPath: field].count) }, write: { $0[keyPath: field] = BasisPoints(UInt32($1)) })
    }

    fileprivate static func toggle(
        _ name: String, _ meaning: String, _ field: any WritableKeyPath<StrategyParameters, Bool> & Sendable
    ) -> Self {
        Self(
            name: name, unit: "", scale: .toggle, range: 0...1, meaning: meaning,
            read: { $0[keyPath: field] ? 1 : 0 }, write: { $0[keyPath: field] = $1 != 0 })
    }

    fileprivate static func latency(
        _ name: String, _ meaning: String, _ field: any WritableKeyPath<StrategyParameters, Int64> & Sendable
    ) -> Self {
        number(name, "microseconds", 0...60_000_000, meaning, field)
    }

    fileprivate static func words(
        _ name: String, _ words: [String], _ meaning: String,
        _ read: @escaping @Sendable (StrategyParameters) -> Int64,
        _ write: @escaping @Sendable (inout StrategyParameters, Int64) -> Void
    ) -> Self {
        Self(
            name: name, unit: "", scale: .categorical(words), range: 0...Int64(words.count - 1), meaning: meaning,
            read: read, write: write)
    }
}

// Rows read and write 64-bit integers; ranges keep every one of these within its word.
extension GasPrice {
    fileprivate var signedWei: Int64 {
        get { Int64(weiPerGas) }
        set { weiPerGas = UInt64(newValue) }
    }
}

extension GasUnits {
    fileprivate var signedCount: Int64 {
        get { Int64(count) }
        set { count = UInt64(newValue) }
    }
}

extension FixedWidthInteger {
    fileprivate var signed: Int64 {
        get { Int64(self) }
        set { self = Self(newValue) }
    }
}
