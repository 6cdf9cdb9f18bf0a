public import Domain

/// Where an intent stands. The numbers are the journal's: below 100 it is unfinished, and its opportunity is taken.
public enum SubmissionState: UInt8, CaseIterable, Hashable, Sendable {
    /// Decided; not durable yet; no byte has left.
    case created = 10
    /// Durable. Its bytes may have left, once or more often, and nobody has said what became of them.
    case maybeSent = 20
    /// The venue has said that it holds it.
    case acknowledged = 30
    /// We do not know, and are asking the venue by id.
    case resolving = 40
    case settled = 100
    case outbid = 101
    case reverted = 102
    case expired = 103
    case rejected = 104
    /// The venue has said twice, after the deadline, that it does not hold it; and past the deadline it takes it no more.
    case abandoned = 105

    public var isFinished: Bool { rawValue >= Self.settled.rawValue }
}

extension SubmissionState {
    /// The terminal state of an ending that the venue told.
    public init(_ ending: IntentOutcome.Ending) {
        self =
            switch ending {
            case .settled: .settled
            case .outbid: .outbid
            case .reverted: .reverted
            case .expired: .expired
            case .rejected: .rejected
            }
    }
}
