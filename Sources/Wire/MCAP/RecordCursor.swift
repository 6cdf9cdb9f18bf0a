/// Reads the fields of one record in order, never past its end. Made for each record; hostile bytes give a fault.
struct RecordCursor {
    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int
    /// Where in the file the first byte of `bytes` stands.
    private let base: UInt64

    init(_ bytes: [UInt8], _ range: Range<Int>, base: UInt64) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
        self.base = base
    }

    var offset: UInt64 { base + UInt64(position) }
    var left: Int { end - position }

    mutating func integer<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type = T.self) throws(MCAPFault) -> T {
        let range = try take(MemoryLayout<T>.size)
        return bytes.span.bytes.little(range.lowerBound)
    }

    mutating func text() throws(MCAPFault) -> String {
        let range = try take(Int(integer(UInt32.self)))
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw MCAPFault(.badRecord, at: offset, found: "bytes that are no text", allowed: "UTF-8")
        }
        return text
    }

    mutating func data() throws(MCAPFault) -> [UInt8] { Array(bytes[try take(Int(integer(UInt32.self)))]) }

    mutating func map() throws(MCAPFault) -> [String: String] {
        var block = try self.block()
        var map: [String: String] = [:]
        while block.left > 0 {
            let key = try block.text()
            guard map.updateValue(try block.text(), forKey: key) == nil else {
                throw MCAPFault(.badRecord, at: block.offset, found: "key \(key) twice", allowed: "each key once")
            }
        }
        return map
    }

    /// What lies behind a length of four bytes, to be read by itself.
    mutating func block() throws(MCAPFault) -> RecordCursor {
        let range = try take(Int(integer(UInt32.self)))
        return RecordCursor(bytes, range, base: base)
    }

    mutating func take(_ count: Int) throws(MCAPFault) -> Range<Int> {
        guard count <= left else {
            throw MCAPFault(.badRecord, at: offset, found: "a field of \(count) bytes", allowed: "\(left) bytes")
        }
        defer { position += count }
        return position..<position + count
    }
}
