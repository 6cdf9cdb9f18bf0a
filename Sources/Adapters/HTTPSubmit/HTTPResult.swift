package import Units

/// What became of one request.
package struct HTTPResult: Sendable {
    /// An answer, or why there is none.
    package enum Ending: Equatable, Sendable {
        case answered(status: Int, body: [UInt8], retryAfter: Interval?)
        case failed(TransferFailure)
    }

    /// How long things took, from handing the request over.
    package struct Timings: Sendable {
        package let connected: Interval
        package let firstByte: Interval
        package let total: Interval
    }

    /// The caller's own number for the request.
    package let token: UInt64
    package let ending: Ending
    package let timings: Timings
    /// False when a new connection was made for it.
    package let isConnectionReused: Bool
}

/// Why there is no answer. What matters first is whether the request can have left.
package struct TransferFailure: Error, Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case unresolved, unconnected, insecure, timeout, reset, malformed, bodyTooLarge, headTooLarge
        /// The connection died under the request; the library would have sent it again by itself.
        case connectionDied
        case other
    }

    package let kind: Kind
    /// False only when it is certain that no byte of the request was handed to a connection.
    package let mayHaveLeft: Bool
    /// The library's code, for the journal.
    package let code: UInt32

    package init(_ kind: Kind, mayHaveLeft: Bool, code: UInt32) {
        self.kind = kind
        self.mayHaveLeft = mayHaveLeft
        self.code = code
    }
}

/// Why there is no client, or why it takes no request.
package enum HTTPClientError: Error, Equatable, Sendable {
    /// Not `https://host[:port]`, nor `http://` on loopback.
    case originRefused(String)
    case tooManyRequests(max: Int)
    /// The library could not be set up.
    case library(code: UInt32)
}
