import BiddingModel
public import Configuration
import Console
import Domain
import Foundation
import Synchronization
import TapeContent
import ZeroMQFeed

/// One bot: an engine's thread and a desk's thread, joined by two mailboxes.
///
/// It is the same bot in every mode; only the desk differs, and the desk is handed in.
public final class Bot: Sendable {
    public let status = BotStatus()
    public let modeName: String
    private let configuration: BotConfiguration
    private let desk: any OrderDesk
    /// `nil` where nobody records.
    private let tape: TapeQueue?
    private let stopEngine = StopFlag()
    private let stopDesk = StopFlag()
    private let orders = Mailbox<DeskMessage>(bound: 65_536)
    private let inbox = Mailbox<EngineMessage>(bound: 65_536)
    /// `nil` without an outside model.
    private let questions: Mailbox<ModelQuestion>?
    private let finished: Mutex<[String: Bool]>

    public init(_ configuration: BotConfiguration, desk: any OrderDesk, tape: TapeQueue? = nil) {
        self.tape = tape
        self.configuration = configuration
        self.desk = desk
        modeName = desk.modeName
        let hasModel = !configuration.model.command.isEmpty
        questions = hasModel ? Mailbox(bound: 4_096) : nil
        finished = Mutex(
            hasModel ? ["engine": false, "desk": false, "model": false] : ["engine": false, "desk": false])
    }

    /// Starts both threads.
    public func start() {
        if let questions { startModel(questions) }
        spawn("engine") { [self] in
            let context = try ZeroMQContext()
            var loop = try EngineLoop(
                configuration, context: context, desk: orders, inbox: inbox, questions: questions, status: status,
                tape: tape)
            try loop.run(until: stopEngine)
        }
        spawn("desk") { [self] in
            try desk.run(orders: orders, engine: inbox, status: status, until: stopDesk)
        }
    }

    private func startModel(_ questions: Mailbox<ModelQuestion>) {
        spawn("model") { [self] in
            var model = try ModelDesk(
                configuration, modeName: modeName, questions: questions, engine: inbox, status: status)
            model.run(until: stopDesk)
        }
    }

    /// Stops deciding, then lets the desk finish what is open. Returns when both threads have ended or the time is up.
    public func stop(within seconds: Int) {
        stopEngine.raise()
        stopDesk.raise()
        for _ in 0..<seconds * 100 where !isFinished { usleep(10_000) }
        if let tape, isFinished { recordLate(tape) }
    }

    /// How intents ended that the desk saw through after the engine had stopped.
    private func recordLate(_ tape: TapeQueue) {
        for message in inbox.drain() {
            if case .outcome(let outcome) = message { tape.post(.outcome(OutcomeEntry(at: Clock.wall, outcome))) }
        }
    }

    /// Whether both threads have come to an end.
    public var isFinished: Bool { finished.withLock { $0.values.allSatisfy { $0 } } }

    /// Whether a thread has failed, so that there is no point in going on.
    public var hasFailed: Bool { status.snapshot.failure != nil }

    private func spawn(_ name: String, _ body: @escaping @Sendable () throws -> Void) {
        let thread = Thread { [self] in
            do {
                try body()
            } catch {
                status.update { $0.failure = $0.failure ?? "\(name): \(error)" }
            }
            finished.withLock { $0[name] = true }
        }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }
}
