import HTTPServe
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPServerTests {
    @Test func `a request comes whole to the handler, and its answer goes back`() throws {
        let seen = Mutex<HTTPRequest?>(nil)
        let server = try HTTPServer(port: 0) { request in
            seen.withLock { $0 = request }
            return .json(202, #"{"a":1}"#, headers: ["Retry-After": "3"])
        }
        let answer = exchange(
            "POST /v1/liquidations/a?x=1&y= HTTP/1.1\r\nHost: h\r\nX-Bailiff-Key: me\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
            port: server.port)
        server.stop()
        #expect(answer.hasPrefix("HTTP/1.1 202 ") && answer.hasSuffix("\r\n\r\n{\"a\":1}"))
        #expect(answer.contains("Retry-After: 3\r\n") && answer.contains("Content-Type: application/json\r\n"))
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == "POST" && request.path == "/v1/liquidations/a")
        #expect(request.query == ["x": "1", "y": ""] && request.headers["x-bailiff-key"] == "me")
        #expect(request.body == Array("hello".utf8))
    }

    @Test func `a body that says it is too long is refused before it is read`() throws {
        let server = try HTTPServer(port: 0, limits: ServerLimits(bodyBytesMax: 10)) { _ in .text(200, "handled") }
        defer { server.stop() }
        let head = "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: "
        #expect(exchange(head + "10\r\n\r\n0123456789", port: server.port).hasSuffix("handled"))
        #expect(exchange(head + "11\r\n\r\n01234567890", port: server.port).hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `a body without a length that grows too long ends its connection`() throws {
        let calls = Atomic(0)
        let server = try HTTPServer(port: 0, limits: ServerLimits(bodyBytesMax: 10)) { _ in
            calls.add(1, ordering: .relaxed)
            return .text(200, "handled")
        }
        defer { server.stop() }
        let request = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n"
        #expect(!exchange(request, port: server.port).contains("handled"))
        #expect(calls.load(ordering: .relaxed) == 0)
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX: \(String(repeating: "y", count: 40_000))\r\n\r\n",
    ])
    func `a head that is broken or too long never reaches the handler`(request: String) throws {
        let calls = Atomic(0)
        let server = try HTTPServer(port: 0) { _ in
            calls.add(1, ordering: .relaxed)
            return .text(200, "handled")
        }
        #expect(!exchange(request, port: server.port).contains("handled"))
        server.stop()
        #expect(calls.load(ordering: .relaxed) == 0)
    }

    @Test func `an answer that is dropped closes the connection without a word`() throws {
        let server = try HTTPServer(port: 0) { _ in .dropped }
        defer { server.stop() }
        #expect(exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n", port: server.port) == "")
    }

    @Test func `a stopped server no longer listens, and stopping again is nothing`() throws {
        let server = try HTTPServer(port: 0) { _ in .text(200, "") }
        #expect(
            exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: server.port).hasPrefix(
                "HTTP/1.1 200"))
        server.stop()
        server.stop()
        #expect(exchange("GET / HTTP/1.1\r\n\r\n", port: server.port) == "refused")
    }

    @Test func `a port that is taken is named in the error`() throws {
        let first = try HTTPServer(port: 0) { _ in .text(200, "") }
        defer { first.stop() }
        let error = #expect(throws: ServerError.self) { try HTTPServer(port: first.port) { _ in .text(200, "") } }
        #expect(error?.port == first.port)
    }
}
