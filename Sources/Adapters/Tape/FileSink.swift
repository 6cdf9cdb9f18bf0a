internal import Glibc

/// A file that is written from its beginning to its end. Owns the descriptor. One thread.
public struct FileSink: ~Copyable {
    private let descriptor: Int32
    public let path: String

    /// A file that is already there is not touched: tapes are evidence.
    public init(creating path: String) throws(TapeError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .last("open", path) }
        self.descriptor = descriptor
        self.path = path
    }

    deinit { Glibc.close(descriptor) }

    public borrowing func write(_ bytes: RawSpan) throws(TapeError) {
        var done = 0
        while done < bytes.byteCount {
            let more = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            if more < 0 && errno == EINTR { continue }
            guard more > 0 else { throw .last("write", path) }
            done += more
        }
    }

    /// Over what stands at the file's beginning; the next `write` goes on at the end.
    public borrowing func overwriteStart(_ bytes: RawSpan) throws(TapeError) {
        let done = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard done == bytes.byteCount else { throw .last("pwrite", path) }
    }

    /// What was written is on the device when this returns.
    public borrowing func synchronize() throws(TapeError) {
        guard fdatasync(descriptor) == 0 else { throw .last("fdatasync", path) }
    }
}
