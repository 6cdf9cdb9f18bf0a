// The forms in which the container writes things: little-endian integers, and strings and arrays behind their length in bytes.
extension [UInt8] {
    mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    mutating func append(text: String) {
        append(little: UInt32(text.utf8.count))
        append(contentsOf: text.utf8)
    }

    mutating func append(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { append(contentsOf: $0) }
    }

    /// An array or map of the container: its length in bytes goes before it.
    mutating func appendBlock(_ write: (inout [UInt8]) -> Void) {
        let head = count
        append(little: UInt32(0))
        write(&self)
        patch(UInt32(count - head - 4), at: head)
    }

    mutating func append(map: [String: String]) {
        // In order of keys: the same map gives the same bytes.
        appendBlock { bytes in
            for (key, value) in map.sorted(by: { $0.key < $1.key }) {
                bytes.append(text: key)
                bytes.append(text: value)
            }
        }
    }

    mutating func appendRecord(_ opcode: Opcode, _ write: (inout [UInt8]) -> Void) {
        append(opcode.rawValue)
        let head = count
        append(little: UInt64(0))
        write(&self)
        patch(UInt64(count - head - 8), at: head)
    }

    private mutating func patch(_ value: some FixedWidthInteger, at position: Int) {
        Swift.withUnsafeBytes(of: value.littleEndian) { replaceSubrange(position..<position + $0.count, with: $0) }
    }
}

extension RawSpan {
    /// The integer at a position; the caller has seen that it is all there.
    @inline(__always)
    func little<T: FixedWidthInteger & BitwiseCopyable>(_ position: Int, as type: T.Type = T.self) -> T {
        precondition(position >= 0 && position + MemoryLayout<T>.size <= byteCount, "Condition: the integer is there")
        return T(littleEndian: unsafeLoadUnaligned(fromByteOffset: position, as: type))
    }
}
