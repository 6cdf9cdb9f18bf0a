package import Domain
package import Units

/// What became of one received message.
package struct FrameVerdict: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        case applied, duplicate, replayedEpoch, heartbeat
        case faulty(FeedFault)
    }

    package var outcome: Outcome
    /// The stream that the inputs belong to; `nil` when the message was faulty.
    package var stream: StreamIndex?
    /// By the publisher's clock.
    package var publishedAt: Moment

    static func faulty(_ fault: FeedFault) -> FrameVerdict {
        FrameVerdict(outcome: .faulty(fault), stream: nil, publishedAt: .start)
    }
}
