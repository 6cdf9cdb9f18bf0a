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

    package init(market: MarketIndex, baseFee: GasPrice, priorityFeeMedian: GasPrice, priorityFeeHigh: GasPrice) {
        self.market = market
        self.baseFee = baseFee
        self.priorityFeeMedian = priorityFeeMedian
        self.priorityFeeHigh = priorityFeeHigh
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
