import Console
import Desk
import Domain
import HTTPSubmit
import Journal
import Signing
import Submission
import Units
import VenueProtocol

extension SubmissionWorker {
    /// Gives an event to an intent's machine and does what it says.
    mutating func take(_ event: SubmissionEvent, _ token: UInt64) throws {
        guard var intent = open[token] else { return }
        let before = intent.machine.state
        let action = intent.machine.take(event, at: Clock.wall, jitter: jitter.next(), limits: limits)
        open[token] = intent
        let step = Transition(
            intent.record.id, from: before, to: intent.machine.state, cause: "\(event.kind)",
            sends: intent.machine.sends, at: Clock.wall)
        if case .finish = action { return try finish(token, intent, step) }
        // The step out of `created` is what made the record durable.
        if before != intent.machine.state, before != .created { transitions.append(step) }
        switch action {
        case .send: try send(token, intent)
        case .ask: try ask(token, intent)
        case .nothing, .wake, .finish: break
        }
    }

    private mutating func send(_ token: UInt64, _ intent: OpenIntent) throws {
        open[token]?.request = .post(number: intent.machine.sends, began: Clock.wall)
        let request = intent.record.request
        record(sending: "POST", request.path, request.body, of: intent)
        try client.add(
            token: token, method: "POST", path: request.path, headers: request.headers, body: request.body)
    }

    private mutating func ask(_ token: UInt64, _ intent: OpenIntent) throws {
        open[token]?.request = .status
        let path = LiquidationRequest.statusPath(of: intent.record.id)
        let headers = signer.headers(method: "GET", path: path, id: nil, body: [], at: Clock.wall)
        record(sending: "GET", path, [], of: intent)
        try client.add(token: token, method: "GET", path: path, headers: headers, body: [])
    }

    /// An answer, or the failure to get one.
    mutating func answer(_ result: HTTPResult) throws {
        guard let intent = open[result.token], let request = intent.request else { return }
        open[result.token]?.request = nil
        switch request {
        case .post(let number, let began):
            let meaning = ResponseClass(result.ending)
            attempts.append(
                Attempt(
                    intent.record.id, number: number, began: began, ended: Clock.wall, meaning: "\(meaning)",
                    detail: result.summary))
            record(result, to: "POST", of: intent, meaning: meaning.word)
            try take(.response(meaning), result.token)
        case .status:
            let answer = StatusAnswer(result, about: intent.record.id)
            record(result, to: "GET", of: intent, meaning: answer.reply.word)
            if let figures = answer.figures { open[result.token]?.figures = figures }
            try take(.status(answer.reply), result.token)
        }
    }

    /// The ending is durable before the engine learns of it.
    private mutating func finish(_ token: UInt64, _ intent: OpenIntent, _ step: Transition) throws {
        try journal.recordTransitions(transitions)
        transitions.removeAll(keepingCapacity: true)
        try journal.recordOutcome(step, intent.figures)
        if let used = intent.figures.gasUsed {
            let action: GasAction = step.to == .settled ? .liquidation : .revert
            try journal.record(GasReceipt(market: intent.record.opportunity.market, action: action, used: used))
        }
        open[token] = nil
        let outcome = intent.outcome(ordinal: intent.ordinal ?? 0)
        status.book(outcome)
        if intent.ordinal != nil, !engine.post(.outcome(outcome)) { status.update { $0.mailboxOverflows += 1 } }
        recovering.remove(token)
        armWhenResolved()
    }
}

extension OpenIntent {
    /// For the engine and the books. What the venue proved never to have seen counts as rejected: nothing was done.
    fileprivate func outcome(ordinal: UInt64) -> IntentOutcome {
        let ending: IntentOutcome.Ending =
            switch machine.state {
            case .settled: .settled
            case .outbid: .outbid
            case .reverted: .reverted
            case .expired: .expired
            default: .rejected
            }
        return IntentOutcome(
            ordinal: ordinal, ending: ending, repaid: figures.repaid, seized: figures.seized, cash: figures.cash,
            gasPaid: figures.gasPaid, block: figures.block, gasUsed: figures.gasUsed)
    }
}

extension StatusAnswer {
    fileprivate init(_ result: HTTPResult, about id: IntentID) {
        switch result.ending {
        case .answered(let status, let body, _): self.init(status: status, body: body, about: id)
        // No answer is no knowledge: status 0 reads as unavailable.
        case .failed: self.init(status: 0, body: [], about: id)
        }
    }
}

extension HTTPResult {
    /// A short account for the journal, without headers: they hold a signature.
    fileprivate var summary: String {
        switch ending {
        case .answered(let status, let body, _): "\(status) \(String(decoding: body.prefix(200), as: UTF8.self))"
        case .failed(let failure): "\(failure.kind)"
        }
    }
}
