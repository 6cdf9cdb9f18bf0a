public import Submission
internal import Units

extension Journal {
    static let insertIntentSQL = """
        INSERT INTO intent (id, opportunity, state, market, account, version, debt, collateral, liquidator, ordinal,
            repay, expected_profit, gas_cost, deadline, path, headers, body, triggered_ns, decided_ns)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static let insertEventSQL = "INSERT INTO event (intent, \"from\", \"to\", cause, at_ns) VALUES (?, ?, ?, ?, ?)"

    /// At most so many first refusals are kept by account; beyond it only the counts grow.
    public static let refusalEventsMax = 100_000

    /// Makes decisions durable, as one transaction, and marks each as maybe sent: when this returns, their bytes may leave.
    public func recordDecided(_ records: [IntentRecord]) throws(JournalError) {
        try transaction { () throws(JournalError) in
            for record in records {
                try insert(record)
                try note(
                    Transition(
                        record.id, from: .created, to: .maybeSent, cause: "decided", sends: 0, at: record.decidedAt))
            }
        }
    }

    /// Records steps between unfinished states.
    public func recordTransitions(_ steps: [Transition]) throws(JournalError) {
        guard !steps.isEmpty else { return }
        let update = try Statement(
            """
            UPDATE intent SET state = ?, sends = ?, acknowledged = max(acknowledged, ?) WHERE id = ? AND state = ?
            """, on: connection)
        try transaction { () throws(JournalError) in
            for step in steps {
                precondition(!step.to.isFinished, "Condition: an ending is recorded with its outcome")
                try update.run([
                    .integer(Int64(step.to.rawValue)), .integer(Int64(step.sends)),
                    .integer(step.to == .acknowledged ? 1 : 0), .text(step.id.text),
                    .integer(Int64(step.from.rawValue)),
                ])
                try checkChanged(step.id)
                try note(step)
            }
        }
    }

    /// Records how an intent ended. From then on the row cannot change: the database itself refuses.
    public func recordOutcome(_ step: Transition, _ outcome: SettlementFigures) throws(JournalError) {
        precondition(step.to.isFinished, "Condition: an outcome belongs to an ending")
        let update = try Statement(
            """
            UPDATE intent SET state = ?, sends = ?, ended_ns = ?, repaid = ?, seized = ?, cash = ?, gas_paid = ?, block = ?
            WHERE id = ? AND state = ?
            """, on: connection)
        try transaction { () throws(JournalError) in
            try update.run([
                .integer(Int64(step.to.rawValue)), .integer(Int64(step.sends)), .integer(step.at.nanoseconds),
                .amount(outcome.repaid), .amount(outcome.seized), .amount(outcome.cash.units), .amount(outcome.gasPaid),
                .unsigned(outcome.block.height), .text(step.id.text), .integer(Int64(step.from.rawValue)),
            ])
            try checkChanged(step.id)
            try note(step)
        }
    }

    /// Records requests, in a batch: to lose some in a crash is harmless.
    public func recordAttempts(_ attempts: [Attempt]) throws(JournalError) {
        guard !attempts.isEmpty else { return }
        let insert = try Statement("INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?)", on: connection)
        try transaction { () throws(JournalError) in
            for attempt in attempts {
                try insert.run([
                    .text(attempt.id.text), .integer(Int64(attempt.number)), .integer(attempt.began.nanoseconds),
                    .integer(attempt.ended.nanoseconds), .text(attempt.meaning), .text(attempt.detail),
                ])
            }
        }
    }

    /// Adds to the counts by reason, and keeps the first of each account and reason.
    public func recordRefusals(_ tallies: [RefusalTally]) throws(JournalError) {
        guard !tallies.isEmpty else { return }
        let add = try Statement(
            "INSERT INTO refusal VALUES (?, ?) ON CONFLICT (reason) DO UPDATE SET count = count + excluded.count",
            on: connection)
        let first = try Statement("INSERT OR IGNORE INTO refusal_event VALUES (?, ?, ?, ?)", on: connection)
        try transaction { () throws(JournalError) in
            var room = Self.refusalEventsMax - (try count("refusal_event"))
            for tally in tallies {
                let reason = Value.text(String(describing: tally.reason))
                try add.run([reason, .unsigned(tally.count)])
                guard room > 0 else { continue }
                try first.run([.text(tally.market), .text(tally.account), reason, .integer(tally.at.nanoseconds)])
                room -= connection.changes
            }
        }
    }

    /// Records accounts that became liquidatable: the first and the last time of each.
    public func recordCrossings(_ crossings: [Crossing]) throws(JournalError) {
        guard !crossings.isEmpty else { return }
        let upsert = try Statement(
            """
            INSERT INTO crossing VALUES (?, ?, ?, ?)
            ON CONFLICT (market, account) DO UPDATE SET last_ns = max(last_ns, excluded.last_ns)
            """, on: connection)
        try transaction { () throws(JournalError) in
            for crossing in crossings {
                let at = Value.integer(crossing.at.nanoseconds)
                try upsert.run([.text(crossing.market), .text(crossing.account), at, at])
            }
        }
    }

    private func insert(_ record: IntentRecord) throws(JournalError) {
        let opportunity = record.opportunity
        do {
            try insertIntent.run([
                .text(record.id.text), .text(opportunity.text), .integer(Int64(SubmissionState.maybeSent.rawValue)),
                .text(opportunity.market), .text(opportunity.account), .unsigned(opportunity.version),
                .text(opportunity.debtAsset), .text(opportunity.collateralAsset), .text(opportunity.liquidator),
                .unsigned(record.ordinal), .amount(record.repay), .amount(record.expectedProfit.units),
                .amount(record.gasCost), .unsigned(record.deadline.height), .text(record.request.path),
                .text(HeaderText.encode(record.request.headers)), .blob(record.request.body),
                .integer(record.triggeredAt.nanoseconds), .integer(record.decidedAt.nanoseconds),
            ])
        } catch  where error.code == .idTaken {
            throw JournalError(.idTaken, file: error.file, subject: record.id.text, sqlite: error.sqlite)
        } catch  where error.code == .opportunityTaken {
            throw JournalError(.opportunityTaken, file: error.file, subject: opportunity.text, sqlite: error.sqlite)
        }
    }

    private func note(_ step: Transition) throws(JournalError) {
        try insertEvent.run([
            .text(step.id.text), .integer(Int64(step.from.rawValue)), .integer(Int64(step.to.rawValue)),
            .text(step.cause), .integer(step.at.nanoseconds),
        ])
    }

    private func checkChanged(_ id: IntentID) throws(JournalError) {
        guard connection.changes == 1 else {
            throw JournalError(.notInState, file: connection.file, subject: id.text)
        }
    }
}
