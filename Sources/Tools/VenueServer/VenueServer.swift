import Domain
import HTTPServe
import MarginEngine
import Signing
import Units
import ZeroMQFeed

/// A practice venue as a process: plays an episode, publishes it, and takes orders over HTTP, on loopback.
///
/// Example: `try VenueServer.run(options, stop: { StopSignal.isRaised }, onReady: { print($0.http) })`.
public enum VenueServer {
    /// Plays to the end, or until `stop` says so. The calling thread plays; it is asked to stop, told of progress once a
    /// block, and returns with the server closed.
    public static func run(
        _ options: VenueOptions, stop: @escaping () -> Bool, onReady: (VenueEndpoints) -> Void,
        onProgress: (VenueProgress) -> Void = { _ in }
    ) throws(VenueServerError) -> VenueSummary {
        let liquidators = options.liquidators.map(\.liquidator)
        let world = World(
            episode: options.episode, rules: options.rules, liquidators: liquidators, settings: options.world)
        let gate = try gate(options, world)
        let shared = SharedWorld(world)
        let socket = try bind(options)
        let endpoint = socket.endpoint
        var player = Player(options, shared, VenueFeed(socket, options), stop: stop)
        player.prepare()
        let server = try serve(VenueDesk(shared, gate, options), options)
        defer { server.stop() }
        onReady(VenueEndpoints(feed: endpoint, http: "http://127.0.0.1:\(server.port)"))
        do throws(ZeroMQError) {
            return summary(shared, options, isComplete: try player.play(onProgress))
        } catch {
            throw .feed(error)
        }
    }

    private static func gate(_ options: VenueOptions, _ world: borrowing World) throws(VenueServerError) -> RequestGate
    {
        var signers: [String: (signer: RequestSigner, index: LiquidatorIndex)] = [:]
        for entry in options.liquidators {
            let name = entry.liquidator.name
            guard let index = world.liquidator(named: name) else {
                preconditionFailure("Invariant: the world knows its liquidators")
            }
            do throws(SigningError) {
                signers[name] = (try RequestSigner(liquidator: name, secret: entry.secret), index)
            } catch {
                throw .liquidator(name, error)
            }
        }
        return RequestGate(signers)
    }

    private static func bind(_ options: VenueOptions) throws(VenueServerError) -> PublisherSocket {
        do throws(ZeroMQError) {
            return try PublisherSocket(ZeroMQContext(), binding: options.feedEndpoint)
        } catch {
            throw .feed(error)
        }
    }

    private static func serve(_ desk: VenueDesk, _ options: VenueOptions) throws(VenueServerError) -> HTTPServer {
        do throws(ServerError) {
            return try HTTPServer(port: options.httpPort) { desk.answer($0) }
        } catch {
            throw .http(error)
        }
    }

    private static func summary(_ world: SharedWorld, _ options: VenueOptions, isComplete: Bool) -> VenueSummary {
        let (ledger, block) = world.withWorld { ($0.ledger, $0.block.number) }
        let text = LedgerText(ledger, assets: options.episode.reserves.map(\.name))
        return VenueSummary(
            ledger: ledger, block: block, isComplete: isComplete, json: text.encoded(block: block, withRows: true))
    }
}
