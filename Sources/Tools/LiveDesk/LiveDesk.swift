public import Configuration
public import Desk
import HTTPSubmit
import Journal
import Signing

/// Permission to act for real. It can be made only from both halves: the flag on the command line and the key in the
/// configuration. Nothing live can be built without one.
public struct LiveAuthorization: Sendable {
    /// `nil` unless both agree.
    public init?(flag: Bool, _ configuration: BotConfiguration) {
        guard flag, configuration.mode == .live, configuration.isLiveEnabled else { return nil }
    }
}

/// Takes orders to a venue over HTTP: durable first, then sent, then followed to its end.
public struct LiveDesk: OrderDesk {
    public let modeName = "LIVE"
    private let configuration: BotConfiguration
    private let secret: Secret
    /// Where requests and responses are recorded; `nil`: nowhere.
    public var tape: TapeQueue?

    public init(_ authorization: LiveAuthorization, _ configuration: BotConfiguration, secret: Secret) {
        self.configuration = configuration
        self.secret = secret
    }

    public func run(
        orders: Mailbox<DeskMessage>, engine: Mailbox<EngineMessage>, status: BotStatus, until stop: StopFlag
    ) throws {
        let bytes = secret.withBytes { span in span.withUnsafeBytes { Array($0) } }
        let venue = configuration.venue
        let signer = try RequestSigner(liquidator: venue.liquidator, secret: bytes)
        let journal = try Journal(file: configuration.journalPath, mode: .live)
        let limits = HTTPLimits(totalTimeout: venue.requestMax)
        let client = try HTTPClient(origin: Origin(venue.url), limits: limits)
        var worker = SubmissionWorker(
            journal: journal, client: client, signer: signer, venue: venue, engine: engine, status: status, tape: tape)
        try worker.recover()
        try worker.run(orders: orders, until: stop)
    }
}
