// A finished file tells what is in it at its end.
extension MCAPFile {
    /// Whether the summary could be used: it is there, sound, and says where every message is.
    ///
    /// A summary is a convenience, so one that is not sound is left alone, and the file is read through instead.
    mutating func readSummary(_ footer: Footer) throws(MCAPFault) -> Bool {
        let end = bytes - UInt64(Footer.bytes + Magic.bytes.count)
        guard footer.summaryStart > 0, footer.summaryStart <= end,
            end - footer.summaryStart <= UInt64(limits.summaryBytesMax)
        else { return false }
        // The checksum covers the footer up to itself: 25 of its 29 bytes.
        let summary = try reader.source.read(
            at: footer.summaryStart, count: Int(end - footer.summaryStart) + Footer.bytes - 4)
        guard footer.crc == 0 || footer.crc == CRC32.of(summary.span.bytes) else { return false }
        let before = self
        do throws(MCAPFault) {
            if try parse(summary, Int(end - footer.summaryStart), base: footer.summaryStart) { return true }
        } catch {
            guard error.code != .cannotRead else { throw error }
        }
        self = before
        return false
    }

    private mutating func parse(_ summary: [UInt8], _ end: Int, base: UInt64) throws(MCAPFault) -> Bool {
        var position = 0
        var hasStatistics = false
        var places: [MetadataPlace] = []
        while end - position >= Opcode.headBytes {
            let length: UInt64 = summary.span.bytes.little(position + 1)
            let content = position + Opcode.headBytes
            guard length <= UInt64(end - content) else { return false }
            var cursor = RecordCursor(summary, content..<content + Int(length), base: base)
            switch Opcode(rawValue: summary[position]) {
            case .schema: try definitions.define(MCAPSchema(&cursor), at: base + UInt64(position))
            case .channel: try definitions.define(MCAPChannel(&cursor), at: base + UInt64(position))
            case .chunkIndex: chunks.append(try ChunkIndex(&cursor))
            case .attachmentIndex: attachments.append(try MCAPAttachment(&cursor))
            case .metadataIndex: places.append(try MetadataPlace(&cursor))
            case .statistics:
                statistics = try MCAPStatistics(&cursor)
                hasStatistics = true
            default: break
            }
            position = content + Int(length)
        }
        guard hasStatistics, isComplete(places) else { return false }
        for place in places { try readMetadata(at: place.offset) }
        return true
    }

    /// Messages outside chunks are in no index: such a file is read through.
    private func isComplete(_ places: [MetadataPlace]) -> Bool {
        chunks.count == Int(statistics.chunks) && (statistics.messages == 0 || !chunks.isEmpty)
            && chunks.count <= limits.chunksMax
            && places.count == Int(statistics.metadata) && places.count <= limits.metadataMax
            && attachments.count == Int(statistics.attachments) && attachments.count <= limits.attachmentsMax
            && chunks.allSatisfy { $0.offset < bytes }
    }

    private mutating func readMetadata(at offset: UInt64) throws(MCAPFault) {
        let head = try reader.head(at: offset)
        guard head.opcode == Opcode.metadata.rawValue else {
            throw MCAPFault(.indexMismatch, at: offset, found: "record type \(head.opcode)", allowed: "metadata (12)")
        }
        var content = try reader.content(head)
        metadata.append(try MCAPMetadata(&content))
    }
}
