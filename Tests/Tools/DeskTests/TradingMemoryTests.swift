import Console
import Desk
import Domain
import Foundation
import Journal
import Signing
import Submission
import Testing
import Units

/// What an engine is told of earlier runs before it is armed.
@Suite struct TradingMemoryTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "bailiff-memory-\(UUID().uuidString)")

    private func told(_ events: (borrowing Journal) throws -> Void) throws -> [EngineMessage] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let journal = try Journal(file: folder.appending(path: "j.sqlite").path, mode: .paper)
        try events(journal)
        let box = Mailbox<EngineMessage>(bound: 64)
        try TradingMemory.recall(journal, to: box)
        return box.drain()
    }

    private func revert(_ number: UInt64, secondsAgo: Int64, in journal: borrowing Journal) throws {
        let opportunity = Opportunity(
            market: "m", account: "\(number)", version: 1, debtAsset: "d", collateralAsset: "c", liquidator: "me")
        let id = IntentID(opportunity, decision: 0)
        let at = Clock.wall + .seconds(-secondsAgo)
        try journal.recordDecided([
            IntentRecord(
                id: id, opportunity: opportunity, ordinal: number,
                request: RequestBytes(path: "", headers: [], body: []), deadline: BlockNumber(1), repay: 1,
                expectedProfit: .zero, gasCost: 1, triggeredAt: at, decidedAt: at)
        ])
        try journal.recordOutcome(
            Transition(id, from: .maybeSent, to: .reverted, cause: "test", sends: 1, at: at),
            SettlementFigures(repaid: 0, seized: 0, cash: .zero, gasPaid: 1, block: BlockNumber(1)))
    }

    private func pastCount(_ messages: [EngineMessage]) -> Int {
        messages.count { if case .past = $0 { true } else { false } }
    }

    @Test func `failures of the last day are told, and the halt that followed`() throws {
        let messages = try told { journal in
            try revert(1, secondsAgo: 90_000, in: journal)
            try revert(2, secondsAgo: 100, in: journal)
            try revert(3, secondsAgo: 90, in: journal)
            try journal.record(TradingChange(.halted, .consecutiveFailures, at: Clock.wall + .seconds(-80)))
        }
        #expect(pastCount(messages) == 2)
        guard case .restored(.halted)? = messages.last else {
            Issue.record("the state comes last: \(messages)")
            return
        }
    }

    @Test func `what an operator has resumed over does not halt the next run again`() throws {
        let messages = try told { journal in
            try revert(1, secondsAgo: 100, in: journal)
            try journal.record(TradingChange(.halted, .consecutiveFailures, at: Clock.wall + .seconds(-80)))
            try journal.record(TradingChange(.active, .operatorResumed, at: Clock.wall + .seconds(-60)))
            try revert(2, secondsAgo: 30, in: journal)
        }
        #expect(pastCount(messages) == 1)
    }
}
