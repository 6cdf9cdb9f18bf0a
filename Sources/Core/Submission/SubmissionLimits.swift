public import Units

/// The bounds of trying. Each wait and each repetition has one.
public struct SubmissionLimits: Equatable, Sendable {
    /// Times that the same bytes are sent.
    public var sendsMax: Int
    /// The first back-off is at most this; it doubles with each repetition.
    public var backoffBase: Interval
    public var backoffMax: Interval
    /// A venue's Retry-After is honoured up to this.
    public var retryAfterMax: Interval
    /// How often an intent that the venue holds is looked at.
    public var pollInterval: Interval
    /// How often one is looked at that we may not send again and cannot prove absent.
    public var slowInterval: Interval
    /// How long after the first proof of absence the second must come. The venue refuses a request whose deadline block
    /// has passed for ever, so all that could still arrive is refused; the wait lets bytes in a dead socket land, be
    /// recorded as refused or executed, and be seen by the second question.
    public var absenceGrace: Interval

    public init(
        sendsMax: Int = 5, backoffBase: Interval = .milliseconds(50), backoffMax: Interval = .seconds(5),
        retryAfterMax: Interval = .seconds(60), pollInterval: Interval = .milliseconds(500),
        slowInterval: Interval = .seconds(15), absenceGrace: Interval = .seconds(5)
    ) {
        precondition(sendsMax >= 1, "Condition: an intent may be sent at least once")
        precondition(
            backoffBase.nanoseconds > 0 && backoffBase <= backoffMax, "Condition: back-off grows from above zero")
        precondition(
            pollInterval.nanoseconds > 0 && slowInterval.nanoseconds > 0, "Condition: looking again takes time")
        self.sendsMax = sendsMax
        self.backoffBase = backoffBase
        self.backoffMax = backoffMax
        self.retryAfterMax = retryAfterMax
        self.pollInterval = pollInterval
        self.slowInterval = slowInterval
        self.absenceGrace = absenceGrace
    }

    /// Exponential back-off with full jitter ("Exponential Backoff And Jitter", Brooker 2015): uniform between zero and
    /// the bound of this repetition, so that clients which failed together do not return together.
    public func backoff(repetition: Int, jitter: UInt64) -> Interval {
        precondition(repetition >= 1, "Condition: the first repetition is number one")
        // 2^20 times the base is beyond any sensible maximum; the cap keeps the shift within 64 bits.
        let doublings = UInt64(min(repetition - 1, 20))
        let grown = backoffBase.nanoseconds.multipliedReportingOverflow(by: 1 << Int64(doublings))
        let bound = grown.overflow ? backoffMax.nanoseconds : min(grown.partialValue, backoffMax.nanoseconds)
        return Interval(nanoseconds: Int64(jitter.multipliedFullWidth(by: UInt64(bound) + 1).high))
    }
}
