public import Units

/// What became of one request.
public struct HTTPResult: Sendable {
    /// An answer, or why there is none.
    public enum Ending: Equatable, Sendable {
        case answered(status: Int, body: [UInt8], retryAfter: Interval?)
        case failed(TransferFailure)
    }

    /// How long things took, from handing the request over.
    public struct Timings: Sendable {
        public let connected: Interval
        public let firstByte: Interval
        public let total: Interval
    }

    /// The caller's own number for the request.
    public let token: UInt64
    public let ending: Ending
    public let timings: Timings
    /// False when a new connection was made for it.
    public let isConnectionReused: Bool
}

/// Why there is no answer. What matters first is whether the request can have left.
public struct TransferFailure: Error, Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case unresolved, unconnected, insecure, timeout, reset, malformed, bodyTooLarge, headTooLarge
        /// The connection died under the request; the library would have sent it again by itself.
        case connectionDied
        case other
    }

    public let kind: Kind
    /// False only when it is certain that no byte of the request was handed to a connection.
    public let mayHaveLeft: Bool
    /// The library's code, for the journal.
    public let code: UInt32

    public init(_ kind: Kind, mayHaveLeft: Bool, code: UInt32) {
        self.kind = kind
        self.mayHaveLeft = mayHaveLeft
        self.code = code
    }
}

/// Why there is no client, or why it takes no request.
public enum HTTPClientError: Error, Equatable, Sendable {
    /// Not `https://host[:port]`, nor `http://` on loopback.
    case originRefused(String)
    case tooManyRequests(max: Int)
    /// The library could not be set up.
    case library(code: UInt32)
}
