import CZeroMQ

/// Owns libzmq's context: its I/O thread and the sockets' common ground.
///
/// Sockets keep their context alive, so it ends after the last of them (`zmq_ctx_term` would wait for them otherwise).
/// Any thread: zmq_ctx_new(3) calls a context thread safe.
public final class ZeroMQContext: Sendable {
    nonisolated(unsafe) private let handle: UnsafeMutableRawPointer

    public init() throws(ZeroMQError) {
        guard let handle = zmq_ctx_new() else { throw .last("zmq_ctx_new", "context") }
        self.handle = handle
    }

    deinit { zmq_ctx_term(handle) }

    func makeSocket(_ type: Int32, subject: String) throws(ZeroMQError) -> SocketHandle {
        guard let socket = zmq_socket(handle, type) else { throw .last("zmq_socket", subject) }
        return SocketHandle(socket, context: self)
    }
}
