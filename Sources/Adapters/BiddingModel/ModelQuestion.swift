package import Units

/// What an outside model is asked: one account that can be taken, the bid that we would make, and how long we wait.
///
/// Amounts are smallest units as decimal text on the wire, so that no language loses digits.
package struct ModelQuestion: Equatable, Sendable {
    package var id: UInt64
    package var market: String
    package var account: String
    package var collateral: String
    package var debt: String
    /// The most that may be repaid now.
    package var repayMax: UInt128
    /// Our own choice, for comparison or as a starting point.
    package var repay: UInt128
    package var seize: UInt128
    package var proceeds: UInt128
    package var repayCost: UInt128
    package var gasCost: UInt128
    package var priorityFee: UInt64
    package var baseFee: UInt64
    package var netProfit: Int128
    package var block: UInt64
    /// How long an answer is waited for.
    package var within: Interval
    /// How long a bid stays meaningful after that.
    package var timeToLive: Interval

    package init(
        id: UInt64, market: String, account: String, collateral: String, debt: String, repayMax: UInt128,
        repay: UInt128, seize: UInt128, proceeds: UInt128, repayCost: UInt128, gasCost: UInt128, priorityFee: UInt64,
        baseFee: UInt64, netProfit: Int128, block: UInt64, within: Interval, timeToLive: Interval
    ) {
        self.id = id
        self.market = market
        self.account = account
        self.collateral = collateral
        self.debt = debt
        self.repayMax = repayMax
        self.repay = repay
        self.seize = seize
        self.proceeds = proceeds
        self.repayCost = repayCost
        self.gasCost = gasCost
        self.priorityFee = priorityFee
        self.baseFee = baseFee
        self.netProfit = netProfit
        self.block = block
        self.within = within
        self.timeToLive = timeToLive
    }
}

/// What a model said, or why there is nothing.
package enum ModelAnswer: Equatable, Sendable {
    /// Bid; what is absent is left to us.
    case bid(repay: UInt128?, priorityFee: UInt64?, reason: String)
    case noBid(reason: String)
    /// There is no answer, for this reason.
    case none(ModelAbsence)
}

/// Why a question has no answer.
package enum ModelAbsence: String, CaseIterable, Sendable {
    /// The time was up.
    case late
    /// No process was there to ask, or it ended meanwhile.
    case dead
    /// It has not yet said hello.
    case notReady
    /// Too many questions are open, or it does not read what we write.
    case overloaded
    /// It took its answer back.
    case withdrawn
    /// It answered, but not in the words of the protocol.
    case unusable
}
