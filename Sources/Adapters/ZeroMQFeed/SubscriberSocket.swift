import CZeroMQ

/// Receives two-part messages from any number of publishers.
///
/// After silence or trouble the cure is `rebuild`: a session that libzmq ended for a protocol error stays dead, and a
/// second connect to a known endpoint is silently ignored (libzmq issue 4196). Dropping the value closes it. One thread.
public struct SubscriberSocket: ~Copyable {
    private let context: ZeroMQContext
    private let options: FeedSocketOptions
    private var handle: SocketHandle
    private let topic = Message()
    private let body = Message()

    /// Messages that were not exactly two parts: read to their end and dropped.
    public private(set) var malformed: UInt64 = 0
    public private(set) var rebuilds: UInt64 = 0

    public init(_ context: ZeroMQContext, _ options: FeedSocketOptions) throws(ZeroMQError) {
        let handle = try SubscriberSocket.open(context, options)
        self.context = context
        self.options = options
        self.handle = handle
    }

    /// Closes the socket and makes a new one with every option, topic and endpoint.
    ///
    /// What was waiting is lost, which sequencing finds; publishers see new subscriptions, which they answer with
    /// snapshots.
    public mutating func rebuild() throws(ZeroMQError) {
        handle = try SubscriberSocket.open(context, options)
        rebuilds += 1
    }

    /// Hands over the next message, if one is waiting.
    ///
    /// The spans end with the call.
    public mutating func receive<Result>(
        _ use: (_ topic: RawSpan, _ body: RawSpan) -> Result
    ) throws(ZeroMQError) -> Result? {
        for _ in 0..<SubscriberSocket.malformedMaxPerCall {
            guard try handle.receive(into: topic) else { return nil }
            // The parts of a message arrive together (zmq_msg_recv(3)): what follows never has to wait.
            if topic.hasMore, try handle.receive(into: body), !body.hasMore {
                return use(topic.bytes.bytes, body.bytes.bytes)
            }
            malformed += 1
            if topic.hasMore { try drain() }
        }
        return nil
    }

    /// A flood of malformed messages must not hold the caller for ever.
    public static let malformedMaxPerCall = 256

    /// Waits for a message, for a readable descriptor, or for the time to pass.
    public borrowing func wait(
        alsoFor descriptor: Int32? = nil, milliseconds: Int
    ) throws(ZeroMQError) -> Readiness {
        try handle.wait(alsoFor: descriptor, milliseconds: milliseconds)
    }

    /// Unsubscribes and subscribes again, which asks publishers for a snapshot.
    ///
    /// The topic is one of the options'.
    public mutating func resubscribe(_ topic: String) throws(ZeroMQError) {
        precondition(options.topics.contains(topic), "Condition: the topic was subscribed")
        try handle.set(ZMQ_UNSUBSCRIBE, topic)
        try handle.set(ZMQ_SUBSCRIBE, topic)
    }

    /// Reads the parts that are left of a message that has too many.
    private mutating func drain() throws(ZeroMQError) {
        while body.hasMore {
            guard try handle.receive(into: body) else { return }
        }
    }

    private static func open(
        _ context: ZeroMQContext, _ options: FeedSocketOptions
    ) throws(ZeroMQError) -> SocketHandle {
        let handle = try context.makeSocket(ZMQ_SUB, subject: options.endpoints[0])
        for (option, value) in integers(options) {
            try handle.set(option, value, subject: options.endpoints[0])
        }
        try handle.set(frameBytesMax: options.frameBytesMax, subject: options.endpoints[0])
        for topic in options.topics { try handle.set(ZMQ_SUBSCRIBE, topic) }
        for endpoint in options.endpoints { try handle.connect(endpoint) }
        return handle
    }

    private static func integers(_ options: FeedSocketOptions) -> [(option: Int32, value: Int32)] {
        [
            (ZMQ_RCVHWM, options.highWaterMark),
            (ZMQ_LINGER, 0),
            (ZMQ_HEARTBEAT_IVL, FeedSocketOptions.heartbeatIntervalMilliseconds),
            (ZMQ_HEARTBEAT_TIMEOUT, FeedSocketOptions.heartbeatTimeoutMilliseconds),
            (ZMQ_HEARTBEAT_TTL, FeedSocketOptions.heartbeatLifeMilliseconds),
            (ZMQ_RECONNECT_IVL, FeedSocketOptions.reconnectMilliseconds),
            (ZMQ_RECONNECT_IVL_MAX, FeedSocketOptions.reconnectMillisecondsMax),
            (ZMQ_HANDSHAKE_IVL, FeedSocketOptions.handshakeMillisecondsMax),
            (ZMQ_CONNECT_TIMEOUT, FeedSocketOptions.connectMillisecondsMax),
            (ZMQ_TCP_MAXRT, FeedSocketOptions.retransmitMillisecondsMax),
        ]
    }
}
