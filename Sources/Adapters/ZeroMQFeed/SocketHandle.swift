import CZeroMQ
import Glibc

/// Owns one socket; closes it when it goes.
///
/// One thread.
struct SocketHandle: ~Copyable {
    private let socket: UnsafeMutableRawPointer
    private let context: ZeroMQContext

    init(_ socket: UnsafeMutableRawPointer, context: ZeroMQContext) {
        self.socket = socket
        self.context = context
    }

    deinit { zmq_close(socket) }

    func set(_ option: Int32, _ value: Int32, subject: String) throws(ZeroMQError) {
        guard czmq_setsockopt_int(socket, option, value) == 0 else { throw .last("zmq_setsockopt", subject) }
    }

    func set(_ option: Int32, _ text: String) throws(ZeroMQError) {
        var text = text
        let status = text.withUTF8 { zmq_setsockopt(socket, option, $0.baseAddress, $0.count) }
        guard status == 0 else { throw .last("zmq_setsockopt", text) }
    }

    func set(frameBytesMax: Int64, subject: String) throws(ZeroMQError) {
        var value = frameBytesMax
        guard zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &value, MemoryLayout<Int64>.size) == 0
        else { throw .last("zmq_setsockopt", subject) }
    }

    func connect(_ endpoint: String) throws(ZeroMQError) {
        guard zmq_connect(socket, endpoint) == 0 else { throw .last("zmq_connect", endpoint) }
    }

    /// Binds and returns the endpoint with the port that was given.
    func bind(_ endpoint: String) throws(ZeroMQError) -> String {
        guard zmq_bind(socket, endpoint) == 0 else { throw .last("zmq_bind", endpoint) }
        var length = SocketHandle.endpointBytesMax
        var bytes = [CChar](repeating: 0, count: length)
        guard zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, &bytes, &length) == 0
        else { throw .last("zmq_getsockopt", endpoint) }
        return String(decoding: bytes[..<max(0, length - 1)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static let endpointBytesMax = 1_024

    /// Whether a part arrived; never waits.
    ///
    /// An interrupted call says no: the caller will ask again.
    func receive(into message: borrowing Message) throws(ZeroMQError) -> Bool {
        if zmq_msg_recv(message.pointer, socket, ZMQ_DONTWAIT) >= 0 { return true }
        let error = ZeroMQError.last("zmq_msg_recv", "socket")
        guard error.code == EAGAIN || error.code == EINTR else { throw error }
        return false
    }

    /// Whether the part was taken; never waits.
    func send(_ bytes: RawSpan, more: Bool) throws(ZeroMQError) -> Bool {
        let status = bytes.withUnsafeBytes {
            zmq_send(socket, $0.baseAddress, $0.count, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0))
        }
        if status >= 0 { return true }
        let error = ZeroMQError.last("zmq_send", "socket")
        guard error.code == EAGAIN || error.code == EINTR else { throw error }
        return false
    }

    /// Waits for a message, a readable descriptor, or the time to pass.
    func wait(alsoFor descriptor: Int32?, milliseconds: Int) throws(ZeroMQError) -> Readiness {
        var items = (
            zmq_pollitem_t(socket: socket, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0),
            zmq_pollitem_t(socket: nil, fd: descriptor ?? -1, events: Int16(ZMQ_POLLIN), revents: 0)
        )
        let count: Int32 = descriptor == nil ? 1 : 2
        let status = withUnsafeMutablePointer(to: &items) { pointer in
            pointer.withMemoryRebound(to: zmq_pollitem_t.self, capacity: 2) { zmq_poll($0, count, milliseconds) }
        }
        if status < 0 {
            let error = ZeroMQError.last("zmq_poll", "socket")
            guard error.code == EINTR else { throw error }
            return Readiness(hasMessage: false, isDescriptorReady: false)
        }
        return Readiness(hasMessage: items.0.revents != 0, isDescriptorReady: items.1.revents != 0)
    }
}

/// What a wait ended with; neither when the time passed.
public struct Readiness: Equatable, Sendable {
    public var hasMessage: Bool
    public var isDescriptorReady: Bool
}
