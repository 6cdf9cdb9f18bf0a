public import Domain
public import Submission
public import Units

/// A step of an intent from one state to another, and why.
public struct Transition: Sendable {
    public let id: IntentID
    public let from: SubmissionState
    public let to: SubmissionState
    /// A word or two for whoever reads the journal: `timeout`, `restart`, `status`.
    public let cause: String
    /// Times its bytes were sent, this step included.
    public let sends: Int
    public let at: Moment

    public init(_ id: IntentID, from: SubmissionState, to: SubmissionState, cause: String, sends: Int, at: Moment) {
        self.id = id
        self.from = from
        self.to = to
        self.cause = cause
        self.sends = sends
        self.at = at
    }
}

/// One request that was made for an intent.
public struct Attempt: Equatable, Sendable {
    public let id: IntentID
    public let number: Int
    public let began: Moment
    public let ended: Moment
    /// What it was taken to mean: `accepted`, `ambiguous`, …
    public let meaning: String
    public let detail: String

    public init(_ id: IntentID, number: Int, began: Moment, ended: Moment, meaning: String, detail: String) {
        self.id = id
        self.number = number
        self.began = began
        self.ended = ended
        self.meaning = meaning
        self.detail = detail
    }
}

/// How often we chose not to act on an account for one reason.
public struct RefusalTally: Sendable {
    public let market: String
    public let account: String
    public let reason: Refusal
    public let count: UInt64
    public let at: Moment

    public init(market: String, account: String, reason: Refusal, count: UInt64, at: Moment) {
        self.market = market
        self.account = account
        self.reason = reason
        self.count = count
        self.at = at
    }
}

/// An account that became liquidatable.
public struct Crossing: Equatable, Sendable {
    public let market: String
    public let account: String
    public let at: Moment

    public init(market: String, account: String, at: Moment) {
        self.market = market
        self.account = account
        self.at = at
    }
}

/// An intent that a run left behind.
public struct UnfinishedIntent: Equatable, Sendable {
    public let record: IntentRecord
    public let state: SubmissionState
    public let sends: Int
    public let wasAcknowledged: Bool
}

/// An intent with what became of it.
public struct IntentRow: Equatable, Sendable {
    public let record: IntentRecord
    public let state: SubmissionState
    public let sends: Int
    /// Present once it has ended.
    public let outcome: SettlementFigures?
    public let endedAt: Moment?
}

/// One line of the append-only log.
public struct EventRow: Equatable, Sendable {
    public let sequence: Int64
    public let id: IntentID
    public let from: SubmissionState
    public let to: SubmissionState
    public let cause: String
    public let at: Moment
}

/// The books, summed.
public struct JournalTotals: Equatable, Sendable {
    public var intents: [SubmissionState: Int] = [:]
    public var cash = Cash.zero
    public var gasPaid: Wei = 0
    /// What the intents that settled were expected to earn.
    public var expectedProfit = Cash.zero
    public var crossings = 0
    public var refusals: [String: UInt64] = [:]
}
