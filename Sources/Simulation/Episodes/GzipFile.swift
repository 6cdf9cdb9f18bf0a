import CZlib

/// A file that is read through zlib: compressed or plain, zlib tells them apart (`gzopen`, `gzread`).
///
/// Owns the handle: opened by `init`, closed by `deinit`, on whichever thread holds the value.
public struct GzipFile: ~Copyable {
    private let handle: gzFile
    private let path: String

    public init(path: String) throws(SourceFault) {
        guard let handle = gzopen(path, "rb") else { throw SourceFault(.cannotOpen, file: path) }
        self.path = path
        self.handle = handle
    }

    deinit { gzclose(handle) }

    /// Everything from here to the end. At most `sizeMax` bytes, so that a damaged or hostile file cannot fill the memory.
    public borrowing func readAll() throws(SourceFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
        while true {
            let count = gzread(handle, &chunk, UInt32(Self.chunkSize))
            guard count >= 0 else { throw SourceFault(.damaged, file: path) }
            guard count > 0 else { break }
            guard bytes.count + Int(count) <= Self.sizeMax else { throw SourceFault(.tooLarge, file: path) }
            bytes.append(contentsOf: chunk[..<Int(count)])
        }
        // A stream that breaks off reads as a short one; only the error state tells.
        var code: Int32 = Z_OK
        _ = gzerror(handle, &code)
        guard code == Z_OK || code == Z_STREAM_END else { throw SourceFault(.damaged, file: path) }
        return bytes
    }

    public static let sizeMax = 256 << 20
    private static let chunkSize = 1 << 18
}
