/// Writes a file of the container, in one pass and without I/O: what is to be written gathers in `output`, and whoever has
/// the file takes it from there.
///
/// Example: `init`, `addSchema`, `addChannel`, `write` for each message, `finish`; after each, `takeOutput()` to the file. A file
/// that is cut anywhere reads up to its last whole chunk, so `closeChunk` is how much may be lost. Memory: one chunk, its
/// packed form, and the index (about 100 bytes for each chunk). One thread.
public struct MCAPWriter {
    public struct Options: Sendable {
        /// A chunk is closed when it has reached this.
        public var chunkBytesMax = 4 << 20
        /// Where each message stands in its chunk: 16 bytes for each. Readers that look up single topics want it.
        public var indexesMessages = true
        public var profile = ""
        public var library = "bailiff"

        public init() {}
    }

    public static let messageBytesMax = 16 << 20

    /// What has been written and not been taken yet.
    public private(set) var output: [UInt8] = []
    public private(set) var statistics = MCAPStatistics()
    private let options: Options
    private let codec: (any ChunkCodec)?
    private var taken: UInt64 = 0
    /// Of everything before `output[checked]`.
    private var crc = CRC32()
    private var checked = 0
    private var chunk: OpenChunk
    private var schemas: [MCAPSchema] = []
    private var channels: [MCAPChannel] = []
    private var chunks: [ChunkIndex] = []
    private var attachments: [MCAPAttachment] = []
    private var metadata: [MetadataPlace] = []
    private var isFinished = false

    public init(_ options: Options = Options(), codec: (any ChunkCodec)? = nil) {
        self.options = options
        self.codec = codec
        chunk = OpenChunk(indexesMessages: options.indexesMessages)
        output = Magic.bytes
        output.appendRecord(.header) {
            $0.append(text: options.profile)
            $0.append(text: options.library)
        }
    }

    /// Bytes of the file so far, without what is in the open chunk.
    public var position: UInt64 { taken + UInt64(output.count) }
    public var openBytes: Int { chunk.records.count }

    /// Empties `output`, keeping its room.
    public mutating func takeOutput(_ use: (RawSpan) throws -> Void) rethrows {
        advanceChecksum()
        try use(output.span.bytes)
        taken += UInt64(output.count)
        output.removeAll(keepingCapacity: true)
        checked = 0
    }

    public mutating func addSchema(name: String, encoding: String, data: [UInt8]) -> UInt16 {
        precondition(schemas.count < Int(UInt16.max), "Condition: at most 65,535 schemas")
        let schema = MCAPSchema(id: UInt16(schemas.count + 1), name: name, encoding: encoding, data: data)
        schemas.append(schema)
        statistics.schemas += 1
        chunk.add(schema)
        return schema.id
    }

    public mutating func addChannel(
        topic: String, schema: UInt16, messageEncoding: String, metadata: [String: String] = [:]
    ) -> UInt16 {
        precondition(channels.count < Int(UInt16.max), "Condition: at most 65,535 channels")
        precondition(schema <= UInt16(schemas.count), "Condition: the schema was added")
        let channel = MCAPChannel(
            id: UInt16(channels.count), schema: schema, topic: topic, messageEncoding: messageEncoding,
            metadata: metadata)
        channels.append(channel)
        statistics.channels += 1
        chunk.add(channel)
        return channel.id
    }

    public mutating func write(_ message: MCAPMessage, _ data: RawSpan) {
        precondition(message.channel < UInt16(channels.count), "Condition: the channel was added")
        precondition(data.byteCount <= Self.messageBytesMax, "Condition: a message has at most 16 MiB")
        chunk.add(message, data)
        statistics.count(message)
        if chunk.records.count >= options.chunkBytesMax { closeChunk() }
    }

    public mutating func write(_ record: MCAPMetadata) {
        closeChunk()
        let offset = position
        record.append(to: &output)
        statistics.metadata += 1
        metadata.append(MetadataPlace(offset: offset, length: position - offset, name: record.name))
    }

    public mutating func writeAttachment(
        name: String, mediaType: String, logTime: UInt64, createTime: UInt64, data: [UInt8]
    ) {
        closeChunk()
        let offset = position
        output.appendRecord(.attachment) {
            let head = $0.count
            $0.append(little: logTime)
            $0.append(little: createTime)
            $0.append(text: name)
            $0.append(text: mediaType)
            $0.append(little: UInt64(data.count))
            $0 += data
            $0.append(little: CRC32.of($0.span.bytes.extracting(head..<$0.count)))
        }
        statistics.attachments += 1
        attachments.append(
            MCAPAttachment(
                offset: offset, length: position - offset, logTime: logTime, createTime: createTime,
                dataSize: UInt64(data.count), name: name, mediaType: mediaType))
    }

    /// Everything written so far is then in `output`: whatever happens to the file later, it can be read.
    public mutating func closeChunk() {
        guard !chunk.isEmpty else { return }
        let packed = codec?.compress(chunk.records) ?? chunk.records
        let head = ChunkHead(
            start: chunk.start, end: chunk.end, uncompressedSize: UInt64(chunk.records.count),
            crc: CRC32.of(chunk.records.span.bytes), compression: codec?.name ?? "",
            compressedSize: UInt64(packed.count))
        let offset = position
        output.appendRecord(.chunk) {
            head.append(to: &$0)
            $0 += packed
        }
        var index = ChunkIndex(
            start: head.start, end: head.end, offset: offset, length: position - offset, compression: head.compression,
            compressedSize: head.compressedSize, uncompressedSize: head.uncompressedSize)
        appendMessageIndices(to: &index)
        chunks.append(index)
        statistics.chunks += 1
        chunk.clear()
    }

    private mutating func appendMessageIndices(to index: inout ChunkIndex) {
        let begin = position
        for (channel, places) in chunk.places.sorted(by: { $0.key < $1.key }) where !places.isEmpty {
            index.messageIndices[channel] = position
            output.appendRecord(.messageIndex) {
                $0.append(little: channel)
                $0.appendBlock { bytes in
                    for place in places {
                        bytes.append(little: place.time)
                        bytes.append(little: place.offset)
                    }
                }
            }
        }
        index.messageIndexLength = position - begin
    }

    /// The end of the data, the summary and the footer. Nothing may be written after.
    public mutating func finish() {
        precondition(!isFinished, "Condition: a file is finished once")
        isFinished = true
        closeChunk()
        advanceChecksum()
        output.appendRecord(.dataEnd) { $0.append(little: crc.value) }
        let summary = SummaryWriter(
            schemas: schemas, channels: channels, chunks: chunks, attachments: attachments, metadata: metadata,
            statistics: statistics)
        summary.append(to: &output, at: taken)
        output += Magic.bytes
    }

    private mutating func advanceChecksum() {
        var next = crc
        next.update(output.span.bytes.extracting(checked..<output.count))
        crc = next
        checked = output.count
    }
}
