public import Units

/// What was sent to the venue, and to whom. No secret is in it: what signs a request goes into headers, which are left out, and
/// of the body there are its length and digest, which name it.
public struct RequestEntry: TapeEntry, Equatable, Sendable {
    public static let kind = TapeKind.requests
    public var at: Moment
    public var intent: String
    /// Of the intent within the run; `nil` for one of an earlier run.
    public var ordinal: UInt64?
    public var method: String
    /// Without scheme, name or password.
    public var host: String
    public var path: String
    /// Only its length and digest are written.
    public var body: [UInt8]

    public init(
        at: Moment, intent: String, ordinal: UInt64?, method: String, host: String, path: String, body: [UInt8]
    ) {
        self.at = at
        self.intent = intent
        self.ordinal = ordinal
        self.method = method
        self.host = host
        self.path = path
        self.body = body
    }

    public func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("intent", intent)
        if let ordinal { line.field("ordinal", ordinal) }
        line.field("method", method)
        line.field("host", host)
        line.field("path", path)
        line.field("body_bytes", UInt64(body.count))
        line.field("body_sha256", SHA256.hex(of: body))
    }
}

/// What the venue answered. Status 0 is no answer.
public struct ResponseEntry: TapeEntry, Equatable, Sendable {
    public static let kind = TapeKind.responses
    public var at: Moment
    public var intent: String
    public var ordinal: UInt64?
    public var method: String
    public var status: UInt64
    /// What it was taken to mean, or why there was none.
    public var meaning: String
    public var took: Interval
    public var bodyBytes: UInt64

    public init(
        at: Moment, intent: String, ordinal: UInt64?, method: String, status: UInt64, meaning: String,
        took: Interval, bodyBytes: UInt64
    ) {
        self.at = at
        self.intent = intent
        self.ordinal = ordinal
        self.method = method
        self.status = status
        self.meaning = meaning
        self.took = took
        self.bodyBytes = bodyBytes
    }

    public func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("intent", intent)
        if let ordinal { line.field("ordinal", ordinal) }
        line.field("method", method)
        line.field("status", status)
        line.field("meaning", meaning)
        line.field("took_ns", UInt64(max(0, took.nanoseconds)))
        line.field("body_bytes", bodyBytes)
    }
}
