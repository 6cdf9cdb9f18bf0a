import FeedProtocol
import Units
import ZeroMQFeed

/// One stream of the venue: numbers its messages, and cuts them where they are full. One thread.
struct FeedStream {
    let name: String
    let topic: [UInt8]
    private let epoch: UInt64
    private var encoder = FeedEncoder()
    private var isOpen = false
    private var mark: StreamSequencer.SnapshotMark?
    private(set) var sequence: UInt64 = 0

    init(_ name: String, epoch: UInt64) {
        self.name = name
        self.epoch = epoch
        topic = FeedEncoder.topic(publisher: VenueOptions.publisher, stream: name)
    }

    /// Adds a record to the message that is being written, or to the next one where it is full.
    mutating func write(
        to socket: borrowing PublisherSocket, at now: Moment, _ record: (inout FeedEncoder) -> Void
    ) throws(ZeroMQError) {
        if isOpen && encoder.isFull { try flush(to: socket) }
        if !isOpen { open(at: now) }
        record(&encoder)
    }

    mutating func flush(to socket: borrowing PublisherSocket) throws(ZeroMQError) {
        guard isOpen else { return }
        encoder.end()
        isOpen = false
        if mark == .begin { mark = .part }
        try socket.send(topic: topic.span.bytes, body: encoder.bytes.span.bytes)
    }

    /// What is written from now on is a snapshot; what was written goes out before.
    mutating func beginSnapshot(to socket: borrowing PublisherSocket) throws(ZeroMQError) {
        try flush(to: socket)
        mark = .begin
    }

    /// The snapshot ends with a message of its own: when a message is begun, it is not known whether it is the last.
    mutating func endSnapshot(to socket: borrowing PublisherSocket, at now: Moment) throws(ZeroMQError) {
        try flush(to: socket)
        mark = .end
        open(at: now)
        try flush(to: socket)
        mark = nil
    }

    /// Says what was sent last, so that whoever lost it finds out. Takes no number.
    mutating func heartbeat(to socket: borrowing PublisherSocket, at now: Moment) throws(ZeroMQError) {
        precondition(!isOpen, "Invariant: a heartbeat comes between messages")
        encoder.begin(
            publisher: VenueOptions.publisher, stream: name, epoch: epoch, sequence: sequence, publishedAt: now)
        encoder.heartbeat()
        encoder.end()
        try socket.send(topic: topic.span.bytes, body: encoder.bytes.span.bytes)
    }

    private mutating func open(at now: Moment) {
        sequence += 1
        encoder.begin(
            publisher: VenueOptions.publisher, stream: name, epoch: epoch, sequence: sequence, publishedAt: now,
            snapshot: mark)
        isOpen = true
    }
}
