import BiddingModel
import Configuration
import Console
import Domain
import Units

/// The model's thread: questions from the engine go to the model's process, what comes of each goes back as advice.
struct ModelDesk: ~Copyable {
    private var session: ModelSession
    private let questions: Mailbox<ModelQuestion>
    private let engine: Mailbox<EngineMessage>
    private let status: BotStatus

    init(
        _ configuration: BotConfiguration, modeName: String, questions: Mailbox<ModelQuestion>,
        engine: Mailbox<EngineMessage>, status: BotStatus
    ) throws {
        var settings = ModelSettings(command: configuration.model.command, mode: modeName.lowercased())
        settings.transcript = configuration.model.transcript.isEmpty ? nil : configuration.model.transcript
        session = try ModelSession(settings)
        self.questions = questions
        self.engine = engine
        self.status = status
    }

    mutating func run(until stop: StopFlag) {
        while !stop.isRaised {
            let now = Clock.monotonic
            for question in questions.drain() { session.ask(question, at: now) }
            let replies = session.turn(at: now)
            for reply in replies { tell(reply) }
            let counters = session.counters
            if !replies.isEmpty { status.update { $0.model = counters } }
            session.wait(alsoFor: questions.descriptor, milliseconds: waitMilliseconds(from: now))
        }
    }

    /// Until something is due, at most so long that the stop flag is noticed.
    private func waitMilliseconds(from now: Moment) -> Int32 {
        guard let next = session.nextDeadline else { return Self.waitMax }
        return Int32(min(max((next - now).nanoseconds / 1_000_000 + 1, 0), Int64(Self.waitMax)))
    }

    private static let waitMax: Int32 = 50

    private func tell(_ reply: ModelReply) {
        let verdict: Advice.Verdict =
            switch reply.answer {
            case .bid(let repay, let fee, _):
                .bid(repay: repay, priorityFee: fee.map { GasPrice(weiPerGas: $0) })
            case .noBid: .noBid
            case .none: .absent
            }
        if !engine.post(.advice(Advice(id: reply.id, verdict))) { status.update { $0.mailboxOverflows += 1 } }
    }
}
