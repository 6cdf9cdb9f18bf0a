public import Units

/// What the wiring has to do next for one intent.
public enum SubmissionAction: Equatable, Sendable {
    case nothing
    /// Send the recorded bytes now, and answer with a `response`.
    case send
    /// Ask the venue by id now, and answer with a `status`.
    case ask
    /// Bring a `timer` at this moment.
    case wake(Moment)
    /// Done; the state is terminal and the machine can be dropped.
    case finish(SubmissionState)
}

/// One intent's way from decided to ended, for a venue that knows requests by id.
///
/// A plain value without clock, randomness or I/O: the moment and a random number come with each event. It waits for
/// exactly one thing at a time: the journal, an answer, or a moment. Which event leads where is `SubmissionTable`.
///
/// Example: `durable` gives `.send`; `response(.ambiguous)` gives `.wake`; `timer` gives `.ask`;
/// `status(.ended(.settled))` gives `.finish(.settled)`.
public struct SubmissionMachine: Equatable, Sendable {
    public private(set) var state: SubmissionState
    /// Times the bytes were handed out to be sent.
    public private(set) var sends: Int
    /// Questions since the last useful answer: the exponent of the back-off.
    public private(set) var fruitlessAsks = 0
    /// When the next `timer` is due; `nil` while an answer is awaited.
    public private(set) var wakeAt: Moment?
    /// A copy left and nobody said what became of it.
    private var isInDoubt: Bool
    private var wasAcknowledged: Bool
    private var hasDeadlinePassed = false
    private var absentSince: Moment?

    /// A new intent.
    public init() {
        state = .created
        sends = 0
        isInDoubt = false
        wasAcknowledged = false
    }

    /// An unfinished intent found in the journal. The next event must be `restart`.
    public init(resuming state: SubmissionState, sends: Int, wasAcknowledged: Bool) {
        precondition(!state.isFinished && state != .created, "Condition: only what was durable and unfinished resumes")
        self.state = state
        self.sends = sends
        isInDoubt = true
        self.wasAcknowledged = wasAcknowledged || state == .acknowledged
    }

    /// Takes one event and says what to do. A pair of state and event that the table does not list traps.
    public mutating func take(
        _ event: SubmissionEvent, at now: Moment, jitter: UInt64, limits: SubmissionLimits
    ) -> SubmissionAction {
        checkExpected(event)
        let rows = SubmissionTable.rows(from: state, on: event.kind)
        precondition(!rows.isEmpty, "Condition: an event fits the state of its intent")
        guard let row = rows.first(where: { holds($0.condition, at: now, limits) }) else {
            preconditionFailure("Invariant: the conditions of a state and event leave no gap")
        }
        learn(from: event, at: now)
        state = destination(of: row, event)
        if state == .acknowledged { wasAcknowledged = true }
        return perform(row.effect, event, at: now, jitter, limits)
    }

    /// It waits for one thing: while a moment is awaited no answer can come, and the other way round.
    private func checkExpected(_ event: SubmissionEvent) {
        switch event {
        case .timer: precondition(wakeAt != nil, "Condition: a timer comes when one was asked for")
        case .response, .status: precondition(wakeAt == nil, "Condition: an answer comes when something was sent")
        case .durable, .deadlinePassed, .restart: break
        }
    }

    private func destination(of row: SubmissionTable.Row, _ event: SubmissionEvent) -> SubmissionState {
        if let to = row.to { return to }
        guard case .status(.ended(let ending)) = event else {
            preconditionFailure("Invariant: only an ending names its own state")
        }
        return SubmissionState(ending)
    }

    public func holds(
        _ condition: SubmissionTable.Condition, at now: Moment, _ limits: SubmissionLimits
    ) -> Bool {
        let maySend = sends < limits.sendsMax && !hasDeadlinePassed && !wasAcknowledged
        let isConfirmed = absentSince.map { now >= $0 + limits.absenceGrace } ?? false
        return switch condition {
        case .always: true
        case .deadlineOpen: !hasDeadlinePassed
        case .deadlinePassed: hasDeadlinePassed
        case .firstDoubtless: !isInDoubt
        case .earlierInDoubt: isInDoubt
        case .maySend: maySend
        case .mayNotSend: !maySend
        case .absentButOpen: !maySend && !hasDeadlinePassed
        case .absentFirst: hasDeadlinePassed && !isConfirmed
        case .absentConfirmed: hasDeadlinePassed && isConfirmed
        }
    }

    private mutating func learn(from event: SubmissionEvent, at now: Moment) {
        switch event {
        case .deadlinePassed: hasDeadlinePassed = true
        case .response(.ambiguous), .restart: isInDoubt = true
        case .response(.accepted), .response(.known), .status(.pending): fruitlessAsks = 0
        case .status(.unknownID) where hasDeadlinePassed: absentSince = absentSince ?? now
        default: break
        }
        // An answer that shows it present takes an earlier absence back.
        if event == .status(.pending) { absentSince = nil }
    }

    private mutating func perform(
        _ effect: SubmissionTable.Effect, _ event: SubmissionEvent, at now: Moment, _ jitter: UInt64,
        _ limits: SubmissionLimits
    ) -> SubmissionAction {
        if effect == .none { return .nothing }
        wakeAt = nil
        switch effect {
        case .none: return .nothing
        case .finish: return .finish(state)
        case .ask: return .ask
        case .send:
            sends += 1
            return .send
        case .sendLater:
            let backoff = limits.backoff(repetition: max(sends, 1), jitter: jitter)
            return wake(at: now + max(wish(of: event, limits), backoff))
        case .askLater:
            fruitlessAsks += 1
            return wake(at: now + limits.backoff(repetition: fruitlessAsks, jitter: jitter))
        case .poll: return wake(at: now + limits.pollInterval)
        case .askSlowly: return wake(at: now + limits.slowInterval)
        case .askAfterGrace: return wake(at: (absentSince ?? now) + limits.absenceGrace)
        }
    }

    private mutating func wake(at moment: Moment) -> SubmissionAction {
        wakeAt = moment
        return .wake(moment)
    }

    private func wish(of event: SubmissionEvent, _ limits: SubmissionLimits) -> Interval {
        guard case .response(.notAccepted(let wish?)) = event else { return Interval(nanoseconds: 0) }
        return min(wish, limits.retryAfterMax)
    }
}
