public import Domain
public import Units

/// What became of one received message.
public struct FrameVerdict: Equatable, Sendable {
    public enum Outcome: Equatable, Sendable {
        case applied, duplicate, replayedEpoch, heartbeat
        case faulty(FeedFault)
    }

    public var outcome: Outcome
    /// The stream that the inputs belong to; `nil` when the message was faulty.
    public var stream: StreamIndex?
    /// By the publisher's clock.
    public var publishedAt: Moment

    static func faulty(_ fault: FeedFault) -> FrameVerdict {
        FrameVerdict(outcome: .faulty(fault), stream: nil, publishedAt: .start)
    }
}
