/// The error object: `{"error":code,"detail":text}`.
public struct VenueFault: Equatable, Sendable {
    public var code: String
    public var detail: String

    public init(code: String, detail: String) {
        self.code = code
        self.detail = detail
    }

    /// The venue has never seen the id that was asked for.
    public static let unknownID = "unknown_id"
    /// The id is held with other bytes.
    public static let idConflict = "id_conflict"
    public static let bytesMax = 64 << 10

    public func encoded() -> [UInt8] {
        var json = JSONText()
        json.field("error", code)
        json.field("detail", detail)
        return json.finish()
    }

    /// The detail may be absent.
    public init(decoding bytes: [UInt8]) throws(ProtocolError) {
        var json = try JSONObject(bytes, bytesMax: Self.bytesMax)
        code = try json.text("error", bytes: 1...64)
        detail = json.has("detail") ? try json.text("detail", bytes: 0...1_024) : ""
        try json.finish()
    }
}
