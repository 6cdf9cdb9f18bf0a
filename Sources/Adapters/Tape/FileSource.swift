internal import Glibc
public import MCAP

/// A file as a reader's source. Owns the descriptor; the length is that of the moment it was opened. One thread.
///
/// Small reads one behind the other, as of record heads, come from a window that is read at once.
public final class FileSource: ByteSource {
    public let count: UInt64
    private let descriptor: Int32
    private let path: String
    private var window: [UInt8] = []
    private var windowStart: UInt64 = 0

    private static let windowBytes = 64 << 10

    public init(_ path: String) throws(TapeError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("open", path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let error = TapeError.last("fstat", path)
            close(descriptor)
            throw error
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw TapeError(call: "open", code: EISDIR, file: path)
        }
        self.descriptor = descriptor
        self.path = path
        count = UInt64(max(0, status.st_size))
    }

    deinit { close(descriptor) }

    public func read(at offset: UInt64, count wanted: Int) throws(MCAPFault) -> [UInt8] {
        guard offset <= count, UInt64(wanted) <= count - offset else {
            throw MCAPFault(.truncated, at: offset, found: "\(count) bytes", allowed: "\(wanted) more")
        }
        guard wanted < Self.windowBytes / 4 else { return try readFile(at: offset, count: wanted) }
        if offset < windowStart || offset + UInt64(wanted) > windowStart + UInt64(window.count) {
            window = try readFile(at: offset, count: Int(min(UInt64(Self.windowBytes), count - offset)))
            windowStart = offset
        }
        let begin = Int(offset - windowStart)
        return Array(window[begin..<begin + wanted])
    }

    private func readFile(at offset: UInt64, count wanted: Int) throws(MCAPFault) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, done in
            while done < wanted {
                let more = pread(
                    descriptor, buffer.baseAddress.map { $0 + done }, wanted - done, off_t(offset) + off_t(done))
                if more < 0 && errno == EINTR { continue }
                guard more > 0 else {
                    // Shorter than when it was opened.
                    failure = more < 0 ? errno : EIO
                    return
                }
                done += more
            }
        }
        guard failure == 0 else {
            throw MCAPFault(.cannotRead, at: offset, found: "\(path): \(String(cString: strerror(failure)))")
        }
        return bytes
    }
}
