package import Domain
package import Submission
package import Units

/// A step of an intent from one state to another, and why.
package struct Transition: Sendable {
    package let id: IntentID
    package let from: SubmissionState
    package let to: SubmissionState
    /// A word or two for whoever reads the journal: `timeout`, `restart`, `status`.
    package let cause: String
    /// Times its bytes were sent, this step included.
    package let sends: Int
    package let at: Moment

    package init(_ id: IntentID, from: SubmissionState, to: SubmissionState, cause: String, sends: Int, at: Moment) {
        self.id = id
        self.from = from
        self.to = to
        self.cause = cause
        self.sends = sends
        self.at = at
    }
}

/// One request that was made for an intent.
package struct Attempt: Equatable, Sendable {
    package let id: IntentID
    package let number: Int
    package let began: Moment
    package let ended: Moment
    /// What it was taken to mean: `accepted`, `ambiguous`, …
    package let meaning: String
    package let detail: String

    package init(_ id: IntentID, number: Int, began: Moment, ended: Moment, meaning: String, detail: String) {
        self.id = id
        self.number = number
        self.began = began
        self.ended = ended
        self.meaning = meaning
        self.detail = detail
    }
}

/// How often we chose not to act on an account for one reason.
package struct RefusalTally: Sendable {
    package let market: String
    package let account: String
    package let reason: Refusal
    package let count: UInt64
    package let at: Moment

    package init(market: String, account: String, reason: Refusal, count: UInt64, at: Moment) {
        self.market = market
        self.account = account
        self.reason = reason
        self.count = count
        self.at = at
    }
}

/// An account that became liquidatable.
package struct Crossing: Equatable, Sendable {
    package let market: String
    package let account: String
    package let at: Moment

    package init(market: String, account: String, at: Moment) {
        self.market = market
        self.account = account
        self.at = at
    }
}

/// An intent that a run left behind.
package struct UnfinishedIntent: Equatable, Sendable {
    package let record: IntentRecord
    package let state: SubmissionState
    package let sends: Int
    package let wasAcknowledged: Bool
}

/// An intent with what became of it.
package struct IntentRow: Equatable, Sendable {
    package let record: IntentRecord
    package let state: SubmissionState
    package let sends: Int
    /// Present once it has ended.
    package let outcome: SettlementFigures?
    package let endedAt: Moment?
}

/// One line of the append-only log.
package struct EventRow: Equatable, Sendable {
    package let sequence: Int64
    package let id: IntentID
    package let from: SubmissionState
    package let to: SubmissionState
    package let cause: String
    package let at: Moment
}

/// The books, summed.
package struct JournalTotals: Equatable, Sendable {
    package var intents: [SubmissionState: Int] = [:]
    package var cash = Cash.zero
    package var gasPaid: Wei = 0
    /// What the intents that settled were expected to earn.
    package var expectedProfit = Cash.zero
    package var crossings = 0
    package var refusals: [String: UInt64] = [:]
}
