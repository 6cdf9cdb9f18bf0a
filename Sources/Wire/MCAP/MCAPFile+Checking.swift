// What is not compared on the way to messages.
extension MCAPFile {
    /// Compares the checksum of the data section, where the file has one. Reads everything; `progress` hears the bytes read.
    public func checkData(progress: (UInt64) -> Void = { _ in }) throws(MCAPFault) {
        guard let footer = try footer() else {
            throw MCAPFault(.truncated, at: bytes, found: "no footer", allowed: "a footer")
        }
        let tail = UInt64(Footer.bytes + Magic.bytes.count)
        let end = footer.summaryStart > 0 ? footer.summaryStart : bytes - tail
        let recordBytes = UInt64(Opcode.headBytes + 4)
        guard end <= bytes, end >= recordBytes else {
            throw MCAPFault(.badRecord, at: bytes - tail, found: "a summary at \(end)", allowed: "within the file")
        }
        let head = try reader.head(at: end - recordBytes)
        guard head.opcode == Opcode.dataEnd.rawValue else {
            throw MCAPFault(.badRecord, at: head.offset, found: "record type \(head.opcode)", allowed: "data end (15)")
        }
        var content = try reader.content(head)
        let told = try content.integer(UInt32.self)
        guard told != 0 else { return }
        let found = try checksum(to: head.offset, progress: progress)
        guard found == told else {
            throw MCAPFault(.badChecksum, at: head.offset, found: "\(found)", allowed: "\(told)")
        }
    }

    private func checksum(to end: UInt64, progress: (UInt64) -> Void) throws(MCAPFault) -> UInt32 {
        var crc = CRC32()
        var position: UInt64 = 0
        while position < end {
            let count = Int(min(UInt64(1 << 20), end - position))
            let piece = try reader.source.read(at: position, count: count)
            crc.update(piece.span.bytes)
            position += UInt64(count)
            progress(position)
        }
        return crc.value
    }
}
