/// The submission rules for a REST venue without nonces, as data: the machine follows these rows and nothing else, and
/// a test walks every state with every event. A pair that is not listed is our own mistake and traps.
///
/// What makes it safe: no byte before durable; only identical bytes, under one id, for ever; a doubt is settled by asking
/// the venue, never by us. Source: submission design, "REST venues without nonces".
public enum SubmissionTable {
    /// What must also hold for a row to apply. For one state and event exactly one row's condition holds.
    public enum Condition: CaseIterable, Sendable {
        case always
        case deadlineOpen, deadlinePassed
        /// No earlier copy of the request is in doubt, or one is.
        case firstDoubtless, earlierInDoubt
        /// Sends remain, the deadline is open, and the venue has never said that it holds the intent.
        case maySend
        case mayNotSend
        /// As `mayNotSend`, by how sure the absence is.
        case absentButOpen, absentFirst, absentConfirmed
    }

    /// What is done when a row applies.
    public enum Effect: Sendable {
        case none
        case send, sendLater
        case ask, askLater
        /// The venue holds it: look again at the pace of blocks.
        case poll
        /// Look again at a slow pace; somebody may have to look.
        case askSlowly
        /// Look again when bytes in a dead socket must have landed.
        case askAfterGrace
        case finish
    }

    /// One rule. `to` is `nil` where the event's ending names the terminal state.
    public struct Row: Sendable {
        public let from: SubmissionState
        public let event: SubmissionEventKind
        public let condition: Condition
        public let to: SubmissionState?
        public let effect: Effect

        init(
            _ from: SubmissionState, _ event: SubmissionEventKind, _ condition: Condition = .always,
            to: SubmissionState?, _ effect: Effect
        ) {
            self.from = from
            self.event = event
            self.condition = condition
            self.to = to
            self.effect = effect
        }
    }

    public static let rows: [Row] = [
        Row(.created, .durable, .deadlineOpen, to: .maybeSent, .send),
        Row(.created, .durable, .deadlinePassed, to: .abandoned, .finish),
        Row(.created, .deadlinePassed, to: .created, .none),

        Row(.maybeSent, .accepted, to: .acknowledged, .poll),
        Row(.maybeSent, .known, to: .acknowledged, .ask),
        Row(.maybeSent, .definiteRefusal, .firstDoubtless, to: .rejected, .finish),
        // The refusal is about this copy; an earlier one may be executing.
        Row(.maybeSent, .definiteRefusal, .earlierInDoubt, to: .resolving, .askLater),
        Row(.maybeSent, .notAccepted, .maySend, to: .maybeSent, .sendLater),
        Row(.maybeSent, .notAccepted, .mayNotSend, to: .resolving, .askLater),
        Row(.maybeSent, .ambiguous, to: .resolving, .askLater),
        Row(.maybeSent, .timer, .maySend, to: .maybeSent, .send),
        Row(.maybeSent, .timer, .mayNotSend, to: .resolving, .ask),
        Row(.maybeSent, .deadlinePassed, to: .maybeSent, .none),
        Row(.maybeSent, .restart, to: .resolving, .ask),

        Row(.acknowledged, .pending, to: .acknowledged, .poll),
        Row(.acknowledged, .ended, to: nil, .finish),
        // It said that it held it: it may have executed it and then forgotten. Ask, but never send again.
        Row(.acknowledged, .unknownID, to: .resolving, .askLater),
        Row(.acknowledged, .unavailable, to: .acknowledged, .askLater),
        Row(.acknowledged, .timer, to: .acknowledged, .ask),
        Row(.acknowledged, .deadlinePassed, to: .acknowledged, .none),
        Row(.acknowledged, .restart, to: .resolving, .ask),

        Row(.resolving, .pending, to: .acknowledged, .poll),
        Row(.resolving, .ended, to: nil, .finish),
        Row(.resolving, .unknownID, .maySend, to: .maybeSent, .send),
        Row(.resolving, .unknownID, .absentButOpen, to: .resolving, .askSlowly),
        Row(.resolving, .unknownID, .absentFirst, to: .resolving, .askAfterGrace),
        Row(.resolving, .unknownID, .absentConfirmed, to: .abandoned, .finish),
        Row(.resolving, .unavailable, to: .resolving, .askLater),
        Row(.resolving, .timer, to: .resolving, .ask),
        Row(.resolving, .deadlinePassed, to: .resolving, .none),
        Row(.resolving, .restart, to: .resolving, .ask),
    ]

    /// The rules for one state and event; empty when the pair must never be.
    public static func rows(from state: SubmissionState, on event: SubmissionEventKind) -> [Row] {
        rows.filter { $0.from == state && $0.event == event }
    }
}
