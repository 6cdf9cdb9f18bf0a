internal import CCurl
public import Submission

/// Requests to one venue, many at once, over connections that are kept. Owns libcurl's multi handle: dropping the client
/// drops what is under way, silently, as a crash would.
///
/// One thread only. One request is one copy on the wire: nothing is redirected or repeated here.
///
/// Example: `try client.add(token: 1, method: "POST", path: "/v1/liquidations", headers: h, body: b)`, then
/// `client.wait(milliseconds: 100, wakeDescriptor: nil).completed`.
public struct HTTPClient: ~Copyable {
    /// What a wait brought.
    public struct Wake: Sendable {
        public let completed: [HTTPResult]
        /// The descriptor can be read.
        public let isWoken: Bool
    }

    private let multi: UnsafeMutableRawPointer
    private let origin: Origin
    private let limits: HTTPLimits
    private var underWay: [UInt64: Transfer] = [:]

    /// Once a process, before anything else of libcurl.
    private static let started: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    public init(origin: Origin, limits: HTTPLimits = HTTPLimits()) throws(HTTPClientError) {
        guard Self.started == CURLE_OK else { throw .library(code: Self.started.rawValue) }
        guard let multi = curl_multi_init() else { throw .library(code: CURLE_OUT_OF_MEMORY.rawValue) }
        for option in [CURLMOPT_MAX_HOST_CONNECTIONS, CURLMOPT_MAX_TOTAL_CONNECTIONS, CURLMOPT_MAXCONNECTS] {
            let code = ccurl_multi_setopt_long(multi, option, limits.connectionsMax)
            precondition(code == CURLM_OK, "Invariant: libcurl knows the option")
        }
        self.multi = multi
        self.origin = origin
        self.limits = limits
    }

    deinit {
        for transfer in underWay.values { curl_multi_remove_handle(multi, transfer.easy) }
        curl_multi_cleanup(multi)
    }

    public var underWayCount: Int { underWay.count }

    /// Takes a request and begins to send it at once: on a kept connection its bytes leave within this call.
    public mutating func add(
        token: UInt64, method: String, path: String, headers: [RequestHeader], body: [UInt8]
    ) throws(HTTPClientError) {
        precondition(path.utf8.first == UInt8(ascii: "/"), "Condition: a path begins with a slash")
        precondition(underWay[token] == nil, "Condition: a token names one request under way")
        guard underWay.count < limits.requestsMax else { throw .tooManyRequests(max: limits.requestsMax) }
        guard let transfer = Transfer(token: token, limits: limits) else {
            throw .library(code: CURLE_OUT_OF_MEMORY.rawValue)
        }
        transfer.prepare(
            method: method, url: origin.text + path, scheme: origin.scheme, headers: headers, body: body)
        underWay[token] = transfer
        let code = curl_multi_add_handle(multi, transfer.easy)
        precondition(code == CURLM_OK, "Invariant: libcurl takes a new request")
        perform()
    }

    /// Waits until something can be done, the descriptor can be read, or the time is over; then does what can be done.
    public mutating func wait(milliseconds: Int32, wakeDescriptor: Int32?) -> Wake {
        precondition(milliseconds >= 0, "Condition: a wait ends")
        var watched = curl_waitfd(fd: wakeDescriptor ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        let count: UInt32 = wakeDescriptor == nil ? 0 : 1
        // What ended while a request was handed over has no socket left that could end the wait.
        let early = collect()
        let code = curl_multi_poll(multi, &watched, count, early.isEmpty ? milliseconds : 0, nil)
        precondition(code == CURLM_OK, "Invariant: libcurl can poll its own sockets")
        perform()
        return Wake(completed: early + collect(), isWoken: watched.revents != 0)
    }

    private func perform() {
        var running: Int32 = 0
        let code = curl_multi_perform(multi, &running)
        precondition(code == CURLM_OK, "Invariant: libcurl goes on with its requests")
    }

    private mutating func collect() -> [HTTPResult] {
        var results: [HTTPResult] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            let code = ccurl_message_result(message)
            var context: UnsafeMutableRawPointer?
            ccurl_getinfo_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
            let transfer = Transfer.from(context)
            results.append(transfer.result(code))
            // The message dies with the handle, and the transfer with the table's reference: both come last.
            curl_multi_remove_handle(multi, transfer.easy)
            underWay[transfer.token] = nil
        }
        return results
    }
}
