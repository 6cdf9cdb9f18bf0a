public import Units

/// What an outside model is asked: one account that can be taken, the bid that we would make, and how long we wait.
///
/// Amounts are smallest units as decimal text on the wire, so that no language loses digits.
public struct ModelQuestion: Equatable, Sendable {
    public var id: UInt64
    public var market: String
    public var account: String
    public var collateral: String
    public var debt: String
    /// The most that may be repaid now.
    public var repayMax: UInt128
    /// Our own choice, for comparison or as a starting point.
    public var repay: UInt128
    public var seize: UInt128
    public var proceeds: UInt128
    public var repayCost: UInt128
    public var gasCost: UInt128
    public var priorityFee: UInt64
    public var baseFee: UInt64
    public var netProfit: Int128
    public var block: UInt64
    /// How long an answer is waited for.
    public var within: Interval
    /// How long a bid stays meaningful after that.
    public var timeToLive: Interval

    public init(
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
public enum ModelAnswer: Equatable, Sendable {
    /// Bid; what is absent is left to us.
    case bid(repay: UInt128?, priorityFee: UInt64?, reason: String)
    case noBid(reason: String)
    /// There is no answer, for this reason.
    case none(ModelAbsence)
}

/// Why a question has no answer.
public enum ModelAbsence: String, CaseIterable, Sendable {
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
