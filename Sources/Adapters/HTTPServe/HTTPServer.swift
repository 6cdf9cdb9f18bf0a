internal import CMicroHTTPD
internal import Glibc
internal import Synchronization

/// An HTTP server on loopback: metrics, health, and the practice venue. Never bound to another address: what is to be seen
/// from outside goes through a proxy that the operator chose.
///
/// The handler runs on the library's one thread, a request at a time, so it must be quick. A class, since the library
/// keeps its address; `stop` and the end of the last reference both close the socket and wait for the thread.
///
/// Example: `let server = try HTTPServer(port: 0) { _ in .text(200, "ok") }`, then `server.port`.
public final class HTTPServer: Sendable {
    public typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse

    /// The port in use: the one asked for, or the one that the system chose for zero.
    public let port: UInt16
    private nonisolated(unsafe) let daemon: OpaquePointer
    private let isStopped = Atomic(false)
    /// Kept alive as long as the library has its address.
    private let gate: Gate

    public init(port: UInt16, limits: ServerLimits = ServerLimits(), handler: @escaping Handler) throws(ServerError) {
        let gate = Gate(handler: handler, bodyBytesMax: limits.bodyBytesMax)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let flags = MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_USE_ITC.rawValue | MHD_USE_AUTO.rawValue
        let daemon = cmhd_start(
            flags, &address, Gate.receive, Unmanaged.passUnretained(gate).toOpaque(), Gate.complete,
            UInt32(limits.connectionsMax), limits.connectionBytesMax, UInt32(limits.silenceSecondsMax))
        guard let daemon else { throw ServerError(port: port, errno: errno) }
        self.port = cmhd_port(daemon)
        self.daemon = daemon
        self.gate = gate
    }

    deinit {
        stop()
    }

    /// Closes the socket, ends the connections and waits for the handler to return. Again is nothing.
    ///
    /// Not to be called from the handler, which it waits for.
    public func stop() {
        guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        MHD_stop_daemon(daemon)
    }
}
