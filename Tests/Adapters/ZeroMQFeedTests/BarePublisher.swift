import CZeroMQ

/// A publisher that may send what ours cannot: any number of parts.
final class BarePublisher {
    private let context = zmq_ctx_new()
    private let socket: UnsafeMutableRawPointer?
    let endpoint: String

    init() {
        socket = zmq_socket(context, ZMQ_XPUB)
        zmq_bind(socket, "tcp://127.0.0.1:*")
        var length = 256
        var bytes = [UInt8](repeating: 0, count: length)
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, &bytes, &length)
        endpoint = String(decoding: bytes[..<(length - 1)], as: UTF8.self)
        czmq_setsockopt_int(socket, ZMQ_LINGER, 0)
        czmq_setsockopt_int(socket, ZMQ_RCVTIMEO, 10_000)
    }

    deinit {
        zmq_close(socket)
        zmq_ctx_term(context)
    }

    struct NoSubscriber: Error {}

    func waitForSubscriber() throws {
        var bytes = [UInt8](repeating: 0, count: 64)
        if zmq_recv(socket, &bytes, bytes.count, 0) < 0 { throw NoSubscriber() }
    }

    func send(_ parts: [String]) {
        for (index, part) in parts.enumerated() {
            zmq_send(socket, part, part.utf8.count, index < parts.count - 1 ? ZMQ_SNDMORE : 0)
        }
    }
}
