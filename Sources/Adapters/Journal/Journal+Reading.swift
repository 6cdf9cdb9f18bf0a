public import Submission
internal import Units

extension Journal {
    private static let columns = """
        id, state, acknowledged, sends, market, account, version, debt, collateral, liquidator, ordinal, repay,
        expected_profit, gas_cost, deadline, path, headers, body, triggered_ns, decided_ns, ended_ns, repaid, seized, cash,
        gas_paid, block
        """

    /// What earlier runs left behind, oldest first: to be resolved before anything new is decided.
    public func unfinished() throws(JournalError) -> [UnfinishedIntent] {
        checkThread()
        let query = try Statement(
            "SELECT \(Self.columns) FROM intent WHERE state < 100 ORDER BY decided_ns, rowid", on: connection)
        var found: [UnfinishedIntent] = []
        while try query.step() {
            let row = try row(query)
            found.append(
                UnfinishedIntent(
                    record: row.record, state: row.state, sends: row.sends, wasAcknowledged: query.integer(2) != 0))
        }
        return found
    }

    /// How many decisions were ever taken on an opportunity: the number of the next one, for its name.
    public func decisions(on opportunity: Opportunity) throws(JournalError) -> UInt32 {
        checkThread()
        let query = try Statement("SELECT count(*) FROM intent WHERE opportunity = ?", on: connection)
        query.bind([.text(opportunity.text)])
        return try query.step() ? UInt32(query.integer(0)) : 0
    }

    /// Intents with what became of them, newest first.
    public func intents(limit: Int, offset: Int = 0) throws(JournalError) -> [IntentRow] {
        checkThread()
        precondition(limit > 0 && offset >= 0, "Condition: a page has a size and a place")
        let query = try Statement(
            "SELECT \(Self.columns) FROM intent ORDER BY decided_ns DESC, rowid DESC LIMIT ? OFFSET ?", on: connection)
        query.bind([.integer(Int64(limit)), .integer(Int64(offset))])
        var rows: [IntentRow] = []
        while try query.step() { rows.append(try row(query)) }
        return rows
    }

    /// An intent's steps, in order.
    public func events(of id: IntentID) throws(JournalError) -> [EventRow] {
        checkThread()
        let query = try Statement(
            "SELECT seq, \"from\", \"to\", cause, at_ns FROM event WHERE intent = ? ORDER BY seq", on: connection)
        query.bind([.text(id.text)])
        var rows: [EventRow] = []
        while try query.step() {
            rows.append(
                EventRow(
                    sequence: query.integer(0), id: id, from: try state(query.integer(1), of: id.text),
                    to: try state(query.integer(2), of: id.text), cause: query.text(3),
                    at: Moment(nanoseconds: query.integer(4))))
        }
        return rows
    }

    /// An intent's requests, in order.
    public func attempts(of id: IntentID) throws(JournalError) -> [Attempt] {
        checkThread()
        let query = try Statement(
            "SELECT n, began_ns, ended_ns, class, detail FROM attempt WHERE intent = ? ORDER BY rowid", on: connection)
        query.bind([.text(id.text)])
        var rows: [Attempt] = []
        while try query.step() {
            rows.append(
                Attempt(
                    id, number: Int(query.integer(0)), began: Moment(nanoseconds: query.integer(1)),
                    ended: Moment(nanoseconds: query.integer(2)), meaning: query.text(3), detail: query.text(4)))
        }
        return rows
    }

    /// The sums over everything. Amounts are added here: SQLite's own sum would round them.
    public func totals() throws(JournalError) -> JournalTotals {
        checkThread()
        var totals = JournalTotals()
        let query = try Statement(
            "SELECT id, state, expected_profit, cash, gas_paid FROM intent", on: connection)
        while try query.step() {
            let id = query.text(0)
            let state = try state(query.integer(1), of: id)
            totals.intents[state, default: 0] += 1
            guard state.isFinished else { continue }
            totals.cash += Cash(units: try query.amount(3, subject: id))
            totals.gasPaid += try query.amount(4, subject: id) as Wei
            if state == .settled { totals.expectedProfit += Cash(units: try query.amount(2, subject: id)) }
        }
        totals.crossings = try count("crossing")
        let refusals = try Statement("SELECT reason, count FROM refusal", on: connection)
        while try refusals.step() { totals.refusals[refusals.text(0)] = UInt64(bitPattern: refusals.integer(1)) }
        return totals
    }

    func count(_ table: String) throws(JournalError) -> Int {
        Int(try connection.value(of: "SELECT count(*) FROM \(table)")) ?? 0
    }

    private func state(_ number: Int64, of subject: String) throws(JournalError) -> SubmissionState {
        guard let raw = UInt8(exactly: number), let state = SubmissionState(rawValue: raw) else {
            throw JournalError(.corrupt, file: connection.file, subject: subject)
        }
        return state
    }

    private func row(_ query: borrowing Statement) throws(JournalError) -> IntentRow {
        let id = query.text(0)
        let record = try record(query, id)
        let hasEnded = !query.isNull(20)
        let outcome =
            hasEnded
            ? SettlementFigures(
                repaid: try query.amount(21, subject: id), seized: try query.amount(22, subject: id),
                cash: Cash(units: try query.amount(23, subject: id)), gasPaid: try query.amount(24, subject: id),
                block: BlockNumber(UInt64(bitPattern: query.integer(25)))) : nil
        return IntentRow(
            record: record, state: try state(query.integer(1), of: id), sends: Int(query.integer(3)), outcome: outcome,
            endedAt: hasEnded ? Moment(nanoseconds: query.integer(20)) : nil)
    }

    private func record(_ query: borrowing Statement, _ text: String) throws(JournalError) -> IntentRecord {
        guard let id = IntentID(text: text) else { throw JournalError(.corrupt, file: connection.file, subject: text) }
        let opportunity = Opportunity(
            market: query.text(4), account: query.text(5), version: UInt64(bitPattern: query.integer(6)),
            debtAsset: query.text(7), collateralAsset: query.text(8), liquidator: query.text(9))
        return IntentRecord(
            id: id, opportunity: opportunity, ordinal: UInt64(bitPattern: query.integer(10)),
            request: RequestBytes(
                path: query.text(15), headers: HeaderText.decode(query.text(16)), body: query.blob(17)),
            deadline: BlockNumber(UInt64(bitPattern: query.integer(14))), repay: try query.amount(11, subject: text),
            expectedProfit: Cash(units: try query.amount(12, subject: text)),
            gasCost: try query.amount(13, subject: text), triggeredAt: Moment(nanoseconds: query.integer(18)),
            decidedAt: Moment(nanoseconds: query.integer(19)))
    }
}
