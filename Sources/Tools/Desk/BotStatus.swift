package import BiddingModel
package import Console
package import Domain
package import Engine
package import Opportunities
import Synchronization
package import Units

/// What screens and summaries show of a running bot. Written by its two threads, read by a third.
package final class BotStatus: Sendable {
    package struct Snapshot: Sendable {
        package var engine = EngineCounters()
        package var accounts = 0
        package var frames: UInt64 = 0
        package var missing: UInt64 = 0
        package var faulty: UInt64 = 0
        package var duplicates: UInt64 = 0
        package var recordFaults: UInt64 = 0
        package var block = BlockNumber(0)
        package var endings: [IntentOutcome.Ending: Int] = [:]
        package var isArmed = false
        package var openIntents = 0
        package var trading = TradingState.active
        package var opportunities = OpportunitySummary()
        /// What became of the questions to an outside model; `nil` without one.
        package var model: ModelCounters?
        package var cash = Cash.zero
        package var gasPaid: Wei = 0
        /// The gas at the oracle's prices when its outcome arrived, rounded up.
        package var gasInCash = Cash.zero
        /// From the receipt of the message that led to a decision until its request was handed to the network.
        package var tickToRequest = LatencyHistogram()
        /// Messages lost between our own threads: always zero, or an alarm.
        package var mailboxOverflows: UInt64 = 0
        package var decimals: UInt8 = 18
        /// The likeliest to cross within the horizon, the likeliest first.
        package var likeliest: [LikelyCrossing] = []
        /// Gas by market and action, where enough receipts have come; and outcomes that the table of chances has learned from.
        package var gas: [LearnedGasLine] = []
        package var winOutcomes: UInt64 = 0
        /// What is on the run's own tape; `nil` where nobody records.
        package var tape: TapeCounts?
        package var failure: String?
    }

    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    package func update(_ change: (inout Snapshot) -> Void) { state.withLock { change(&$0) } }

    /// Books how an intent ended.
    package func book(_ outcome: IntentOutcome) {
        update {
            $0.endings[outcome.ending, default: 0] += 1
            $0.cash += outcome.cash
            $0.gasPaid += outcome.gasPaid
        }
    }
}

/// What an action of a market is taken to use.
package struct LearnedGasLine: Codable, Equatable, Sendable {
    package var market: String
    package var action: String
    package var gas: UInt64
}

/// An account by its names, and its chance to cross.
package struct LikelyCrossing: Codable, Equatable, Sendable {
    package var market: String
    package var account: String
    package var probability: Double
}

/// A switch that is thrown once, by any thread.
package final class StopFlag: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package var isRaised: Bool { flag.load(ordering: .acquiring) }
    package func raise() { flag.store(true, ordering: .releasing) }
}
