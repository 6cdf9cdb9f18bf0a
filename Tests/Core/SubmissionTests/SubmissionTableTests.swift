import Domain
import Testing
import Units

@testable import Submission

/// Every state with every event, against a table written by hand here: state, event, and where it may lead.
@Suite struct SubmissionTableTests {
    private static let allowed: [SubmissionState: [SubmissionEventKind: Set<SubmissionState>]] = [
        .created: [
            .durable: [.maybeSent, .abandoned], .deadlinePassed: [.created],
        ],
        .maybeSent: [
            .accepted: [.acknowledged], .known: [.acknowledged], .definiteRefusal: [.rejected, .resolving],
            .notAccepted: [.maybeSent, .resolving], .ambiguous: [.resolving], .timer: [.maybeSent, .resolving],
            .deadlinePassed: [.maybeSent], .restart: [.resolving],
        ],
        .acknowledged: [
            .pending: [.acknowledged], .ended: Self.endings, .unknownID: [.resolving], .unavailable: [.acknowledged],
            .timer: [.acknowledged], .deadlinePassed: [.acknowledged], .restart: [.resolving],
        ],
        .resolving: [
            .pending: [.acknowledged], .ended: Self.endings, .unknownID: [.maybeSent, .resolving, .abandoned],
            .unavailable: [.resolving], .timer: [.resolving], .deadlinePassed: [.resolving], .restart: [.resolving],
        ],
    ]
    private static let endings: Set<SubmissionState> = [.settled, .outbid, .reverted, .expired, .rejected]

    @Test(arguments: SubmissionState.allCases, SubmissionEventKind.allCases)
    func `a pair leads where it should, or is not listed`(state: SubmissionState, event: SubmissionEventKind) {
        let destinations = SubmissionTable.rows(from: state, on: event).flatMap { row in
            row.to.map { [$0] } ?? Array(Self.endings)
        }
        #expect(Set(destinations) == Self.allowed[state]?[event] ?? [])
    }

    @Test func `the journal's numbers of the states are frozen`() {
        #expect(SubmissionState.allCases.map(\.rawValue) == [10, 20, 30, 40, 100, 101, 102, 103, 104, 105])
    }

    @Test func `nothing leaves a terminal state`() {
        #expect(SubmissionTable.rows.allSatisfy { !$0.from.isFinished })
    }

    @Test func `a row finishes exactly when it leads to a terminal state`() {
        for row in SubmissionTable.rows {
            let isTerminal = row.to?.isFinished ?? true
            #expect((row.effect == .finish) == isTerminal, "\(row)")
        }
    }

    /// Whatever a machine has lived through, one row and only one applies to each listed event.
    @Test(arguments: 0..<200)
    func `conditions of a pair neither overlap nor leave a gap`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let limits = SubmissionLimits(sendsMax: 2)
        var walk = RandomWalk()
        while !walk.machine.state.isFinished && walk.steps < 200 {
            for event in SubmissionEventKind.allCases {
                let rows = SubmissionTable.rows(from: walk.machine.state, on: event)
                let holding = rows.filter { walk.machine.holds($0.condition, at: walk.now, limits) }
                #expect(holding.count == (rows.isEmpty ? 0 : 1), "seed \(seed): \(walk.machine) on \(event)")
            }
            walk.step(&generator, limits)
        }
    }

    @Test func `an event that does not fit is our mistake and traps`() async {
        await #expect(processExitsWith: .failure) {
            var machine = SubmissionMachine()
            _ = machine.take(.response(.accepted), at: .start, jitter: 0, limits: SubmissionLimits())
        }
        await #expect(processExitsWith: .failure) {
            var machine = SubmissionMachine()
            _ = machine.take(.durable, at: .start, jitter: 0, limits: SubmissionLimits())
            _ = machine.take(.timer, at: .start, jitter: 0, limits: SubmissionLimits())
        }
    }
}
