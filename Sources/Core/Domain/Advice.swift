package import Units

/// One account that may be taken, and the bid that we would make: what an outside bidding model is asked about.
package struct Question: Equatable, Sendable {
    package var id: UInt64
    package var market: MarketIndex
    package var account: AccountIndex
    package var collateral: ReserveIndex
    package var debt: ReserveIndex
    /// The most that may be repaid now.
    package var repayMax: TokenAmount
    package var figures: BidFigures
    package var priorityFee: GasPrice
    package var baseFee: GasPrice
    package var block: BlockNumber

    package init(
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
package struct Advice: Equatable, Sendable {
    package enum Verdict: Equatable, Sendable {
        /// Bid; what is absent is left to the built-in strategy.
        case bid(repay: TokenAmount?, priorityFee: GasPrice?)
        case noBid
        /// Late, dead, overloaded or not understood.
        case absent
    }

    package var id: UInt64
    package var verdict: Verdict

    package init(id: UInt64, _ verdict: Verdict) {
        self.id = id
        self.verdict = verdict
    }
}

/// How a bid of an earlier run ended: what limits remember over a restart.
package struct PastOutcome: Equatable, Sendable {
    package var ending: IntentOutcome.Ending
    /// The change of our cash balance, less the gas at the prices of then.
    package var profit: Cash
    package var gasPaid: Wei
    package var at: Moment

    package init(ending: IntentOutcome.Ending, profit: Cash, gasPaid: Wei, at: Moment) {
        self.ending = ending
        self.profit = profit
        self.gasPaid = gasPaid
        self.at = at
    }
}
