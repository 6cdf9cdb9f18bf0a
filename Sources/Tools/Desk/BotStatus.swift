public import BiddingModel
public import Console
public import Domain
public import Engine
public import Opportunities
import Synchronization
public import Units

/// What screens and summaries show of a running bot. Written by its two threads, read by a third.
public final class BotStatus: Sendable {
    public struct Snapshot: Sendable {
        public var engine = EngineCounters()
        public var accounts = 0
        public var frames: UInt64 = 0
        public var missing: UInt64 = 0
        public var faulty: UInt64 = 0
        public var duplicates: UInt64 = 0
        public var recordFaults: UInt64 = 0
        public var block = BlockNumber(0)
        public var endings: [IntentOutcome.Ending: Int] = [:]
        public var isArmed = false
        public var openIntents = 0
        public var trading = TradingState.active
        public var opportunities = OpportunitySummary()
        /// What became of the questions to an outside model; `nil` without one.
        public var model: ModelCounters?
        public var cash = Cash.zero
        public var gasPaid: Wei = 0
        /// The gas at the oracle's prices when its outcome arrived, rounded up.
        public var gasInCash = Cash.zero
        /// From the receipt of the message that led to a decision until its request was handed to the network.
        public var tickToRequest = LatencyHistogram()
        /// Messages lost between our own threads: always zero, or an alarm.
        public var mailboxOverflows: UInt64 = 0
        public var decimals: UInt8 = 18
        /// The likeliest to cross within the horizon, the likeliest first.
        public var likeliest: [LikelyCrossing] = []
        /// Gas by market and action, where enough receipts have come; and outcomes that the table of chances has learned from.
        public var gas: [LearnedGasLine] = []
        public var winOutcomes: UInt64 = 0
        /// What is on the run's own tape; `nil` where nobody records.
        public var tape: TapeCounts?
        public var failure: String?
    }

    private let state = Mutex(Snapshot())

    public init() {}

    public var snapshot: Snapshot { state.withLock { $0 } }

    public func update(_ change: (inout Snapshot) -> Void) { state.withLock { change(&$0) } }

    /// Books how an intent ended.
    public func book(_ outcome: IntentOutcome) {
        update {
            $0.endings[outcome.ending, default: 0] += 1
            $0.cash += outcome.cash
            $0.gasPaid += outcome.gasPaid
        }
    }
}

/// What an action of a market is taken to use.
public struct LearnedGasLine: Codable, Equatable, Sendable {
    public var market: String
    public var action: String
    public var gas: UInt64
}

/// An account by its names, and its chance to cross.
public struct LikelyCrossing: Codable, Equatable, Sendable {
    public var market: String
    public var account: String
    public var probability: Double
}

/// A switch that is thrown once, by any thread.
public final class StopFlag: Sendable {
    private let flag = Atomic(false)

    public init() {}

    public var isRaised: Bool { flag.load(ordering: .acquiring) }
    public func raise() { flag.store(true, ordering: .releasing) }
}
