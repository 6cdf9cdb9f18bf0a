import Domain
import Glibc
import HTTPServe
import MarginEngine
import Mechanisms
import Signing
import Submission
import Synchronization
import Units
import VenueProtocol

/// Answers requests, by the venue's contract. On the server's thread; it holds the world only for the order or the
/// question itself.
final class VenueDesk: Sendable {
    private let world: SharedWorld
    private let gate: RequestGate
    private let episode: Episode
    private let faults: FaultSettings
    /// Orders that were newly taken in, for the faults that come with every so many.
    private let taken = Atomic<UInt64>(0)

    init(_ world: SharedWorld, _ gate: RequestGate, _ options: VenueOptions) {
        self.world = world
        self.gate = gate
        episode = options.episode
        faults = options.faults
    }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        do throws(VenueRefusal) {
            switch (request.method, request.path) {
            case ("GET", "/v1/health"): return health()
            case ("GET", "/v1/ledger"): return try ledger(request)
            case ("POST", LiquidationRequest.path): return troubled(try takeOrder(request))
            case ("GET", let path) where path.hasPrefix(LiquidationRequest.path + "/"):
                return try status(request, String(path.dropFirst(LiquidationRequest.path.count + 1)))
            default: throw VenueRefusal(404, "unknown_path", "no such resource")
            }
        } catch {
            return error.response
        }
    }

    private func health() -> HTTPResponse {
        let now = world.progress(messages: 0)
        return .json(
            200,
            "{\"state\":\"\(now.state)\",\"block\":\(now.block.height),\"moment\":\(now.moment.nanoseconds),"
                + "\"accounts\":\(now.accounts),\"liquidatable\":\(now.liquidatable),\"pending\":\(now.pending)}")
    }

    private func ledger(_ request: HTTPRequest) throws(VenueRefusal) -> HTTPResponse {
        try requireFresh(gate.entrant(request))
        let (ledger, block) = world.withWorld { ($0.ledger, $0.block.number) }
        let text = LedgerText(ledger, assets: episode.reserves.map(\.name))
        let body = text.encoded(block: block, withRows: request.query["rows"] == "1")
        return HTTPResponse(status: 200, contentType: "application/json", body: body)
    }

    private func requireFresh(_ entrant: RequestGate.Entrant) throws(VenueRefusal) {
        guard entrant.isFresh else { throw VenueRefusal(401, "stale_timestamp", "signed too long ago") }
    }

    private func status(_ request: HTTPRequest, _ text: String) throws(VenueRefusal) -> HTTPResponse {
        let entrant = try gate.entrant(request)
        guard let id = IntentID(text: text) else { throw VenueRefusal(400, "bad_id", "32 lowercase digits") }
        guard let standing = world.withWorld({ $0.standing(of: id, for: entrant.liquidator) }) else {
            throw VenueRefusal(404, VenueFault.unknownID, text)
        }
        return Self.response(200, id, standing)
    }

    private static func response(_ status: Int, _ id: IntentID, _ standing: OrderStanding) -> HTTPResponse {
        let wire: LiquidationStatus.Standing =
            switch standing {
            case .pending: .pending
            case .ended(let ending, let figures): .ended(ending, figures)
            }
        return HTTPResponse(
            status: status, contentType: "application/json", body: LiquidationStatus(id: id, standing: wire).encoded())
    }
}

// Orders.
extension VenueDesk {
    private func takeOrder(_ request: HTTPRequest) throws(VenueRefusal) -> HTTPResponse {
        let entrant = try gate.entrant(request)
        let wanted: LiquidationRequest
        do throws(ProtocolError) {
            wanted = try LiquidationRequest(decoding: request.body)
        } catch {
            throw VenueRefusal(400, error.code.rawValue, "\(error.field): \(error.found), allowed: \(error.allowed)")
        }
        guard request.headers["idempotency-key"] == wanted.id.text else {
            throw VenueRefusal(400, "id_mismatch", "the Idempotency-Key is the body's id")
        }
        let digest = Digest(of: request.body).bytes
        let isMarket = wanted.market == episode.marketName
        let admission = world.withWorld { world -> Admission? in
            // A known id may be asked for again however late: its answer decides what the asker believes.
            guard entrant.isFresh || world.standing(of: wanted.id, for: entrant.liquidator) != nil else { return nil }
            guard isMarket, let collateral = world.reserve(named: wanted.collateralAsset),
                let debt = world.reserve(named: wanted.debtAsset)
            else { return .refused(.unknownAsset) }
            let pair = LiquidationPair(collateral: collateral, debt: debt)
            return world.submit(Order(wanted, pair, by: entrant.liquidator), digest: digest)
        }
        guard let admission else { throw VenueRefusal(401, "stale_timestamp", "signed too long ago") }
        return try response(wanted.id, admission)
    }

    private func response(_ id: IntentID, _ admission: Admission) throws(VenueRefusal) -> HTTPResponse {
        switch admission {
        case .accepted:
            taken.add(1, ordering: .relaxed)
            return Self.response(202, id, .pending)
        case .known(let standing): return Self.response(200, id, standing)
        case .conflict: throw VenueRefusal(409, VenueFault.idConflict, id.text)
        case .refused(let refusal): throw VenueRefusal(422, refusal.rawValue, id.text)
        case .busy: throw VenueRefusal(503, "busy", "too many orders wait", headers: ["Retry-After": "1"])
        }
    }

    /// Adds the trouble that was asked for.
    private func troubled(_ response: HTTPResponse) -> HTTPResponse {
        if faults.delayMilliseconds > 0 { usleep(faults.delayMilliseconds * 1_000) }
        guard response.status == 202 else { return response }
        let count = taken.load(ordering: .relaxed)
        if faults.dropResponseEvery > 0, count % faults.dropResponseEvery == 0 { return .dropped }
        if faults.answer500Every > 0, count % faults.answer500Every == 0 {
            return .json(500, #"{"error":"internal","detail":"on purpose"}"#)
        }
        return response
    }
}

extension Order {
    fileprivate init(_ wanted: LiquidationRequest, _ pair: LiquidationPair, by liquidator: LiquidatorIndex) {
        self.init(
            id: wanted.id, liquidator: liquidator, account: wanted.account, pair: pair, repay: wanted.repay,
            minimumMargin: wanted.minimumMargin, funding: wanted.funding,
            gasLimit: wanted.gasLimit, feeCap: wanted.feeCap, priorityFee: wanted.priorityFee,
            deadline: wanted.deadline)
    }
}
