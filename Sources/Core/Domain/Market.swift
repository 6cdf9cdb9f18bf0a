package import Units

/// The parameters of a market as the feed states them.
///
/// Example: rules `aave-2`, close factor 5 000 basis points, cash USDC (profit is counted in it), native WETH (gas is
/// priced with it).
package struct MarketDefinition: Equatable, Sendable {
    package var market: MarketIndex
    package var rules: RulesIndex
    package var closeFactor: BasisPoints
    /// The asset that profit is counted in and that pools trade against.
    package var cash: ReserveIndex
    /// The asset whose oracle price is the price of 10^18 wei.
    package var native: ReserveIndex
    /// What a flash loan costs, as a share of the amount.
    package var flashLoanFee: BasisPoints
    package var segments: Segments

    package init(
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
package struct GasUpdate: Equatable, Sendable {
    package var market: MarketIndex
    package var baseFee: GasPrice
    package var priorityFeeMedian: GasPrice
    package var priorityFeeHigh: GasPrice
    /// What a rollup charges for a transaction's bytes; `nil` where it charges nothing.
    package var rollup: RollupPrices?

    package init(
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
package struct RollupPrices: Equatable, Sendable {
    package enum Rule: UInt8, CaseIterable, Sendable {
        /// By zero and other bytes.
        case ecotone
        /// By an estimate of the compressed size.
        case fjord
    }

    package var rule: Rule
    package var baseFee: UInt64
    package var blobBaseFee: UInt64
    package var baseFeeScalar: UInt32
    package var blobBaseFeeScalar: UInt32

    package init(rule: Rule, baseFee: UInt64, blobBaseFee: UInt64, baseFeeScalar: UInt32, blobBaseFeeScalar: UInt32) {
        self.rule = rule
        self.baseFee = baseFee
        self.blobBaseFee = blobBaseFee
        self.baseFeeScalar = baseFeeScalar
        self.blobBaseFeeScalar = blobBaseFeeScalar
    }
}

/// A block was closed.
package struct BlockUpdate: Equatable, Sendable {
    package var market: MarketIndex
    package var number: BlockNumber
    package var timestamp: Moment

    package init(market: MarketIndex, number: BlockNumber, timestamp: Moment) {
        self.market = market
        self.number = number
        self.timestamp = timestamp
    }
}
