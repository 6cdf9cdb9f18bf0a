/// A chunk in memory: its records unpacked, its messages in order of log time, those of the same time as they stand.
struct LoadedChunk {
    struct Entry {
        var message: MCAPMessage
        var data: Range<Int32>
    }

    let bytes: [UInt8]
    private(set) var entries: [Entry] = []
    /// The first that has not been handed over.
    var next = 0
    /// The earliest and the latest, as found.
    private(set) var start: UInt64 = 0
    private(set) var end: UInt64 = 0

    /// `offset` names the chunk in faults. Definitions in it are added to those that are known.
    init(_ records: [UInt8], at offset: UInt64, _ definitions: inout MCAPDefinitions) throws(MCAPFault) {
        bytes = records
        var position = 0
        var isSorted = true
        while position < records.count {
            let head = try Self.head(records, position, offset)
            let content = position + Opcode.headBytes
            position = content + Int(head.length)
            switch Opcode(rawValue: head.opcode) {
            case .message:
                let entry = try Self.message(records, content..<position, offset)
                guard definitions.channels[entry.message.channel] != nil else {
                    throw MCAPFault(
                        .undefined, at: offset, found: "a message of channel \(entry.message.channel)",
                        allowed: "a channel that is defined before")
                }
                isSorted = isSorted && (entries.last?.message.logTime ?? 0) <= entry.message.logTime
                entries.append(entry)
            case .schema, .channel:
                try Self.define(head.opcode, RecordCursor(records, content..<position, base: 0), offset, &definitions)
            // "Readers should ignore any unknown" records; of the known ones only three may stand in a chunk.
            default: break
            }
        }
        if !isSorted { sort() }
        start = entries.first?.message.logTime ?? 0
        end = entries.last?.message.logTime ?? 0
    }

    private mutating func sort() {
        entries.sort { a, b in
            (a.message.logTime, a.data.lowerBound) < (b.message.logTime, b.data.lowerBound)
        }
    }

    private static func define(
        _ opcode: UInt8, _ record: RecordCursor, _ offset: UInt64, _ definitions: inout MCAPDefinitions
    ) throws(MCAPFault) {
        var record = record
        do throws(MCAPFault) {
            if opcode == Opcode.schema.rawValue {
                try definitions.define(MCAPSchema(&record), at: offset)
            } else {
                try definitions.define(MCAPChannel(&record), at: offset)
            }
        } catch {
            // Places within a packed chunk are none of the file: the chunk's own is told.
            throw MCAPFault(error.code, at: offset, found: error.found, allowed: error.allowed)
        }
    }

    private static func head(_ bytes: [UInt8], _ position: Int, _ offset: UInt64) throws(MCAPFault) -> (
        opcode: UInt8, length: UInt64
    ) {
        guard bytes.count - position >= Opcode.headBytes else {
            throw MCAPFault(.badChunk, at: offset, found: "\(bytes.count - position) bytes", allowed: "a record's head")
        }
        let left = UInt64(bytes.count - position - Opcode.headBytes)
        let length: UInt64 = bytes.span.bytes.little(position + 1)
        guard length <= left, bytes[position] != 0 else {
            throw MCAPFault(
                .badChunk, at: offset, found: "record type \(bytes[position]) of \(length) bytes",
                allowed: "types 1 to 255, at most \(left) bytes")
        }
        return (bytes[position], length)
    }

    private static func message(_ bytes: [UInt8], _ range: Range<Int>, _ offset: UInt64) throws(MCAPFault) -> Entry {
        guard range.count >= MCAPMessage.headBytes else {
            throw MCAPFault(.badChunk, at: offset, found: "a message of \(range.count) bytes", allowed: "22 or more")
        }
        let span = bytes.span.bytes
        let head = range.lowerBound
        let message = MCAPMessage(
            channel: span.little(head), sequence: span.little(head + 2), logTime: span.little(head + 6),
            publishTime: span.little(head + 14))
        return Entry(message: message, data: Int32(head + MCAPMessage.headBytes)..<Int32(range.upperBound))
    }
}
