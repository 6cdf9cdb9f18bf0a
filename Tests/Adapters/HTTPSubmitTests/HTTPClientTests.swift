import Glibc
import HTTPSubmit
import Submission
import Testing
import Units

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
    @Test func `a request arrives byte for byte, and its answer comes back`() throws {
        try withServer { server, client in
            let body = Array(#"{"id":"1"}"#.utf8)
            try client.add(
                token: 9, method: "POST", path: "/202", headers: [RequestHeader("Idempotency-Key", "k")], body: body)
            let result = try #require(finish(&client).first)
            #expect(result.token == 9)
            #expect(result.ending == .answered(status: 202, body: Array("{}".utf8), retryAfter: nil))
            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("POST /202 HTTP/1.1\r\n") && request.hasSuffix("\r\n\r\n{\"id\":\"1\"}"))
            #expect(request.contains("\r\nIdempotency-Key: k\r\n") && !request.lowercased().contains("expect"))
        }
    }

    @Test func `one connection carries requests one after the other`() throws {
        try withServer { server, client in
            for token in 1...20 as ClosedRange<UInt64> {
                try client.add(token: token, method: "POST", path: "/202", headers: [], body: [1])
                let result = try #require(finish(&client).first)
                #expect(result.isConnectionReused == (token > 1))
            }
            #expect(server.acceptedCount == 1 && server.requests.count == 20)
        }
    }

    @Test func `requests at once are told apart by their tokens`() throws {
        try withServer { server, client in
            for token in 200...220 as ClosedRange<UInt64> {
                try client.add(token: token, method: "GET", path: "/\(token)", headers: [], body: [])
            }
            let results = finish(&client)
            #expect(results.count == 21)
            for result in results {
                guard case .answered(let status, _, _) = result.ending else {
                    Issue.record("\(result)")
                    continue
                }
                #expect(UInt64(status) == result.token)
            }
            #expect(server.acceptedCount <= HTTPLimits().connectionsMax)
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let path: String, kind: TransferFailure.Kind
        var testDescription: String { path }
    }

    /// Whatever happens after the request has left, what it did is unknown.
    @Test(arguments: [
        Bad(path: "/hang", kind: .timeout), Bad(path: "/reset", kind: .reset), Bad(path: "/close", kind: .reset),
        Bad(path: "/garbage", kind: .malformed), Bad(path: "/drip", kind: .timeout),
        Bad(path: "/huge", kind: .bodyTooLarge),
        Bad(path: "/head", kind: .headTooLarge), Bad(path: "/short", kind: .reset),
    ])
    func `a broken answer is ambiguous, and bounded in time and size`(bad: Bad) throws {
        let impatient = HTTPLimits(totalTimeout: .milliseconds(600), bodyBytesMax: 1 << 20)
        try withServer(impatient) { _, client in
            try client.add(token: 1, method: "POST", path: bad.path, headers: [], body: [1])
            let result = try #require(finish(&client).first)
            guard case .failed(let failure) = result.ending else {
                Issue.record("\(result)")
                return
            }
            #expect(failure.kind == bad.kind && failure.mayHaveLeft, "\(failure)")
            #expect(ResponseClass(result.ending) == .ambiguous)
            #expect(result.timings.total < .seconds(15))
        }
    }

    @Test func `a connection that is refused says that nothing left`() throws {
        let server = RawServer()
        let origin = try Origin(server.origin)
        server.stop()
        var client = try HTTPClient(origin: origin, limits: limits)
        try client.add(token: 1, method: "POST", path: "/202", headers: [], body: [1])
        let ending = try #require(finish(&client).first).ending
        #expect(ending == .failed(TransferFailure(.unconnected, mayHaveLeft: false, code: 7)))
        #expect(ResponseClass(ending) == .notAccepted(retryAfter: nil))
    }

    /// libcurl repeats a request whose kept connection died under it, and would report only that the second connection
    /// was refused, as if nothing had left.
    @Test func `a kept connection that dies under a request leaves a doubt, and no second copy`() throws {
        for path in ["/die", "/close", "/reset"] {
            try withServer { server, client in
                try client.add(token: 1, method: "POST", path: "/202", headers: [], body: [1])
                _ = finish(&client)
                try client.add(token: 2, method: "POST", path: path, headers: [], body: [1])
                let ending = try #require(finish(&client).first).ending
                #expect(ResponseClass(ending) == .ambiguous, "\(path): \(ending)")
                #expect(server.requests.count == 2, "\(path)")
            }
        }
    }

    @Test func `a venue's wish to wait is read, and a redirect is not followed`() throws {
        try withServer { server, client in
            try client.add(token: 1, method: "POST", path: "/429", headers: [], body: [1])
            #expect(finish(&client).first?.ending == .answered(status: 429, body: [], retryAfter: .seconds(7)))
            try client.add(token: 2, method: "POST", path: "/redirect", headers: [], body: [1])
            #expect(finish(&client).first?.ending == .answered(status: 302, body: [], retryAfter: nil))
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a readable descriptor ends a wait early, and an idle wait ends in time`() throws {
        var pipe: [Int32] = [0, 0]
        try #require(Glibc.pipe(&pipe) == 0)
        defer { pipe.forEach { close($0) } }
        var client = try HTTPClient(origin: try Origin("http://127.0.0.1:1"), limits: limits)
        #expect(!client.wait(milliseconds: 1, wakeDescriptor: pipe[0]).isWoken)
        write(pipe[1], "x", 1)
        #expect(client.wait(milliseconds: 60_000, wakeDescriptor: pipe[0]).isWoken)
    }

    /// An answer may come while another request is handed over; nothing on any socket would then end the wait.
    @Test func `an answer that came meanwhile is brought without waiting`() throws {
        try withServer { _, client in
            for token in 1...300 as ClosedRange<UInt64> {
                try client.add(token: token, method: "POST", path: "/202", headers: [], body: [1])
                let begin = ContinuousClock.now
                while client.underWayCount > 0 { _ = client.wait(milliseconds: 40_000, wakeDescriptor: nil) }
                #expect(ContinuousClock.now - begin < .seconds(20), "request \(token)")
            }
        }
    }

    @Test func `more requests than the bound are refused, not queued`() throws {
        try withServer(HTTPLimits(requestsMax: 2)) { _, client in
            for token in [1, 2] as [UInt64] {
                try client.add(token: token, method: "GET", path: "/hang", headers: [], body: [])
            }
            var refused: HTTPClientError?
            do throws(HTTPClientError) {
                try client.add(token: 3, method: "GET", path: "/200", headers: [], body: [])
            } catch {
                refused = error
            }
            #expect(refused == .tooManyRequests(max: 2))
        }
    }

    /// Patient: on a busy machine an answer of another process may take long.
    private let limits = HTTPLimits(
        connectTimeout: .seconds(50), totalTimeout: .seconds(50), bodyBytesMax: 1 << 20)

    private func withServer(
        _ limits: HTTPLimits? = nil, _ body: (RawServer, inout HTTPClient) throws -> Void
    ) throws {
        let server = RawServer()
        defer { server.stop() }
        var client = try HTTPClient(origin: try Origin(server.origin), limits: limits ?? self.limits)
        try body(server, &client)
    }

    /// Waits for everything under way; the total timeout of each bounds it.
    private func finish(_ client: inout HTTPClient) -> [HTTPResult] {
        var results: [HTTPResult] = []
        while client.underWayCount > 0 {
            results += client.wait(milliseconds: 100, wakeDescriptor: nil).completed
        }
        return results
    }
}

@Suite struct OriginTests {
    @Test(arguments: [
        "https://venue.example", "https://venue.example:8443/", "http://127.0.0.1:80", "http://[::1]:80",
        "http://localhost",
    ])
    func `an origin over TLS, or on loopback, is taken`(text: String) throws {
        #expect(try !Origin(text).text.hasSuffix("/"))
    }

    @Test(arguments: [
        "", "venue.example", "http://venue.example", "http://10.0.0.1", "ftp://127.0.0.1", "file:///etc/passwd",
        "https://me:secret@venue.example", "https://venue.example/path", "https://venue.example?x=1",
        "http://127.0.0.1.example",
    ])
    func `any other is refused by its text`(text: String) {
        #expect(throws: HTTPClientError.originRefused(text)) { try Origin(text) }
    }
}

@Suite struct ResponseClassTests {
    @Test(arguments: 100...599)
    func `every status has the meaning of the contract`(status: Int) {
        let wish = Interval.seconds(3)
        let expected: ResponseClass =
            switch status {
            case 200: .known
            case 202: .accepted
            case 400, 401, 403, 404, 413, 422: .definiteRefusal
            case 429, 503: .notAccepted(retryAfter: wish)
            default: .ambiguous
            }
        #expect(ResponseClass(.answered(status: status, body: [], retryAfter: wish)) == expected)
    }

    @Test(arguments: TransferFailure.Kind.allCases)
    func `a failure is a doubt exactly when bytes may have left`(kind: TransferFailure.Kind) {
        #expect(ResponseClass(.failed(TransferFailure(kind, mayHaveLeft: true, code: 1))) == .ambiguous)
        #expect(
            ResponseClass(.failed(TransferFailure(kind, mayHaveLeft: false, code: 1))) == .notAccepted(retryAfter: nil))
    }
}
