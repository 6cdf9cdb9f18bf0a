public import Units

/// One run, as its log tells it: by account what was decided, what came of it, and what others took.
///
/// Example: `try ParityRun(reading: data, named: "a.jsonl")`. Times are those of the log: decisions at the bot, endings at the
/// venue in logs of `bailiff paper`, at the bot in others.
public struct ParityRun: Sendable {
    public internal(set) var tape: String?
    public internal(set) var preset: String?
    public internal(set) var cash: String?
    public internal(set) var cashDecimals: UInt8?
    public internal(set) var accounts: [AccountName: ParityAccount] = [:]
    public internal(set) var profit = Cash.zero

    public struct AccountName: Hashable, Sendable {
        public var market: String
        public var account: String
    }
}

/// What happened around one account, each list in order of time.
public struct ParityAccount: Sendable {
    /// From when on it could be taken, and until when; `nil` when the log ended first.
    var spans: [(from: Moment, to: Moment?)] = []
    var bids: [ParityBid] = []
    var refusals: [(at: Moment, reason: String)] = []
    var takes: [ParityTake] = []
}

/// What somebody else took of an account.
struct ParityTake: Equatable, Sendable {
    var at: Moment
    var by: String
    var repaid: String
}

/// A bid and what came of it.
struct ParityBid: Sendable {
    var ordinal: UInt64
    var at: Moment
    var decision: Decision
    /// Gas in cash for so much wei, as the bid had it: what gas costs where the log does not say.
    var gasRate: (cash: UInt128, wei: UInt128)
    /// When it was where blocks are built; `nil` where the log does not say.
    var arrival: Moment?
    var ending: Ending?

    struct Decision: Equatable, Sendable {
        var collateral: String
        var debt: String
        var repay: String
        var funding: String
    }

    struct Ending: Sendable {
        var word: String
        var at: Moment
        var block: UInt64
        var cash: Cash
        var gas: Cash
        var pricedOut: UInt64 = 0
        var isFinal = false

        var isSettled: Bool { word == "settled" || word == "settled_in_part" }
        var net: Cash { cash + gas }
    }

    var net: Cash { ending?.net ?? .zero }
    var isSettled: Bool { ending?.isSettled ?? false }
}
