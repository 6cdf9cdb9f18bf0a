public import Domain
public import Units

/// What the engine's thread tells the desk's. Names instead of indices: the desk talks to the venue and the journal.
public enum DeskMessage: Sendable {
    case order(Order)
    case crossed(market: String, account: String, at: Moment)
    case refused(market: String, account: String, Refusal, at: Moment)
    case block(BlockNumber)
    case trading(TradingChange)
}

/// An intent with the names that the venue knows.
public struct Order: Sendable {
    public var intent: Intent
    public var market: String
    public var account: String
    public var collateral: String
    public var debt: String
    public var decidedAt: Moment
}

/// What the desk tells the engine.
public enum EngineMessage: Sendable {
    case outcome(IntentOutcome)
    /// Every unfinished intent of an earlier run has been resolved.
    case armed
    /// What an outside model made of a question.
    case advice(Advice)
    /// How a bid of an earlier run ended, and the state in which the last run ended: told before `armed`.
    case past(PastOutcome)
    case restored(TradingState)
    /// Gas that a transaction of an earlier run used, by its market's name.
    case gasUsed(market: String, GasAction, GasUnits)
}
