package import HTTPServe
package import MarginEngine
package import Signing
package import Units
package import ZeroMQFeed

/// Where a venue listens.
package struct VenueEndpoints: Equatable, Sendable {
    package let feed: String
    /// For example `http://127.0.0.1:40123`.
    package let http: String
}

/// How far a venue is.
package struct VenueProgress: Equatable, Sendable {
    package enum State: String, Sendable { case waiting, playing, finished }

    package var state: State
    package var block: BlockNumber
    package var moment: Moment
    package var accounts: Int
    package var liquidatable: Int
    package var pending: Int
    package var messages: UInt64
}

/// What a venue leaves behind.
package struct VenueSummary: Equatable, Sendable {
    package let ledger: Ledger
    package let block: BlockNumber
    /// Whether the episode was played to its end.
    package let isComplete: Bool
    /// The ledger as `GET /v1/ledger?rows=1` gives it.
    package let json: [UInt8]
}

/// Why there is no venue.
package enum VenueServerError: Error, Equatable, Sendable {
    case feed(ZeroMQError)
    case http(ServerError)
    case liquidator(String, SigningError)
}
