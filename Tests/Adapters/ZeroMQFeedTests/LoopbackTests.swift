import Glibc
import Testing
import ZeroMQFeed

/// A publisher and a subscriber over loopback TCP, on one thread.
private struct Loopback: ~Copyable {
    var publisher: PublisherSocket
    var subscriber: SubscriberSocket

    init(topics: [String] = [""]) throws {
        let context = try ZeroMQContext()
        let publisher = try PublisherSocket(context, binding: "tcp://127.0.0.1:*")
        let options = FeedSocketOptions(endpoints: [publisher.endpoint], topics: topics)
        let subscriber = try SubscriberSocket(context, options)
        self.publisher = publisher
        self.subscriber = subscriber
    }

    /// Ten seconds are far more than loopback needs; a test that waits them out fails.
    static let milliseconds = 10_000

    mutating func nextSubscription() throws -> PublisherSocket.Subscription? {
        if let event = try publisher.nextSubscription() { return event }
        _ = try publisher.wait(milliseconds: Loopback.milliseconds)
        return try publisher.nextSubscription()
    }

    mutating func send(_ topic: String, _ body: String) throws {
        try publisher.send(topic: Array(topic.utf8).span.bytes, body: Array(body.utf8).span.bytes)
    }

    mutating func receive(milliseconds: Int = Loopback.milliseconds) throws -> [String]? {
        if try !subscriber.wait(milliseconds: milliseconds).hasMessage { return nil }
        return try subscriber.receive { topic, body in
            [
                topic.withUnsafeBytes { String(decoding: $0, as: UTF8.self) },
                body.withUnsafeBytes { String(decoding: $0, as: UTF8.self) },
            ]
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct LoopbackTests {
    @Test func `a subscriber is seen and then receives both frames`() throws {
        var loopback = try Loopback(topics: ["venue-1."])
        let event = try loopback.nextSubscription()
        #expect(event?.begins == true)
        #expect(event?.topic == Array("venue-1.".utf8))
        try loopback.send("venue-2.prices", "not for us")
        try loopback.send("venue-1.prices", "{}")
        let frames = try loopback.receive()
        #expect(frames == ["venue-1.prices", "{}"])
    }

    @Test func `nothing waiting is no message and no error`() throws {
        var loopback = try Loopback()
        let frames = try loopback.receive(milliseconds: 0)
        #expect(frames == nil)
        let none = try loopback.subscriber.receive { _, _ in true }
        #expect(none == nil)
    }

    @Test func `subscribing again is an event again`() throws {
        var loopback = try Loopback()
        _ = try loopback.nextSubscription()
        try loopback.subscriber.resubscribe("")
        let events = [try loopback.nextSubscription(), try loopback.nextSubscription()]
        #expect(events.map { $0?.begins } == [false, true])
    }

    @Test func `messages of one or three parts are dropped, counted, and do not shift the frames after them`() throws {
        let context = try ZeroMQContext()
        let bare = BarePublisher()
        var subscriber = try SubscriberSocket(context, FeedSocketOptions(endpoints: [bare.endpoint]))
        try bare.waitForSubscriber()
        for parts in [["one"], ["one", "two", "three"], ["t", "b"], ["a", "b", "c", "d", "e"], ["t", "c"]] {
            bare.send(parts)
        }
        var bodies: [String] = []
        while bodies.count < 2 {
            guard try subscriber.wait(milliseconds: Loopback.milliseconds).hasMessage else { break }
            let text = try subscriber.receive { _, body in body.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            }
            if let text { bodies.append(text) }
        }
        #expect(bodies == ["b", "c"])
        #expect(subscriber.malformed == 3)
    }

    @Test func `a frame past the limit leaves silence, and a rebuild ends it`() throws {
        var loopback = try Loopback()
        _ = try loopback.nextSubscription()
        try loopback.send("t", String(repeating: "x", count: 256 * 1024 + 1))
        _ = try loopback.nextSubscription()
        for _ in 0..<20 { try loopback.send("t", "unheard") }
        let silence = try loopback.receive(milliseconds: 500)
        #expect(silence == nil)
        try loopback.subscriber.rebuild()
        var isSubscribed = false
        while !isSubscribed, let event = try loopback.nextSubscription() { isSubscribed = event.begins }
        try loopback.send("t", "heard")
        let frames = try loopback.receive()
        #expect(frames == ["t", "heard"])
        #expect(loopback.subscriber.rebuilds == 1)
    }

    @Test func `a frame at the limit arrives`() throws {
        var loopback = try Loopback()
        _ = try loopback.nextSubscription()
        try loopback.send("t", String(repeating: "x", count: 256 * 1024))
        let frames = try loopback.receive()
        #expect(frames?[1].utf8.count == 256 * 1024)
    }

    @Test func `a wait ends when the other descriptor becomes readable`() throws {
        let loopback = try Loopback()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(write(ends[1], "x", 1) == 1)
        let readiness = try loopback.subscriber.wait(alsoFor: ends[0], milliseconds: Loopback.milliseconds)
        #expect(readiness.isDescriptorReady && !readiness.hasMessage)
    }

    @Test func `a thousand messages arrive in order`() throws {
        var loopback = try Loopback()
        _ = try loopback.nextSubscription()
        for number in 0..<1_000 { try loopback.send("t", "\(number)") }
        for number in 0..<1_000 {
            let frames = try loopback.receive()
            #expect(frames == ["t", "\(number)"])
        }
    }

    @Test func `one subscriber hears two publishers`() throws {
        let context = try ZeroMQContext()
        var publishers = [BarePublisher(), BarePublisher()]
        var subscriber = try SubscriberSocket(context, FeedSocketOptions(endpoints: publishers.map(\.endpoint)))
        var topics: Set<String> = []
        for (number, publisher) in publishers.enumerated() {
            try publisher.waitForSubscriber()
            publisher.send(["p\(number)", "b"])
        }
        while topics.count < 2, try subscriber.wait(milliseconds: Loopback.milliseconds).hasMessage {
            let topic = try subscriber.receive { topic, _ in
                topic.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            }
            if let topic { topics.insert(topic) }
        }
        publishers.removeAll()
        #expect(topics == ["p0", "p1"])
    }

    @Test func `an endpoint that cannot be bound or read is an error with its name`() throws {
        let context = try ZeroMQContext()
        let held = try PublisherSocket(context, binding: "tcp://127.0.0.1:*")
        let inUse = #expect(throws: ZeroMQError.self) {
            _ = try PublisherSocket(context, binding: held.endpoint).endpoint
        }
        #expect(inUse?.code == EADDRINUSE)
        #expect(inUse?.subject == held.endpoint)
        #expect(inUse?.isRetriable == true)
        let nonsense = #expect(throws: ZeroMQError.self) {
            _ = try SubscriberSocket(context, FeedSocketOptions(endpoints: ["nowhere"])).rebuilds
        }
        #expect(nonsense?.call == "zmq_connect")
        #expect(nonsense?.isRetriable == false)
    }
}
