public import FeedProtocol
public import Units

/// One stream of an imported tape: numbers its frames, and cuts them where they are full, as a publisher does. One thread.
///
/// Example: `write(at:to:)` for each record, `flush(to:)` at the end of each moment.
public struct FrameStream: Sendable {
    /// Takes a frame: topic, body, and what its envelope says.
    public typealias Sink = (_ topic: [UInt8], _ body: [UInt8], _ at: Moment, _ sequence: UInt64) throws -> Void

    private let publisher: String
    private let name: String
    private let topic: [UInt8]
    private var encoder = FeedEncoder()
    private var openedAt: Moment?
    private var mark: StreamSequencer.SnapshotMark?
    private var sequence: UInt64 = 0
    /// A tape that is made again must be the same bytes: not a clock's time, as a publisher's epoch is.
    private static let epoch: UInt64 = 1

    public init(publisher: String, _ name: String) {
        self.publisher = publisher
        self.name = name
        topic = FeedEncoder.topic(publisher: publisher, stream: name)
    }

    public mutating func write(
        at moment: Moment, to sink: Sink, _ record: (inout FeedEncoder) -> Void
    ) throws {
        if openedAt != nil, encoder.isFull || openedAt != moment { try flush(to: sink) }
        if openedAt == nil { open(at: moment) }
        record(&encoder)
    }

    public mutating func flush(to sink: Sink) throws {
        guard let moment = openedAt else { return }
        encoder.end()
        openedAt = nil
        if mark == .begin { mark = .part }
        try sink(topic, encoder.bytes, moment, sequence)
    }

    /// Lets go of a frame that is older: what comes next on a tape must not be before what is there.
    public mutating func flush(before moment: Moment, to sink: Sink) throws {
        if let openedAt, openedAt < moment { try flush(to: sink) }
    }

    /// What `write` writes within is the whole state of the stream.
    public mutating func snapshot(
        at moment: Moment, to sink: Sink, _ write: (inout FrameStream) throws -> Void
    ) throws {
        try flush(to: sink)
        mark = .begin
        try write(&self)
        try flush(to: sink)
        mark = .end
        open(at: moment)
        try flush(to: sink)
        mark = nil
    }

    private mutating func open(at moment: Moment) {
        sequence += 1
        encoder.begin(
            publisher: publisher, stream: name, epoch: Self.epoch, sequence: sequence, publishedAt: moment,
            snapshot: mark)
        openedAt = moment
    }
}
