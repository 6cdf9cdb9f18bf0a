import Domain
import Journal
import Submission
import Testing
import Units

/// What limits remember over a restart.
@Suite struct JournalTradingTests {
    private func moment(_ seconds: Int64) -> Moment { Moment(nanoseconds: seconds * 1_000_000_000) }

    private func end(
        _ number: UInt64, as state: SubmissionState, cash: Int128, gas: Wei, at seconds: Int64,
        in journal: borrowing Journal
    ) throws {
        let record = record(number)
        try journal.recordDecided([record])
        try journal.recordOutcome(
            Transition(record.id, from: .maybeSent, to: state, cause: "test", sends: 1, at: moment(seconds)),
            SettlementFigures(repaid: 1, seized: 1, cash: Cash(units: cash), gasPaid: gas, block: BlockNumber(1)))
    }

    @Test func `the last change of state is there after the journal was closed`() throws {
        let folder = Folder()
        let changes = [
            TradingChange(.reducing, .gasBudget, at: moment(1)), TradingChange(.halted, .dailyLoss, at: moment(2)),
        ]
        do {
            let journal = try Journal(file: folder.journal, mode: .paper)
            let before = try journal.trading()
            #expect(before == nil)
            for change in changes { try journal.record(change) }
        }
        let journal = try Journal(file: folder.journal, mode: .paper)
        let (found, resumed) = (try journal.trading(), try journal.resumed())
        #expect(found == changes[1] && resumed == nil)
    }

    @Test func `when an operator resumed is kept, whatever changes afterwards`() throws {
        let folder = Folder()
        let journal = try Journal(file: folder.journal, mode: .paper)
        try journal.record(TradingChange(.halted, .dailyLoss, at: moment(2)))
        try journal.record(TradingChange(.active, .operatorResumed, at: moment(3)))
        try journal.record(TradingChange(.reducing, .gasBudget, at: moment(4)))
        let (found, resumed) = (try journal.trading(), try journal.resumed())
        #expect(found?.cause == .gasBudget && resumed == moment(3))
    }

    @Test func `outcomes come in order from a moment on, gas deducted where any was paid`() throws {
        let folder = Folder()
        let journal = try Journal(file: folder.journal, mode: .paper)
        try end(1, as: .reverted, cash: 0, gas: 9, at: 10, in: journal)
        try end(2, as: .settled, cash: 100, gas: 9, at: 30, in: journal)
        try end(3, as: .expired, cash: 0, gas: 0, at: 20, in: journal)
        try end(4, as: .abandoned, cash: 0, gas: 0, at: 25, in: journal)
        // The fixture's gas was expected to cost 3.
        let found = try journal.outcomes(since: moment(20))
        #expect(
            found == [
                PastOutcome(ending: .expired, profit: .zero, gasPaid: 0, at: moment(20)),
                PastOutcome(ending: .settled, profit: Cash(units: 97), gasPaid: 9, at: moment(30)),
            ])
    }
}
