import Glibc
import Synchronization

/// A venue made of raw sockets, on an ephemeral port of loopback: does to a client what the path asks for. One thread
/// a connection; `stop` ends them all and waits.
final class RawServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    private struct State {
        var connections: [Int32] = []
        var threads: [pthread_t] = []
        var requests: [String] = []
        var accepted = 0
        var isStopping = false
    }

    init() {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        precondition(bound, "Invariant: loopback has a free port")
        port = UInt16(bigEndian: address.sin_port)
        spawn { server in server.accept() }
    }

    var origin: String { "http://127.0.0.1:\(port)" }
    /// The heads and bodies received.
    var requests: [String] { state.withLock { $0.requests } }
    var acceptedCount: Int { state.withLock { $0.accepted } }

    func stop() {
        let threads = state.withLock { state in
            state.isStopping = true
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
            return state.threads
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for thread in threads { pthread_join(thread, nil) }
        // A connection accepted meanwhile has a thread of its own, which the listener's end has also ended.
        let late = state.withLock { $0.threads.dropFirst(threads.count) }
        for thread in late { pthread_join(thread, nil) }
        close(listener)
    }

    private func spawn(_ body: @escaping @Sendable (RawServer) -> Void) {
        let box = Unmanaged.passRetained(Job { [self] in body(self) })
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, box.toOpaque())
        let made = thread
        state.withLock { $0.threads.append(made) }
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { return }
            let isStopping = state.withLock { state in
                state.accepted += 1
                if !state.isStopping { state.connections.append(connection) }
                return state.isStopping
            }
            if isStopping {
                close(connection)
                return
            }
            spawn { server in server.serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        while let request = read(connection) {
            state.withLock { $0.requests.append(request) }
            guard answer(request, connection) else { break }
        }
        state.withLock { $0.connections.removeAll { $0 == connection } }
        close(connection)
    }

    /// One request, by its content length.
    private func read(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let head = text.firstRange(of: "\r\n\r\n") {
                let length =
                    text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
                if text[head.upperBound...].utf8.count >= length { return text }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    /// Whether the connection goes on.
    private func answer(_ request: String, _ connection: Int32) -> Bool {
        let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        switch path {
        case "/hang":
            _ = read(connection)
            return false
        case "/reset":
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            return false
        case "/close": return false
        case "/die":
            shutdown(listener, Int32(SHUT_RDWR))
            return false
        case "/garbage": return say("\u{1}\u{2}nonsense\r\n\r\n", connection) && false
        case "/drip":
            _ = say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", connection)
            for _ in 0..<1_000 where say("x", connection) { usleep(20_000) }
            return false
        case "/huge":
            _ = say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", connection)
            let chunk = "10000\r\n" + String(repeating: "y", count: 65_536) + "\r\n"
            for _ in 0..<1_000 { guard say(chunk, connection) else { break } }
            return false
        case "/head":
            _ = say("HTTP/1.1 200 OK\r\n", connection)
            for _ in 0..<1_000 {
                guard say("X: \(String(repeating: "z", count: 1_000))\r\n", connection) else { break }
            }
            return false
        case "/short": return say("HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{", connection) && false
        case "/redirect": return say("HTTP/1.1 302 Found\r\nLocation: /202\r\nContent-Length: 0\r\n\r\n", connection)
        case "/429": return say("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", connection)
        default:
            let status = Int(path.dropFirst()) ?? 404
            return say("HTTP/1.1 \(status) Said\r\nContent-Length: 2\r\n\r\n{}", connection)
        }
    }

    private func say(_ text: String, _ connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}

private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
