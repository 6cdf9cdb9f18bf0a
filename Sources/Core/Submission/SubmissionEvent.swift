public import Domain
public import Units

/// What the venue's answer to a sent intent means for it.
public enum ResponseClass: Equatable, Sendable {
    /// It holds the intent.
    case accepted
    /// It held it already, with the same bytes.
    case known
    /// This request will not be executed. It says nothing about an earlier copy of it.
    case definiteRefusal
    /// Not taken this time; `retryAfter` is the venue's wish, when it named one.
    case notAccepted(retryAfter: Interval?)
    /// Anything else: it may have been taken.
    case ambiguous
}

/// What asking the venue by id brought.
public enum StatusReply: Equatable, Sendable {
    case pending
    case ended(IntentOutcome.Ending)
    /// The venue itself said that it has never seen the id.
    case unknownID
    /// No answer, or none that can be read.
    case unavailable
}

/// Everything that can happen to an intent.
public enum SubmissionEvent: Equatable, Sendable {
    /// The journal has committed the intent.
    case durable
    case response(ResponseClass)
    case status(StatusReply)
    /// The venue's block is beyond the intent's deadline.
    case deadlinePassed
    /// The moment that the last `wake` named has come.
    case timer
    /// The process began, and found the intent unfinished.
    case restart

    /// The column of the table that this event belongs to.
    public var kind: SubmissionEventKind {
        switch self {
        case .durable: .durable
        case .response(.accepted): .accepted
        case .response(.known): .known
        case .response(.definiteRefusal): .definiteRefusal
        case .response(.notAccepted): .notAccepted
        case .response(.ambiguous): .ambiguous
        case .status(.pending): .pending
        case .status(.ended): .ended
        case .status(.unknownID): .unknownID
        case .status(.unavailable): .unavailable
        case .deadlinePassed: .deadlinePassed
        case .timer: .timer
        case .restart: .restart
        }
    }
}

/// An event without what it carries.
public enum SubmissionEventKind: CaseIterable, Hashable, Sendable {
    case durable, accepted, known, definiteRefusal, notAccepted, ambiguous
    case pending, ended, unknownID, unavailable
    case deadlinePassed, timer, restart
}
