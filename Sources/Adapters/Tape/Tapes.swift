public import MCAP
import TapeCache
import TapeContent

/// Opens tapes.
public enum Tapes {
    public static func open(_ path: String, ignoringSummary: Bool = false) throws -> MCAPFile {
        try MCAPFile(FileSource(path), codecs: [ZstdCodec()], ignoringSummary: ignoringSummary)
    }

    /// Whether a file begins as a compiled tape does.
    public static func isCache(_ path: String) throws -> Bool {
        let source = try FileSource(path)
        let count = CacheHeader.magic.count
        guard source.count >= UInt64(count) else { return false }
        return try source.read(at: 0, count: count) == CacheHeader.magic
    }

    /// Whether a file begins as MCAP files do.
    public static func isTape(_ path: String) throws -> Bool {
        let source = try FileSource(path)
        guard source.count >= UInt64(magic.count) else { return false }
        return try source.read(at: 0, count: magic.count) == magic
    }

    private static let magic: [UInt8] = [0x89] + Array("MCAP0\r\n".utf8)

    /// The digest of a file's bytes, which names it.
    public static func digest(_ path: String, progress: (UInt64) -> Void = { _ in }) throws -> String {
        let source = try FileSource(path)
        var digest = SHA256()
        var position: UInt64 = 0
        while position < source.count {
            let piece = try source.read(at: position, count: Int(min(pieceBytes, source.count - position)))
            digest.update(piece.span.bytes)
            position += UInt64(piece.count)
            progress(position)
        }
        return digest.hex
    }

    private static let pieceBytes: UInt64 = 1 << 20
}
