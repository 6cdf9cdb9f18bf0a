public import Units

/// One account that may be taken, and the bid that we would make: what an outside bidding model is asked about.
public struct Question: Equatable, Sendable {
    public var id: UInt64
    public var market: MarketIndex
    public var account: AccountIndex
    public var collateral: ReserveIndex
    public var debt: ReserveIndex
    /// The most that may be repaid now.
    public var repayMax: TokenAmount
    public var figures: BidFigures
    public var priorityFee: GasPrice
    public var baseFee: GasPrice
    public var block: BlockNumber

    public init(
        id: UInt64, market: MarketIndex, account: AccountIndex, collateral: ReserveIndex, debt: ReserveIndex,
        repayMax: TokenAmount, figures: BidFigures, priorityFee: GasPrice, baseFee: GasPrice, block: BlockNumber
    ) {
        self.id = id
        self.market = market
        self.account = account
        self.collateral = collateral
        self.debt = debt
        self.repayMax = repayMax
        self.figures = figures
        self.priorityFee = priorityFee
        self.baseFee = baseFee
        self.block = block
    }
}

/// What came of a question. It is an input like any other, so a replay needs no model.
public struct Advice: Equatable, Sendable {
    public enum Verdict: Equatable, Sendable {
        /// Bid; what is absent is left to the built-in strategy.
        case bid(repay: TokenAmount?, priorityFee: GasPrice?)
        case noBid
        /// Late, dead, overloaded or not understood.
        case absent
    }

    public var id: UInt64
    public var verdict: Verdict

    public init(id: UInt64, _ verdict: Verdict) {
        self.id = id
        self.verdict = verdict
    }
}

/// How a bid of an earlier run ended: what limits remember over a restart.
public struct PastOutcome: Equatable, Sendable {
    public var ending: IntentOutcome.Ending
    /// The change of our cash balance, less the gas at the prices of then.
    public var profit: Cash
    public var gasPaid: Wei
    public var at: Moment

    public init(ending: IntentOutcome.Ending, profit: Cash, gasPaid: Wei, at: Moment) {
        self.ending = ending
        self.profit = profit
        self.gasPaid = gasPaid
        self.at = at
    }
}
