internal import CMicroHTTPD

/// Where the library's calls come in: gathers a request's body within its bound and hands the whole to the handler.
/// Called on the library's thread only.
final class Gate: Sendable {
    private let handler: HTTPServer.Handler
    private let bodyBytesMax: Int

    init(handler: @escaping HTTPServer.Handler, bodyBytesMax: Int) {
        self.handler = handler
        self.bodyBytesMax = bodyBytesMax
    }

    /// The body so far of one request; the library keeps it between its calls.
    private final class Body {
        var bytes: [UInt8] = []
    }

    static let receive: MHD_AccessHandlerCallback = { context, connection, url, method, _, bytes, count, slot in
        guard let context, let connection, let url, let method, let count, let slot else { return .NO }
        let gate = Unmanaged<Gate>.fromOpaque(context).takeUnretainedValue()
        guard let kept = slot.pointee else { return gate.begin(connection, slot) }
        let body = Unmanaged<Body>.fromOpaque(kept).takeUnretainedValue()
        if count.pointee > 0 { return gate.gather(bytes, count, into: body) }
        return gate.answer(connection, url: url, method: method, body: body)
    }

    static let complete: MHD_RequestCompletedCallback = { _, _, slot, _ in
        guard let slot, let kept = slot.pointee else { return }
        Unmanaged<Body>.fromOpaque(kept).release()
        slot.pointee = nil
    }

    /// The head has come. A body that says it is too long is refused before it is read.
    private func begin(
        _ connection: OpaquePointer, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) -> MHD_Result {
        slot.pointee = Unmanaged.passRetained(Body()).toOpaque()
        guard let text = MHD_lookup_connection_value(connection, .HEADER_KIND, "Content-Length"),
            let length = Int(String(cString: text)), length > bodyBytesMax
        else { return .YES }
        let refusal = HTTPResponse.json(
            413, #"{"error":"too_large","detail":"a body has at most \#(bodyBytesMax) bytes"}"#,
            headers: ["Connection": "close"])
        return send(refusal, on: connection)
    }

    /// A body without a stated length that grows too long ends its connection: no answer is possible within an upload.
    private func gather(
        _ bytes: UnsafePointer<CChar>?, _ count: UnsafeMutablePointer<Int>, into body: Body
    ) -> MHD_Result {
        guard body.bytes.count + count.pointee <= bodyBytesMax else { return .NO }
        body.bytes.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count.pointee))
        count.pointee = 0
        return .YES
    }

    private func answer(
        _ connection: OpaquePointer, url: UnsafePointer<CChar>, method: UnsafePointer<CChar>, body: Body
    ) -> MHD_Result {
        let headers = values(.HEADER_KIND, of: connection).map { ($0.0.lowercased(), $0.1) }
        let request = HTTPRequest(
            method: String(cString: method), path: String(cString: url),
            query: Dictionary(values(.GET_ARGUMENT_KIND, of: connection)) { first, _ in first },
            headers: Dictionary(headers) { first, _ in first }, body: body.bytes)
        return send(handler(request), on: connection)
    }

    private func send(_ response: HTTPResponse, on connection: OpaquePointer) -> MHD_Result {
        guard response != .dropped else { return .NO }
        let made = response.body.withUnsafeBytes { bytes in
            MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let made else { return .NO }
        defer { MHD_destroy_response(made) }
        for (name, value) in response.headers.sorted(by: { $0.key < $1.key }) {
            let added = MHD_add_response_header(made, name, value)
            precondition(added == .YES, "Condition: an answer's header can stand in a header")
        }
        return MHD_queue_response(connection, UInt32(response.status), made)
    }

    private func values(_ kind: MHD_ValueKind, of connection: OpaquePointer) -> [(String, String)] {
        var found: [(String, String)] = []
        withUnsafeMutablePointer(to: &found) { pointer in
            _ = MHD_get_connection_values(
                connection, kind,
                { context, _, key, value in
                    guard let context, let key else { return .NO }
                    let text = value.map { String(cString: $0) } ?? ""
                    context.assumingMemoryBound(to: [(String, String)].self).pointee.append(
                        (String(cString: key), text))
                    return .YES
                }, pointer)
        }
        return found
    }
}
