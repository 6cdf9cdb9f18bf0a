import Glibc

/// Reads a whole regular file with a bound, checking the file that was opened and not one that may take its place.
enum SmallFile {
    enum Failure: Error, Equatable {
        case code(Int32)
        case notRegular, tooLong, refused(mode: UInt32)

        var found: String {
            switch self {
            case .code(let code): String(cString: strerror(code))
            case .notRegular: "something that is not a file"
            case .tooLong: "too many bytes"
            case .refused(let mode): "permissions 0\(String(mode, radix: 8))"
            }
        }
    }

    /// `check` sees the permissions and may refuse them.
    static func read(_ path: String, bytesMax: Int, check: (UInt32) -> Failure?) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .code(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .code(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        if let refusal = check(UInt32(status.st_mode & 0o777)) { throw refusal }
        return try contents(of: descriptor, bytesMax: bytesMax)
    }

    private static func contents(of descriptor: Int32, bytesMax: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
        var count = 0
        while count <= bytesMax {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, bytesMax + 1 - count)
            }
            if more < 0 && errno == EINTR { continue }
            guard more >= 0 else { throw .code(errno) }
            if more == 0 { return Array(bytes[..<count]) }
            count += more
        }
        throw .tooLong
    }
}
