// A file without a summary is read from its beginning, as far as it is sound. Every chunk is unpacked once on the way: it holds
// the definitions, and a chunk that is damaged is where such a file ends.
extension MCAPFile {
    mutating func scan(from offset: UInt64) throws(MCAPFault) {
        var position = offset
        do throws(MCAPFault) {
            while true {
                let head = try reader.head(at: position)
                if head.opcode == Opcode.footer.rawValue || head.opcode == Opcode.dataEnd.rawValue { break }
                position = try take(head)
            }
            ending = .withoutIndex
            if try footer() == nil {
                ending = .cut(at: position, MCAPFault(.truncated, at: bytes, found: "no footer", allowed: "a footer"))
            }
        } catch {
            guard error.code != .cannotRead else { throw error }
            ending = .cut(at: position, error)
        }
        statistics.schemas = UInt16(clamping: definitions.schemas.count)
        statistics.channels = UInt32(definitions.channels.count)
    }

    /// Takes in the record, or a run of them, and returns where the next one begins.
    private mutating func take(_ head: RecordReader.Head) throws(MCAPFault) -> UInt64 {
        switch Opcode(rawValue: head.opcode) {
        case .chunk:
            let (chunk, _) = try reader.chunkHead(head)
            let index = ChunkIndex(
                start: chunk.start, end: chunk.end, offset: head.offset, length: head.end - head.offset,
                compression: chunk.compression, compressedSize: chunk.compressedSize,
                uncompressedSize: chunk.uncompressedSize)
            statistics.chunks += 1
            try take(index)
        case .schema, .channel, .message: return try takeRun(from: head)
        case .metadata:
            guard metadata.count < limits.metadataMax else {
                throw MCAPFault(.tooMany, at: head.offset, found: "metadata", allowed: "\(limits.metadataMax)")
            }
            var content = try reader.content(head)
            metadata.append(try MCAPMetadata(&content))
            statistics.metadata += 1
        case .attachment: try takeAttachment(head)
        default: break
        }
        return head.end
    }

    private mutating func take(_ index: ChunkIndex) throws(MCAPFault) {
        guard chunks.count < limits.chunksMax else {
            throw MCAPFault(.tooMany, at: index.offset, found: "chunks", allowed: "\(limits.chunksMax)")
        }
        var index = index
        let loaded = try load(index, &definitions)
        (index.start, index.end) = (loaded.start, loaded.end)
        for entry in loaded.entries { statistics.count(entry.message) }
        chunks.append(index)
    }

    /// Records that stand outside chunks, as many as fit a run.
    private mutating func takeRun(from first: RecordReader.Head) throws(MCAPFault) -> UInt64 {
        var end = first.offset
        var head = first
        while Opcode(rawValue: head.opcode).map({ [.schema, .channel, .message].contains($0) }) ?? false {
            guard head.length <= UInt64(limits.chunkBytesMax) else {
                throw MCAPFault(.tooLarge, at: head.offset, found: "\(head.length)", allowed: "\(limits.chunkBytesMax)")
            }
            if end > first.offset, head.end - first.offset > UInt64(MCAPLimits.runBytesMax) { break }
            end = head.end
            // What ends the file within the next record ends the run before it; the caller meets it again.
            do throws(MCAPFault) { head = try reader.head(at: end) } catch {
                guard error.code != .cannotRead else { throw error }
                break
            }
        }
        let size = end - first.offset
        var run = ChunkIndex(
            start: 0, end: 0, offset: first.offset, length: size, compression: "", compressedSize: size,
            uncompressedSize: size)
        run.isRun = true
        try take(run)
        return end
    }

    private mutating func takeAttachment(_ head: RecordReader.Head) throws(MCAPFault) {
        guard attachments.count < limits.attachmentsMax else {
            throw MCAPFault(.tooMany, at: head.offset, found: "attachments", allowed: "\(limits.attachmentsMax)")
        }
        let count = Int(min(head.length, UInt64(limits.recordBytesMax)))
        let bytes = try reader.source.read(at: head.content, count: count)
        var cursor = RecordCursor(bytes, 0..<count, base: head.content)
        attachments.append(
            try MCAPAttachment(record: &cursor, offset: head.offset, length: head.end - head.offset))
        statistics.attachments += 1
    }
}
