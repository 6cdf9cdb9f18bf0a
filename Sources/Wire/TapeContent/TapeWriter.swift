public import MCAP
public import Units

/// A tape being written: frames as they were received, and what else is told, each on its channel. Pure: the bytes are taken from
/// `container`.
///
/// A frame of a topic that can be read is on the channel `feed/<topic>` and is the body, byte for byte. Any other (a topic with
/// odd bytes, too long a one, or of a 65th stream) is on `feed-other`: the topic behind its length in four bytes, then the body.
/// One thread.
public struct TapeWriter {
    public var container: MCAPWriter
    private var feeds: [(topic: [UInt8], channel: UInt16)] = []
    private var others: UInt16?
    private var entries: [TapeKind: UInt16] = [:]
    private var counts: [TapeKind: UInt32] = [:]
    private var frameSchema: UInt16?
    private var line = JSONLine()
    private var joined: [UInt8] = []
    public private(set) var frames: UInt64 = 0

    public static let feedsMax = 64
    public static let topicBytesMax = 32
    static let feedPrefix = "feed/"
    static let othersTopic = "feed-other"

    public init(_ manifest: RunManifest, _ options: MCAPWriter.Options = Self.options, codec: (any ChunkCodec)? = nil) {
        container = MCAPWriter(options, codec: codec)
        container.write(manifest.metadata)
    }

    /// Chunks of 4 MiB; no index of messages, which would make a tape half as large again.
    public static var options: MCAPWriter.Options {
        var options = MCAPWriter.Options()
        options.indexesMessages = false
        options.profile = "bailiff"
        return options
    }

    public mutating func write(
        topic: RawSpan, body: RawSpan, receivedAt: Moment, publishedAt: Moment? = nil, sequence: UInt64
    ) {
        let time = UInt64(max(0, receivedAt.nanoseconds))
        let published = publishedAt.map { UInt64(max(0, $0.nanoseconds)) } ?? time
        frames += 1
        if let channel = feedChannel(topic) {
            let head = MCAPMessage(
                channel: channel, sequence: UInt32(truncatingIfNeeded: sequence), logTime: time, publishTime: published)
            return container.write(head, body)
        }
        let head = MCAPMessage(
            channel: othersChannel(), sequence: UInt32(truncatingIfNeeded: frames), logTime: time,
            publishTime: published)
        joined.removeAll(keepingCapacity: true)
        FrameForm.join(topic, body, into: &joined)
        let both = joined
        container.write(head, both.span.bytes)
    }

    public mutating func write(_ entry: some TapeEntry) {
        let kind = type(of: entry).kind
        let channel = channel(of: kind)
        line.begin()
        entry.write(to: &line)
        line.end()
        let time = UInt64(max(0, entry.at.nanoseconds))
        counts[kind, default: 0] &+= 1
        let head = MCAPMessage(channel: channel, sequence: counts[kind] ?? 0, logTime: time, publishTime: time)
        let text = line.bytes
        container.write(head, text.span.bytes)
    }

    private mutating func feedChannel(_ topic: RawSpan) -> UInt16? {
        if let known = feeds.first(where: { FrameForm.isSame($0.topic, topic) }) { return known.channel }
        guard feeds.count < Self.feedsMax, FrameForm.isReadable(topic) else { return nil }
        let bytes = topic.withUnsafeBytes { Array($0) }
        let name = String(decoding: bytes, as: UTF8.self)
        let schema = schemaOfFrames()
        let channel = container.addChannel(
            topic: Self.feedPrefix + name, schema: schema, messageEncoding: "json", metadata: ["topic": name])
        feeds.append((bytes, channel))
        return channel
    }

    private mutating func othersChannel() -> UInt16 {
        if let others { return others }
        let channel = container.addChannel(
            topic: Self.othersTopic, schema: 0, messageEncoding: "bailiff-frames")
        others = channel
        return channel
    }

    private mutating func schemaOfFrames() -> UInt16 {
        if let frameSchema { return frameSchema }
        let schema = container.addSchema(
            name: "bailiff.frame", encoding: "jsonschema", data: Array(FrameForm.schema.utf8))
        frameSchema = schema
        return schema
    }

    private mutating func channel(of kind: TapeKind) -> UInt16 {
        if let known = entries[kind] { return known }
        let schema = container.addSchema(
            name: kind.schemaName, encoding: "jsonschema", data: Array(kind.schema.utf8))
        let channel = container.addChannel(topic: kind.topic, schema: schema, messageEncoding: "json")
        entries[kind] = channel
        return channel
    }
}
