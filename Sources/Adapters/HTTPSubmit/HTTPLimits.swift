public import Units

/// The bounds of speaking to one venue.
public struct HTTPLimits: Equatable, Sendable {
    public var connectTimeout: Interval
    /// From handing a request over to the last byte of the answer; a slow drip ends here too.
    public var totalTimeout: Interval
    /// Of an answer; it is not inflated, since no encoding is asked for.
    public var bodyBytesMax: Int
    public var headBytesMax: Int
    public var connectionsMax: Int
    /// Requests that may be under way, waiting for a connection included.
    public var requestsMax: Int

    public init(
        connectTimeout: Interval = .seconds(1), totalTimeout: Interval = .seconds(2), bodyBytesMax: Int = 4 << 20,
        headBytesMax: Int = 64 << 10, connectionsMax: Int = 8, requestsMax: Int = 1_024
    ) {
        precondition(connectTimeout.nanoseconds > 0 && totalTimeout.nanoseconds > 0, "Condition: a timeout takes time")
        precondition(bodyBytesMax > 0 && headBytesMax > 0, "Condition: an answer has room")
        precondition(connectionsMax > 0 && requestsMax > 0, "Condition: something may be sent")
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.bodyBytesMax = bodyBytesMax
        self.headBytesMax = headBytesMax
        self.connectionsMax = connectionsMax
        self.requestsMax = requestsMax
    }
}
