public import Submission
public import Units

/// Signs requests to a venue: HMAC-SHA-256 over a canonical text, with a shared secret.
///
/// The canonical text is `METHOD\nPATH\nTIMESTAMP\nIDEMPOTENCY-KEY\nhex(SHA-256(body))`, the key empty where there is
/// none. The secret never leaves this value: it has no description and no reader.
///
/// Example: `signer.headers(method: "POST", path: "/v1/liquidations", id: id, body: body, at: now)`.
public struct RequestSigner: Sendable, CustomStringConvertible, CustomReflectable {
    public let liquidator: String
    private let secret: [UInt8]

    /// Fewer bytes than this can be guessed.
    public static let secretBytesMin = 16

    /// - Parameter liquidator: the public name that the venue knows the secret by; printable ASCII without blanks, since
    ///   it becomes a header.
    public init(liquidator: String, secret: [UInt8]) throws(SigningError) {
        guard secret.count >= Self.secretBytesMin else { throw .secretTooShort(bytes: secret.count) }
        let isPrintable = liquidator.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        guard isPrintable && !liquidator.isEmpty else { throw .badName }
        self.liquidator = liquidator
        self.secret = secret
    }

    /// The signed head of a request: all of it but what the transport adds.
    public func headers(
        method: String, path: String, id: IntentID?, body: [UInt8], at moment: Moment
    ) -> [RequestHeader] {
        let milliseconds = moment.nanoseconds / 1_000_000
        let signature = signature(method: method, path: path, timestamp: milliseconds, id: id?.text ?? "", body: body)
        var headers = [
            RequestHeader("X-Bailiff-Key", liquidator),
            RequestHeader("X-Bailiff-Timestamp", String(milliseconds)),
            RequestHeader("X-Bailiff-Signature", signature.hex),
        ]
        if !body.isEmpty { headers.append(RequestHeader("Content-Type", "application/json")) }
        if let id { headers.append(RequestHeader("Idempotency-Key", id.text)) }
        return headers
    }

    /// What the signature of such a request must be.
    public func signature(method: String, path: String, timestamp: Int64, id: String, body: [UInt8]) -> Digest {
        let canonical = "\(method)\n\(path)\n\(timestamp)\n\(id)\n\(Digest(of: body).hex)"
        return Digest(of: Array(canonical.utf8), key: secret)
    }

    /// The venue's side: whether the text is the signature of such a request.
    public func accepts(
        signature text: String, method: String, path: String, timestamp: Int64, id: String, body: [UInt8]
    ) -> Bool {
        let expected = signature(method: method, path: path, timestamp: timestamp, id: id, body: body)
        // Both are hashed, so that texts of any length are compared in constant time.
        return Digest(of: Array(text.utf8)).isEqualInConstantTime(to: Digest(of: Array(expected.hex.utf8)))
    }

    public var description: String { "signer of \(liquidator)" }
    public var customMirror: Mirror { Mirror(self, children: ["liquidator": liquidator]) }
}

/// Why there is no signer.
public enum SigningError: Error, Equatable, Sendable {
    case secretTooShort(bytes: Int)
    /// The name is empty or cannot stand in a header.
    case badName
}
