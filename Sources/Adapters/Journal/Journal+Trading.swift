public import Domain
import Submission
public import Units

/// What limits remember over a restart: the state the last run ended in, and how its bids ended.
extension Journal {
    /// Makes a change of state durable; of an operator's resuming also the moment, from which limits count anew.
    public func record(_ change: TradingChange) throws(JournalError) {
        let write = try Statement(
            "INSERT INTO meta VALUES ('trading', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            on: connection)
        try transaction { () throws(JournalError) in
            try write.run([.text("\(change.state) \(change.cause) \(change.at.nanoseconds)")])
            guard change.cause == .operatorResumed else { return }
            try connection.execute(
                "INSERT INTO meta VALUES ('resumed', '\(change.at.nanoseconds)') "
                    + "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        }
    }

    /// When an operator last resumed; `nil` where none has.
    public func resumed() throws(JournalError) -> Moment? {
        checkThread()
        let query = try Statement("SELECT value FROM meta WHERE key = 'resumed'", on: connection)
        guard try query.step() else { return nil }
        guard let at = Int64(query.text(0)) else {
            throw JournalError(.corrupt, file: connection.file, subject: "resumed")
        }
        return Moment(nanoseconds: at)
    }

    /// The last change; `nil` where there was none.
    public func trading() throws(JournalError) -> TradingChange? {
        checkThread()
        let query = try Statement("SELECT value FROM meta WHERE key = 'trading'", on: connection)
        guard try query.step() else { return nil }
        let words = query.text(0).split(separator: " ")
        guard words.count == 3, let state = TradingState.allCases.first(where: { "\($0)" == words[0] }),
            let cause = TradingCause.allCases.first(where: { "\($0)" == words[1] }), let at = Int64(words[2])
        else { throw JournalError(.corrupt, file: connection.file, subject: "trading") }
        return TradingChange(state, cause, at: Moment(nanoseconds: at))
    }

    /// How bids have ended since a moment, oldest first. Gas is valued as it was when they were decided.
    public func outcomes(since moment: Moment) throws(JournalError) -> [PastOutcome] {
        checkThread()
        let query = try Statement(
            """
            SELECT id, state, cash, gas_paid, gas_cost, ended_ns FROM intent
            WHERE state >= 100 AND ended_ns >= ? ORDER BY ended_ns, rowid
            """, on: connection)
        query.bind([.integer(moment.nanoseconds)])
        var found: [PastOutcome] = []
        while try query.step() {
            let id = query.text(0)
            guard let ending = Self.ending(of: query.integer(1)) else { continue }
            let gasPaid = try query.amount(3, subject: id) as Wei
            let gasCost = gasPaid > 0 ? try query.amount(4, subject: id) as UInt128 : 0
            found.append(
                PastOutcome(
                    ending: ending, profit: Cash(units: try query.amount(2, subject: id)) + .cost(gasCost),
                    gasPaid: gasPaid, at: Moment(nanoseconds: query.integer(5))))
        }
        return found
    }

    /// An intent that was given up without a word of the venue is no outcome.
    private static func ending(of state: Int64) -> IntentOutcome.Ending? {
        switch UInt8(exactly: state).flatMap(SubmissionState.init(rawValue:)) {
        case .settled: .settled
        case .outbid: .outbid
        case .reverted: .reverted
        case .expired: .expired
        case .rejected: .rejected
        default: nil
        }
    }
}
