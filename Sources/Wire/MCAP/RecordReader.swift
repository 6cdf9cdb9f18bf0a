/// Reads records from a source by their places, with every length checked before anything is taken.
struct RecordReader {
    let source: any ByteSource
    let limits: MCAPLimits

    struct Head: Equatable {
        var opcode: UInt8
        /// Of the record.
        var offset: UInt64
        /// Of what follows the head.
        var length: UInt64

        var content: UInt64 { offset + UInt64(Opcode.headBytes) }
        var end: UInt64 { content + length }
    }

    /// The head of the record at an offset. Its content lies within the file.
    func head(at offset: UInt64) throws(MCAPFault) -> Head {
        guard offset <= source.count, source.count - offset >= UInt64(Opcode.headBytes) else {
            throw MCAPFault(.truncated, at: offset, found: "the end of the file", allowed: "a record")
        }
        let bytes = try source.read(at: offset, count: Opcode.headBytes)
        let head = Head(opcode: bytes[0], offset: offset, length: bytes.span.bytes.little(1))
        try check(head, within: source.count)
        return head
    }

    func check(_ head: Head, within end: UInt64) throws(MCAPFault) {
        guard head.opcode != 0 else {
            throw MCAPFault(.badRecord, at: head.offset, found: "record type 0", allowed: "1 to 255")
        }
        let left = end - head.content
        guard head.length <= left else {
            throw MCAPFault(.truncated, at: head.offset, found: "\(left) bytes", allowed: "\(head.length) bytes")
        }
    }

    /// The content of a record that is no chunk.
    func content(_ head: Head) throws(MCAPFault) -> RecordCursor {
        guard head.length <= UInt64(limits.recordBytesMax) else {
            throw MCAPFault(
                .tooLarge, at: head.offset, found: "\(head.length) bytes", allowed: "\(limits.recordBytesMax)")
        }
        let bytes = try source.read(at: head.content, count: Int(head.length))
        return RecordCursor(bytes, 0..<bytes.count, base: head.content)
    }

    func chunkHead(_ head: Head) throws(MCAPFault) -> (ChunkHead, records: UInt64) {
        let bytes = try source.read(at: head.content, count: Int(min(head.length, UInt64(ChunkHead.bytesMax))))
        var cursor = RecordCursor(bytes, 0..<bytes.count, base: head.content)
        let chunk = try ChunkHead(&cursor)
        guard chunk.compressedSize <= head.end - cursor.offset else {
            throw MCAPFault(
                .badRecord, at: head.offset, found: "\(chunk.compressedSize) bytes of records",
                allowed: "\(head.end - cursor.offset)")
        }
        for size in [chunk.compressedSize, chunk.uncompressedSize] where size > UInt64(limits.chunkBytesMax) {
            throw MCAPFault(.tooLarge, at: head.offset, found: "\(size) bytes", allowed: "\(limits.chunkBytesMax)")
        }
        return (chunk, cursor.offset)
    }
}
