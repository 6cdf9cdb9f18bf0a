import CZeroMQ

/// Publishes two-part messages and sees who subscribes, so that a snapshot can be sent to whoever joins.
///
/// Every subscription and its end is reported, repeated ones too (`ZMQ_XPUB_VERBOSER`): a subscriber that lost something
/// asks again. A subscriber that reads too slowly loses messages, never the publisher its time. One thread.
public struct PublisherSocket: ~Copyable {
    /// A subscriber's wish for a prefix of topics, or its end.
    public struct Subscription: Equatable, Sendable {
        public var begins: Bool
        public var topic: [UInt8]
    }

    private let handle: SocketHandle
    private let event = Message()
    /// Where subscribers connect, with the port that was given for `tcp://127.0.0.1:*`.
    public let endpoint: String

    public init(
        _ context: ZeroMQContext, binding endpoint: String, highWaterMark: Int32 = 65_536
    ) throws(ZeroMQError) {
        let handle = try context.makeSocket(ZMQ_XPUB, subject: endpoint)
        let options = [
            (ZMQ_XPUB_VERBOSER, 1), (ZMQ_SNDHWM, highWaterMark), (ZMQ_LINGER, 0),
            (ZMQ_HEARTBEAT_IVL, FeedSocketOptions.heartbeatIntervalMilliseconds),
            (ZMQ_HEARTBEAT_TIMEOUT, FeedSocketOptions.heartbeatTimeoutMilliseconds),
            (ZMQ_HEARTBEAT_TTL, FeedSocketOptions.heartbeatLifeMilliseconds),
        ]
        for (option, value) in options { try handle.set(option, value, subject: endpoint) }
        self.endpoint = try handle.bind(endpoint)
        self.handle = handle
    }

    /// Whether libzmq took the message; to whom it goes, and whether they keep up, it does not say.
    @discardableResult
    public borrowing func send(topic: RawSpan, body: RawSpan) throws(ZeroMQError) -> Bool {
        guard try handle.send(topic, more: true) else { return false }
        return try handle.send(body, more: false)
    }

    /// The next subscription event, if one is waiting.
    public mutating func nextSubscription() throws(ZeroMQError) -> Subscription? {
        for _ in 0..<PublisherSocket.foreignMaxPerCall {
            guard try handle.receive(into: event) else { return nil }
            // The first byte says what it is (zmq_socket(3), XPUB); messages that subscribers send upstream are not ours.
            guard let first = event.bytes.first, first <= 1 else { continue }
            return Subscription(begins: first == 1, topic: Array(event.bytes.dropFirst()))
        }
        return nil
    }

    public static let foreignMaxPerCall = 256

    /// Waits for a subscription event, for a readable descriptor, or for the time to pass.
    public borrowing func wait(
        alsoFor descriptor: Int32? = nil, milliseconds: Int
    ) throws(ZeroMQError) -> Readiness {
        try handle.wait(alsoFor: descriptor, milliseconds: milliseconds)
    }
}
