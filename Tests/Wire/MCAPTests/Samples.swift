import MCAP

/// A compression that is none of the world's: every byte is turned over. It shows that the container asks its codec.
final class TurningCodec: ChunkCodec {
    let name = "turned"
    func compress(_ bytes: [UInt8]) -> [UInt8] { bytes.map { ~$0 } }
    func decompress(_ bytes: RawSpan, size: Int) -> [UInt8]? {
        guard bytes.byteCount == size else { return nil }
        return bytes.withUnsafeBytes { $0.map { ~$0 } }
    }
}

/// What a message of a sample says, as it is compared.
struct Told: Equatable {
    var channel: UInt16
    var sequence: UInt32
    var logTime: UInt64
    var publishTime: UInt64
    var data: [UInt8]
}

/// A generator of our own, so that a failure's seed makes the same bytes everywhere.
struct Seeded {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

enum Sample {
    /// A file with two channels, metadata and an attachment, and the messages that are in it.
    static func file(
        messages: Int, chunkBytes: Int = 512, codec: (any ChunkCodec)? = nil, seed: UInt64 = 1, indexed: Bool = true,
        isFinished: Bool = true
    ) -> (bytes: [UInt8], told: [Told]) {
        var options = MCAPWriter.Options()
        options.chunkBytesMax = chunkBytes
        options.indexesMessages = indexed
        var writer = MCAPWriter(options, codec: codec)
        let schema = writer.addSchema(name: "frame", encoding: "jsonschema", data: Array("{}".utf8))
        let channels = [
            writer.addChannel(topic: "a", schema: schema, messageEncoding: "json", metadata: ["k": "v"]),
            writer.addChannel(topic: "b", schema: 0, messageEncoding: ""),
        ]
        writer.write(MCAPMetadata(name: "run", values: ["seed": "\(seed)", "mode": "test"]))
        var random = Seeded(state: seed)
        var told: [Told] = []
        for i in 0..<messages {
            let data = (0..<random.below(60)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let one = Told(
                channel: channels[random.below(2)], sequence: UInt32(i), logTime: 1_000 + UInt64(i) * 10,
                publishTime: 990 + UInt64(i) * 10, data: data)
            writer.write(
                MCAPMessage(
                    channel: one.channel, sequence: one.sequence, logTime: one.logTime, publishTime: one.publishTime),
                data.span.bytes)
            told.append(one)
        }
        writer.writeAttachment(
            name: "note.txt", mediaType: "text/plain", logTime: 5, createTime: 4, data: Array("hello".utf8))
        if isFinished { writer.finish() }
        return (writer.output, told)
    }

    static func read(_ file: MCAPFile, within range: ClosedRange<UInt64> = 0...UInt64.max) throws -> [Told] {
        var messages = MCAPMessages(file, within: range)
        var told: [Told] = []
        while let one = try messages.next({ message, data in
            Told(
                channel: message.channel, sequence: message.sequence, logTime: message.logTime,
                publishTime: message.publishTime, data: data.withUnsafeBytes { Array($0) })
        }) { told.append(one) }
        return told
    }

    static func open(_ bytes: [UInt8], ignoringSummary: Bool = false) throws -> MCAPFile {
        try MCAPFile(MemorySource(bytes), codecs: [TurningCodec()], ignoringSummary: ignoringSummary)
    }
}
