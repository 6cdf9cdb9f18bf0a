public import HTTPServe
public import MarginEngine
public import Signing
public import Units
public import ZeroMQFeed

/// Where a venue listens.
public struct VenueEndpoints: Equatable, Sendable {
    public let feed: String
    /// For example `http://127.0.0.1:40123`.
    public let http: String
}

/// How far a venue is.
public struct VenueProgress: Equatable, Sendable {
    public enum State: String, Sendable { case waiting, playing, finished }

    public var state: State
    public var block: BlockNumber
    public var moment: Moment
    public var accounts: Int
    public var liquidatable: Int
    public var pending: Int
    public var messages: UInt64
}

/// What a venue leaves behind.
public struct VenueSummary: Equatable, Sendable {
    public let ledger: Ledger
    public let block: BlockNumber
    /// Whether the episode was played to its end.
    public let isComplete: Bool
    /// The ledger as `GET /v1/ledger?rows=1` gives it.
    public let json: [UInt8]
}

/// Why there is no venue.
public enum VenueServerError: Error, Equatable, Sendable {
    case feed(ZeroMQError)
    case http(ServerError)
    case liquidator(String, SigningError)
}
