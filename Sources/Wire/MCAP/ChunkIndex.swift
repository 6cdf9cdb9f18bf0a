/// Where a chunk stands, and what times it spans.
public struct ChunkIndex: Equatable, Sendable {
    public var start: UInt64
    public var end: UInt64
    /// Of the chunk's record, from the beginning of the file.
    public var offset: UInt64
    /// Of the chunk's record, its head included.
    public var length: UInt64
    /// By channel, where its message index stands; empty when messages are not indexed.
    var messageIndices: [UInt16: UInt64] = [:]
    var messageIndexLength: UInt64 = 0
    public var compression: String
    public var compressedSize: UInt64
    public var uncompressedSize: UInt64
    /// Records that stand outside chunks, taken together as if they were one.
    var isRun = false

    init(
        start: UInt64, end: UInt64, offset: UInt64, length: UInt64, compression: String, compressedSize: UInt64,
        uncompressedSize: UInt64
    ) {
        self.start = start
        self.end = end
        self.offset = offset
        self.length = length
        self.compression = compression
        self.compressedSize = compressedSize
        self.uncompressedSize = uncompressedSize
    }

    func append(to bytes: inout [UInt8]) {
        bytes.appendRecord(.chunkIndex) {
            $0.append(little: start)
            $0.append(little: end)
            $0.append(little: offset)
            $0.append(little: length)
            $0.appendBlock { bytes in
                for (channel, offset) in messageIndices.sorted(by: { $0.key < $1.key }) {
                    bytes.append(little: channel)
                    bytes.append(little: offset)
                }
            }
            $0.append(little: messageIndexLength)
            $0.append(text: compression)
            $0.append(little: compressedSize)
            $0.append(little: uncompressedSize)
        }
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        start = try record.integer()
        end = try record.integer()
        offset = try record.integer()
        length = try record.integer()
        var places = try record.block()
        while places.left > 0 { messageIndices[try places.integer()] = try places.integer() }
        messageIndexLength = try record.integer()
        compression = try record.text()
        compressedSize = try record.integer()
        uncompressedSize = try record.integer()
    }
}

/// What a chunk's record says before its packed records.
struct ChunkHead: Equatable {
    var start: UInt64
    var end: UInt64
    var uncompressedSize: UInt64
    /// Zero when it was not taken.
    var crc: UInt32
    var compression: String
    var compressedSize: UInt64

    /// 8 + 8 + 8 + 4 + 4 + 8, and the name of a compression.
    static let bytesMax = 40 + nameBytesMax
    static let nameBytesMax = 64

    init(
        start: UInt64, end: UInt64, uncompressedSize: UInt64, crc: UInt32, compression: String, compressedSize: UInt64
    ) {
        self.start = start
        self.end = end
        self.uncompressedSize = uncompressedSize
        self.crc = crc
        self.compression = compression
        self.compressedSize = compressedSize
    }

    func append(to bytes: inout [UInt8]) {
        bytes.append(little: start)
        bytes.append(little: end)
        bytes.append(little: uncompressedSize)
        bytes.append(little: crc)
        bytes.append(text: compression)
        bytes.append(little: compressedSize)
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        start = try record.integer()
        end = try record.integer()
        uncompressedSize = try record.integer()
        crc = try record.integer()
        compression = try record.text()
        compressedSize = try record.integer()
    }
}
