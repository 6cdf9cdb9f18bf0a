public import Units

/// The parameters of a market as the feed states them.
///
/// Example: rules `aave-2`, close factor 5 000 basis points, cash USDC (profit is counted in it), native WETH (gas is
/// priced with it).
public struct MarketDefinition: Equatable, Sendable {
    public var market: MarketIndex
    public var rules: RulesIndex
    public var closeFactor: BasisPoints
    /// The asset that profit is counted in and that pools trade against.
    public var cash: ReserveIndex
    /// The asset whose oracle price is the price of 10^18 wei.
    public var native: ReserveIndex
    /// What a flash loan costs, as a share of the amount.
    public var flashLoanFee: BasisPoints
    public var segments: Segments

    public init(
        market: MarketIndex, rules: RulesIndex, closeFactor: BasisPoints, cash: ReserveIndex, native: ReserveIndex,
        flashLoanFee: BasisPoints, segments: Segments = []
    ) {
        self.market = market
        self.rules = rules
        self.closeFactor = closeFactor
        self.cash = cash
        self.native = native
        self.flashLoanFee = flashLoanFee
        self.segments = segments
    }
}

/// What the next block costs: the base fee, and percentiles of the priority fees recently paid.
public struct GasUpdate: Equatable, Sendable {
    public var market: MarketIndex
    public var baseFee: GasPrice
    public var priorityFeeMedian: GasPrice
    public var priorityFeeHigh: GasPrice
    /// What a rollup charges for a transaction's bytes; `nil` where it charges nothing.
    public var rollup: RollupPrices?

    public init(
        market: MarketIndex, baseFee: GasPrice, priorityFeeMedian: GasPrice, priorityFeeHigh: GasPrice,
        rollup: RollupPrices? = nil
    ) {
        self.market = market
        self.baseFee = baseFee
        self.priorityFeeMedian = priorityFeeMedian
        self.priorityFeeHigh = priorityFeeHigh
        self.rollup = rollup
    }
}

/// The first layer's prices and an Optimism-like rollup's scalars on them, and by which of its rules bytes are counted.
public struct RollupPrices: Equatable, Sendable {
    public enum Rule: UInt8, CaseIterable, Sendable {
        /// By zero and other bytes.
        case ecotone
        /// By an estimate of the compressed size.
        case fjord
    }

    public var rule: Rule
    public var baseFee: UInt64
    public var blobBaseFee: UInt64
    public var baseFeeScalar: UInt32
    public var blobBaseFeeScalar: UInt32

    public init(rule: Rule, baseFee: UInt64, blobBaseFee: UInt64, baseFeeScalar: UInt32, blobBaseFeeScalar: UInt32) {
        self.rule = rule
        self.baseFee = baseFee
        self.blobBaseFee = blobBaseFee
        self.baseFeeScalar = baseFeeScalar
        self.blobBaseFeeScalar = blobBaseFeeScalar
    }
}

/// A block was closed.
public struct BlockUpdate: Equatable, Sendable {
    public var market: MarketIndex
    public var number: BlockNumber
    public var timestamp: Moment

    public init(market: MarketIndex, number: BlockNumber, timestamp: Moment) {
        self.market = market
        self.number = number
        self.timestamp = timestamp
    }
}
