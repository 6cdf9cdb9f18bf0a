import Domain
import Submission
import Testing
import Units

@testable import Journal

@Suite struct JournalRecordingTests {
    private let folder = Folder()

    @Test func `what was decided is found unfinished after a restart, byte for byte`() throws {
        do { try open { try $0.recordDecided([record(1), record(2)]) } }
        try open { journal in
            let found = try journal.unfinished()
            #expect(found.map(\.record) == [record(1), record(2)])
            #expect(found.allSatisfy { $0.state == .maybeSent && $0.sends == 0 && !$0.wasAcknowledged })
        }
    }

    @Test func `an empty body stays an empty body`() throws {
        try open { journal in
            try journal.recordDecided([record(1, bodyCount: 0)])
            #expect(try journal.unfinished().map(\.record.request.body) == [[]])
        }
    }

    @Test func `an opportunity with an unfinished intent is taken, and free when it has ended`() throws {
        try open { journal in
            let first = record(1)
            let second = record(1, id: 99)
            try journal.recordDecided([first])
            #expect(throws: JournalError.self) { try journal.recordDecided([record(2), second]) }
            #expect(try journal.unfinished().count == 1, "a refused batch leaves nothing")
            try journal.recordOutcome(step(first, .maybeSent, .outbid), .nothing)
            #expect(try journal.decisions(on: first.opportunity) == 1)
            try journal.recordDecided([second])
            #expect(try journal.unfinished().map(\.record.id) == [second.id])
        }
    }

    @Test func `a taken opportunity and a taken id are told apart`() throws {
        try open { journal in
            try journal.recordDecided([record(1)])
            #expect(code { try journal.recordDecided([record(1, id: 99)]) } == .opportunityTaken)
            try journal.recordOutcome(step(record(1), .maybeSent, .settled), .nothing)
            #expect(code { try journal.recordDecided([record(1)]) } == .idTaken)
        }
    }

    @Test func `steps move the state, remember an acknowledgement and fill the log`() throws {
        try open { journal in
            let one = record(1)
            try journal.recordDecided([one])
            try journal.recordTransitions([step(one, .maybeSent, .acknowledged), step(one, .acknowledged, .resolving)])
            let found = try journal.unfinished()
            #expect(found.map(\.state) == [.resolving] && found.map(\.wasAcknowledged) == [true])
            #expect(found.map(\.sends) == [1])
            let log = try journal.events(of: one.id)
            #expect(log.map(\.to) == [.maybeSent, .acknowledged, .resolving])
            #expect(log.map(\.cause) == ["decided", "test", "test"])
        }
    }

    @Test func `a step from a state that it is not in is refused whole`() throws {
        try open { journal in
            let one = record(1)
            try journal.recordDecided([one])
            let wrong = [step(one, .maybeSent, .acknowledged), step(one, .maybeSent, .resolving)]
            #expect(code { try journal.recordTransitions(wrong) } == .notInState)
            #expect(try journal.unfinished().map(\.state) == [.maybeSent])
        }
    }

    @Test func `an ending is final, for us and for the database`() throws {
        try open { journal in
            let one = record(1)
            try journal.recordDecided([one])
            try journal.recordOutcome(step(one, .maybeSent, .settled), outcome)
            #expect(code { try journal.recordOutcome(step(one, .maybeSent, .outbid), outcome) } == .notInState)
            #expect(throws: JournalError.self) { try journal.connection.execute("UPDATE intent SET cash = '0'") }
            #expect(throws: JournalError.self) { try journal.connection.execute("DELETE FROM event") }
            let row = try #require(try journal.intents(limit: 1).first)
            #expect(row.outcome == outcome && row.state == .settled && row.endedAt == Moment(nanoseconds: 42))
        }
    }

    @Test func `the books add up with amounts beyond 64 bits`() throws {
        try open { journal in
            try journal.recordDecided((1...4).map { record($0) })
            try journal.recordOutcome(step(record(1), .maybeSent, .settled), outcome)
            try journal.recordOutcome(step(record(2), .maybeSent, .reverted), outcome)
            try journal.recordOutcome(step(record(3), .maybeSent, .abandoned), .nothing)
            let totals = try journal.totals()
            #expect(totals.intents == [.settled: 1, .reverted: 1, .abandoned: 1, .maybeSent: 1])
            #expect(totals.cash == outcome.cash + outcome.cash)
            #expect(totals.gasPaid == 2 * outcome.gasPaid)
            #expect(totals.expectedProfit == record(1).expectedProfit)
        }
    }

    @Test func `refusals are counted by reason and the first of an account is kept`() throws {
        try open { journal in
            for _ in 0..<3 {
                try journal.recordRefusals([
                    RefusalTally(market: "m", account: "a", reason: .belowMinimumProfit, count: 5, at: .start),
                    RefusalTally(market: "m", account: "b", reason: .inFlight, count: 1, at: .start),
                ])
            }
            #expect(try journal.totals().refusals == ["belowMinimumProfit": 15, "inFlight": 3])
            #expect(try journal.count("refusal_event") == 2)
        }
    }

    @Test func `an account that crosses again keeps its first time`() throws {
        try open { journal in
            for time in [20, 30, 25] as [Int64] {
                try journal.recordCrossings([Crossing(market: "m", account: "a", at: Moment(nanoseconds: time))])
            }
            #expect(try journal.totals().crossings == 1)
            #expect(try journal.connection.value(of: "SELECT first_ns || '-' || last_ns FROM crossing") == "20-30")
        }
    }

    @Test func `requests are kept in their order`() throws {
        let attempts = (1...3).map {
            Attempt(
                record(1).id, number: $0, began: .start, ended: .start + .milliseconds(1), meaning: "ambiguous",
                detail: "reset")
        }
        try open { journal in
            try journal.recordAttempts(attempts)
            #expect(try journal.attempts(of: record(1).id) == attempts)
            #expect(try journal.attempts(of: record(2).id) == [])
        }
    }

    @Test func `a full journal says so, loses nothing it held, and goes on when there is room`() throws {
        var kept = 0
        let journal = try Journal(file: folder.journal, mode: .live, pagesMax: 80)
        let error = #expect(throws: JournalError.self) {
            for number in 1...1_000 as ClosedRange<UInt64> {
                try journal.recordDecided([record(number, bodyCount: 4_000)])
                kept += 1
            }
        }
        #expect(error?.code == .full && error?.isRetriable == true)
        #expect(kept > 3)
        #expect(try journal.unfinished().count == kept)
        try journal.connection.execute("PRAGMA max_page_count = 1000")
        try journal.recordDecided([record(5_000)])
        #expect(try journal.unfinished().count == kept + 1)
    }

    private let outcome = SettlementFigures(
        repaid: .max, seized: 1 << 100, cash: Cash(units: -(1 << 90)), gasPaid: 1 << 80, block: BlockNumber(12))

    private func open(_ body: (borrowing Journal) throws -> Void) throws {
        let journal = try Journal(file: folder.journal, mode: .live)
        try body(journal)
    }

    private func step(_ record: IntentRecord, _ from: SubmissionState, _ to: SubmissionState) -> Transition {
        Transition(record.id, from: from, to: to, cause: "test", sends: 1, at: Moment(nanoseconds: 42))
    }

    private func code(_ body: () throws -> Void) -> JournalError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? JournalError)?.code
        }
    }
}
