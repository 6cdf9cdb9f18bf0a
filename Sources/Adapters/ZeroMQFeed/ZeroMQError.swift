import CZeroMQ
import Glibc

/// A call to libzmq failed: which, with what code, on what.
public struct ZeroMQError: Error, Equatable, Sendable {
    public var call: String
    /// An errno, or one of libzmq's own numbers.
    public var code: Int32
    /// The endpoint or topic that was spoken of.
    public var subject: String

    /// Whether trying again may help: interrupted, or an address that is still held.
    public var isRetriable: Bool { [EINTR, EAGAIN, EADDRINUSE].contains(code) }

    public init(call: String, code: Int32, subject: String) {
        self.call = call
        self.code = code
        self.subject = subject
    }

    /// The error of the call that just failed on this thread.
    ///
    /// Handles that are no handles are our own bugs.
    static func last(_ call: String, _ subject: String) -> ZeroMQError {
        let code = zmq_errno()
        precondition(code != EFAULT && code != ENOTSOCK, "Invariant: \(call) is given a live socket")
        return ZeroMQError(call: call, code: code, subject: subject)
    }
}

extension ZeroMQError: CustomStringConvertible {
    public var description: String { "\(call) \(subject): \(String(cString: zmq_strerror(code)))" }
}
