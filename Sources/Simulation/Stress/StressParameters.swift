import Units

/// The numbers of a venue, its depth and the bot that a person may set; shares in basis points.
///
/// Example: `var risk = StressParameters(); risk["close_factor_bps"] = 10_000`.
public struct StressParameters: Equatable, Sendable {
    /// By the rows of `table`.
    private var values: [Int]

    public struct Row: Sendable {
        public let name: String
        public let standard: Int
        public let range: ClosedRange<Int>
        public let meaning: String

        fileprivate init(_ name: String, _ standard: Int, _ range: ClosedRange<Int>, _ meaning: String) {
            (self.name, self.standard, self.range, self.meaning) = (name, standard, range, meaning)
        }
    }

    public init() { values = Self.table.map(\.standard) }

    public subscript(name: String) -> Int {
        get { values[Self.position(name)] }
        set {
            let row = Self.position(name)
            precondition(Self.table[row].range.contains(newValue), "Condition: \(name) in \(Self.table[row].range)")
            values[row] = newValue
        }
    }

    func share(_ name: String) -> BasisPoints { BasisPoints(UInt32(self[name])) }

    private static func position(_ name: String) -> Int {
        guard let row = table.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("Condition: \(name) is a parameter")
        }
        return row
    }

    public static let table: [Row] = [
        Row("liquidation_threshold_bps", 8_000, 1_000...9_500, "of collateral's value, up to which debt is safe"),
        Row("portfolio_range_bps", 1_500, 100...9_000, "portfolio margin: the price range of its scenarios"),
        Row("penalty_bps", 800, 0...3_000, "what the taker, and the venue, get over the debt"),
        Row("close_factor_bps", 5_000, 100...10_000, "of a debt, at most so much in one call"),
        Row("protocol_fee_bps", 1_000, 0...10_000, "of the penalty, what the venue takes"),
        Row("insurance_share_bps", 5_000, 0...10_000, "of what the venue takes, what the insurance fund gets"),
        Row("insurance_opening_bps", 100, 0...10_000, "of all debts, in the fund at first"),
        Row("auction_start_bps", 12_000, 10_000...30_000, "Dutch auction: of the oracle's price, where it begins"),
        Row("auction_cut_bps", 100, 1...5_000, "Dutch auction: fall a block"),
        Row("auction_blocks", 60, 2...500, "Dutch auction: begun anew after so many blocks"),
        Row("bid_step_bps", 500, 1...5_000, "English auction: the least step between bids"),
        Row("bid_blocks", 10, 1...200, "English auction: how long a bid must stand"),
        Row("bidding_blocks", 50, 2...500, "English auction: the whole of it"),
        Row("storefront_bps", 6_000, 0...10_000, "absorption: of the penalty, the storefront's discount"),
        Row("pool_bps", 1_000, 0...10_000, "stability pool: of all debts, what depositors put in"),
        Row("redistribution_penalty_bps", 1_000, 500...2_000, "stability pool: the penalty beyond what it covers"),
        Row("partial_bps", 1_000, 10...10_000, "partial liquidation: of a position, at most so much a block"),
        Row("backstop_bps", 500, 0...10_000, "backstop: of all debts, its capital"),
        Row("backstop_sale_bps", 1_000, 10...10_000, "backstop: of what it took over, sold a block"),
        Row("depth_bps", 20_000, 10...100_000, "pools' cash over the value of all collateral of the asset"),
        Row("idle_bps", 2_000, 0...10_000, "cash of suppliers that is not lent, over all debts"),
        Row("bot_capital_bps", 500, 0...100_000, "over all debts"),
        Row("bot_gas", 400_000, 0...10_000_000, "gas of one action of the bot"),
        Row("gas_gwei", 20, 0...100_000, "the price of gas at first"),
        Row("block_actions", 30, 1...10_000, "actions of the bot that fit a block"),
        Row("blocks", 240, 60...5_000, "blocks of a run, 12 seconds each"),
    ]
}
