/// A compression of chunks. The container's bytes are ours; how they are packed is a library's, behind this door.
///
/// Called once for each chunk, on the thread of the writer or reader that has it.
public protocol ChunkCodec: AnyObject {
    /// As files call it: `zstd`.
    var name: String { get }

    func compress(_ bytes: [UInt8]) -> [UInt8]

    /// Exactly `size` bytes, or `nil` when the bytes are not what `compress` makes of so many.
    func decompress(_ bytes: RawSpan, size: Int) -> [UInt8]?
}

/// Where a reader takes its bytes. On the reader's thread.
public protocol ByteSource: AnyObject {
    var count: UInt64 { get }

    /// The bytes of the range, which lies within the count.
    func read(at offset: UInt64, count: Int) throws(MCAPFault) -> [UInt8]
}

/// Bytes in memory as a source.
public final class MemorySource: ByteSource {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var count: UInt64 { UInt64(bytes.count) }

    public func read(at offset: UInt64, count: Int) throws(MCAPFault) -> [UInt8] {
        guard offset <= self.count, UInt64(count) <= self.count - offset else {
            throw MCAPFault(.truncated, at: offset, found: "\(bytes.count) bytes", allowed: "\(count) more")
        }
        return Array(bytes[Int(offset)..<Int(offset) + count])
    }
}
