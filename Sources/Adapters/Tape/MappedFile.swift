internal import Glibc

/// A file's bytes where the system keeps them: read as they are touched, shared by every process that maps the same file, and
/// given back under pressure. The file must not shrink while it is mapped. Owns the mapping; read by any thread.
public struct MappedFile: ~Copyable {
    private let base: UnsafeRawPointer
    private let count: Int

    public init(_ path: String) throws(TapeError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw TapeError(call: "open", code: EISDIR, file: path) }
        let count = Int(status.st_size)
        guard count > 0, let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapping != MAP_FAILED
        else {
            // An empty file cannot be mapped either, and says EINVAL.
            throw TapeError(call: "mmap", code: count > 0 ? errno : EINVAL, file: path)
        }
        // From front to back: the system reads ahead, and may forget what was passed.
        madvise(mapping, count, MADV_SEQUENTIAL)
        self.count = count
        base = UnsafeRawPointer(mapping)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: base), count) }

    /// The span ends with the call.
    public borrowing func withBytes<Result>(_ use: (RawSpan) throws -> Result) rethrows -> Result {
        try use(UnsafeRawBufferPointer(start: base, count: count).bytes)
    }
}
