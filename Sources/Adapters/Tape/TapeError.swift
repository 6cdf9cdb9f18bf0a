internal import Glibc

/// A call of the system on a tape's file failed: which, with what code, on what.
package struct TapeError: Error, Equatable, Sendable {
    package var call: String
    package var code: Int32
    package var file: String

    package var isRetriable: Bool { [EINTR, EAGAIN, ENOSPC, EDQUOT].contains(code) }
    package var isMissing: Bool { code == ENOENT }

    package init(call: String, code: Int32, file: String) {
        self.call = call
        self.code = code
        self.file = file
    }

    static func last(_ call: String, _ file: String) -> TapeError {
        TapeError(call: call, code: errno, file: file)
    }
}

extension TapeError: CustomStringConvertible {
    package var description: String { "\(file): \(call): \(String(cString: strerror(code)))" }
}
