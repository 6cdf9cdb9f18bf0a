/// What a subscriber connects to, and its limits.
///
/// The numbers come from measured outages: with these heartbeats a dead publisher is noticed within a second, at the
/// price of a gap, which sequencing finds.
public struct FeedSocketOptions: Equatable, Sendable {
    public var endpoints: [String]
    /// Prefixes; the empty one is everything.
    ///
    /// Few, because a reconnect sends each again.
    public var topics: [String]
    /// Messages that may wait on our side.
    ///
    /// Beyond it libzmq drops silently, which sequencing finds.
    public var highWaterMark: Int32 = 65_536
    public var frameBytesMax: Int64 = 256 * 1024

    public init(endpoints: [String], topics: [String] = [""]) {
        precondition(!endpoints.isEmpty, "Condition: there is an endpoint")
        precondition(endpoints.count <= FeedSocketOptions.endpointsMax, "Condition: at most 16 endpoints")
        precondition(!topics.isEmpty, "Condition: there is a topic")
        precondition(topics.count <= FeedSocketOptions.topicsMax, "Condition: at most 16 topics")
        self.endpoints = endpoints
        self.topics = topics
    }

    public static let endpointsMax = 16
    public static let topicsMax = 16

    static let heartbeatIntervalMilliseconds: Int32 = 300
    static let heartbeatTimeoutMilliseconds: Int32 = 900
    static let heartbeatLifeMilliseconds: Int32 = 1_000
    static let reconnectMilliseconds: Int32 = 50
    static let reconnectMillisecondsMax: Int32 = 1_000
    static let handshakeMillisecondsMax: Int32 = 2_000
    static let connectMillisecondsMax: Int32 = 2_000
    static let retransmitMillisecondsMax: Int32 = 3_000
}
