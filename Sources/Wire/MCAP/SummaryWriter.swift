/// The end of a file: summary, its offsets and the footer.
struct SummaryWriter {
    let schemas: [MCAPSchema]
    let channels: [MCAPChannel]
    let chunks: [ChunkIndex]
    let attachments: [MCAPAttachment]
    let metadata: [MetadataPlace]
    let statistics: MCAPStatistics

    /// `base` is where in the file the bytes begin.
    func append(to bytes: inout [UInt8], at base: UInt64) {
        let head = bytes.count
        var groups: [(opcode: Opcode, start: UInt64, length: UInt64)] = []
        func group(_ opcode: Opcode, _ write: (inout [UInt8]) -> Void) {
            let start = bytes.count
            write(&bytes)
            guard bytes.count > start else { return }
            groups.append((opcode, base + UInt64(start), UInt64(bytes.count - start)))
        }
        group(.schema) { for schema in schemas { schema.append(to: &$0) } }
        group(.channel) { for channel in channels { channel.append(to: &$0) } }
        group(.chunkIndex) { for chunk in chunks { chunk.append(to: &$0) } }
        group(.attachmentIndex) { for attachment in attachments { attachment.append(to: &$0) } }
        group(.metadataIndex) { for place in metadata { place.append(to: &$0) } }
        group(.statistics) { statistics.append(to: &$0) }
        let offsets = bytes.count
        for group in groups {
            bytes.appendRecord(.summaryOffset) {
                $0.append(group.opcode.rawValue)
                $0.append(little: group.start)
                $0.append(little: group.length)
            }
        }
        Footer(summaryStart: base + UInt64(head), offsetStart: base + UInt64(offsets)).append(to: &bytes, from: head)
    }
}

/// The last record: where the summary begins, and its checksum.
struct Footer: Equatable {
    var summaryStart: UInt64
    var offsetStart: UInt64
    var crc: UInt32 = 0

    /// With the record's head.
    static let bytes = Opcode.headBytes + contentBytes
    static let contentBytes = 20

    init(summaryStart: UInt64, offsetStart: UInt64) {
        self.summaryStart = summaryStart
        self.offsetStart = offsetStart
    }

    /// The checksum goes over the summary, which begins at `head`, and over the footer up to the checksum itself.
    func append(to bytes: inout [UInt8], from head: Int) {
        bytes.append(Opcode.footer.rawValue)
        bytes.append(little: UInt64(Self.contentBytes))
        bytes.append(little: summaryStart)
        bytes.append(little: offsetStart)
        bytes.append(little: CRC32.of(bytes.span.bytes.extracting(head..<bytes.count)))
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        summaryStart = try record.integer()
        offsetStart = try record.integer()
        crc = try record.integer()
    }
}
