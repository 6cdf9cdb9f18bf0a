/// The error object: `{"error":code,"detail":text}`.
package struct VenueFault: Equatable, Sendable {
    package var code: String
    package var detail: String

    package init(code: String, detail: String) {
        self.code = code
        self.detail = detail
    }

    /// The venue has never seen the id that was asked for.
    package static let unknownID = "unknown_id"
    /// The id is held with other bytes.
    package static let idConflict = "id_conflict"
    package static let bytesMax = 64 << 10

    package func encoded() -> [UInt8] {
        var json = JSONText()
        json.field("error", code)
        json.field("detail", detail)
        return json.finish()
    }

    /// The detail may be absent.
    package init(decoding bytes: [UInt8]) throws(ProtocolError) {
        var json = try JSONObject(bytes, bytesMax: Self.bytesMax)
        code = try json.text("error", bytes: 1...64)
        detail = json.has("detail") ? try json.text("detail", bytes: 0...1_024) : ""
        try json.finish()
    }
}
