// From the place of a chunk to its messages.
extension MCAPFile {
    /// Reads, unpacks and checks a chunk: its form, its checksum, and that it is what the index says.
    func load(_ index: ChunkIndex, _ definitions: inout MCAPDefinitions) throws(MCAPFault) -> LoadedChunk {
        guard !index.isRun else {
            let bytes = try reader.source.read(at: index.offset, count: Int(index.length))
            return try LoadedChunk(bytes, at: index.offset, &definitions)
        }
        let head = try reader.head(at: index.offset)
        guard head.opcode == Opcode.chunk.rawValue else {
            throw MCAPFault(
                .indexMismatch, at: head.offset, found: "record type \(head.opcode)", allowed: "a chunk (6)")
        }
        let (chunk, offset) = try reader.chunkHead(head)
        let packed = try reader.source.read(at: offset, count: Int(chunk.compressedSize))
        let records = try unpack(packed, chunk, at: head.offset)
        let crc = chunk.crc == 0 ? 0 : CRC32.of(records.span.bytes)
        guard crc == chunk.crc else {
            throw MCAPFault(.badChecksum, at: head.offset, found: "\(crc)", allowed: "\(chunk.crc)")
        }
        let loaded = try LoadedChunk(records, at: head.offset, &definitions)
        guard loaded.start == index.start, loaded.end == index.end else {
            throw MCAPFault(
                .indexMismatch, at: head.offset, found: "times \(loaded.start) to \(loaded.end)",
                allowed: "\(index.start) to \(index.end)")
        }
        return loaded
    }

    private func unpack(_ packed: [UInt8], _ chunk: ChunkHead, at offset: UInt64) throws(MCAPFault) -> [UInt8] {
        if chunk.compression.isEmpty {
            guard chunk.compressedSize == chunk.uncompressedSize else {
                throw MCAPFault(
                    .badChunk, at: offset, found: "\(packed.count) bytes", allowed: "\(chunk.uncompressedSize)")
            }
            return packed
        }
        guard let codec = codecs.first(where: { $0.name == chunk.compression }) else {
            let known = codecs.map(\.name) + ["none"]
            throw MCAPFault(
                .unknownCompression, at: offset, found: chunk.compression, allowed: known.joined(separator: ", "))
        }
        guard let records = codec.decompress(packed.span.bytes, size: Int(chunk.uncompressedSize)) else {
            throw MCAPFault(
                .badChunk, at: offset, found: "bytes that do not unpack",
                allowed: "\(chunk.uncompressedSize) bytes by \(chunk.compression)")
        }
        return records
    }
}
