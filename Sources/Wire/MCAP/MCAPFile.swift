/// A file that has been opened: what is in it, and where. Its messages are read with `MCAPMessages`.
///
/// A file that was finished is opened by its summary. One that was cut, or was never finished, is read through from the
/// beginning, as far as it is sound; `ending` says which, and where it ends. Memory: the index. One thread.
public struct MCAPFile {
    public enum Ending: Equatable, Sendable {
        /// It has its footer, and its summary was used.
        case finished
        /// It has its footer, and no summary that could be used: it was read through.
        case withoutIndex
        /// What follows this byte is not there, or is not sound.
        case cut(at: UInt64, MCAPFault)
    }

    public internal(set) var profile = ""
    public internal(set) var library = ""
    public internal(set) var definitions = MCAPDefinitions()
    public internal(set) var chunks: [ChunkIndex] = []
    public internal(set) var metadata: [MCAPMetadata] = []
    public internal(set) var attachments: [MCAPAttachment] = []
    /// As the file says, or as counted.
    public internal(set) var statistics = MCAPStatistics()
    public internal(set) var ending = Ending.finished
    let reader: RecordReader
    let codecs: [any ChunkCodec]

    public init(
        _ source: any ByteSource, codecs: [any ChunkCodec] = [], limits: MCAPLimits = MCAPLimits(),
        ignoringSummary: Bool = false
    ) throws(MCAPFault) {
        reader = RecordReader(source: source, limits: limits)
        self.codecs = codecs
        let data = try readHeader()
        if !ignoringSummary, let footer = try footer(), try readSummary(footer) { return }
        try scan(from: data)
    }

    public var bytes: UInt64 { reader.source.count }
    public var limits: MCAPLimits { reader.limits }

    public func channel(of message: MCAPMessage) -> MCAPChannel {
        guard let channel = definitions.channels[message.channel] else {
            preconditionFailure("Condition: the message is of this file")
        }
        return channel
    }

    private mutating func readHeader() throws(MCAPFault) -> UInt64 {
        let magic = Magic.bytes
        guard reader.source.count >= UInt64(magic.count),
            try reader.source.read(at: 0, count: magic.count) == magic
        else { throw MCAPFault(.notMCAP, at: 0, found: "other bytes", allowed: "89 4d 43 41 50 30 0d 0a") }
        let head = try reader.head(at: UInt64(magic.count))
        guard head.opcode == Opcode.header.rawValue else {
            throw MCAPFault(.notMCAP, at: head.offset, found: "record type \(head.opcode)", allowed: "a header (1)")
        }
        var content = try reader.content(head)
        profile = try content.text()
        library = try content.text()
        return head.end
    }

    /// The footer of a file that ends with one.
    func footer() throws(MCAPFault) -> Footer? {
        let size = UInt64(Footer.bytes + Magic.bytes.count)
        guard bytes >= size + UInt64(Magic.bytes.count) else { return nil }
        let tail = try reader.source.read(at: bytes - size, count: Int(size))
        let span = tail.span.bytes
        guard Array(tail[Footer.bytes...]) == Magic.bytes, tail[0] == Opcode.footer.rawValue,
            span.little(1, as: UInt64.self) == UInt64(Footer.contentBytes)
        else { return nil }
        var cursor = RecordCursor(tail, Opcode.headBytes..<Footer.bytes, base: bytes - size)
        return try Footer(&cursor)
    }

    /// The data of an attachment, its checksum compared.
    public func data(of attachment: MCAPAttachment) throws(MCAPFault) -> [UInt8] {
        let head = try reader.head(at: attachment.offset)
        guard head.opcode == Opcode.attachment.rawValue, head.length <= UInt64(limits.chunkBytesMax) else {
            throw MCAPFault(
                .badRecord, at: head.offset, found: "record type \(head.opcode) of \(head.length) bytes",
                allowed: "an attachment (9) of at most \(limits.chunkBytesMax) bytes")
        }
        let content = try reader.source.read(at: head.content, count: Int(head.length))
        var cursor = RecordCursor(content, 0..<content.count, base: head.content)
        let found = try MCAPAttachment(record: &cursor, offset: head.offset, length: head.end - head.offset)
        guard found.dataSize <= UInt64(cursor.left) else {
            throw MCAPFault(.badRecord, at: head.offset, found: "\(found.dataSize) bytes", allowed: "\(cursor.left)")
        }
        let range = try cursor.take(Int(found.dataSize))
        let crc = try cursor.integer(UInt32.self)
        guard crc == 0 || crc == CRC32.of(content.span.bytes.extracting(0..<range.upperBound)) else {
            throw MCAPFault(.badChecksum, at: head.offset, found: "another checksum", allowed: "\(crc)")
        }
        return Array(content[range])
    }
}
