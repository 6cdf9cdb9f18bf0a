internal import Glibc

/// A call of the system on a tape's file failed: which, with what code, on what.
public struct TapeError: Error, Equatable, Sendable {
    public var call: String
    public var code: Int32
    public var file: String

    public var isRetriable: Bool { [EINTR, EAGAIN, ENOSPC, EDQUOT].contains(code) }
    public var isMissing: Bool { code == ENOENT }

    public init(call: String, code: Int32, file: String) {
        self.call = call
        self.code = code
        self.file = file
    }

    static func last(_ call: String, _ file: String) -> TapeError {
        TapeError(call: call, code: errno, file: file)
    }
}

extension TapeError: CustomStringConvertible {
    public var description: String { "\(file): \(call): \(String(cString: strerror(code)))" }
}
