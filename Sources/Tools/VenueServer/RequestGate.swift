import Console
import HTTPServe
import MarginEngine
import Signing
import Units
import VenueProtocol

/// Who speaks: finds the liquidator whose secret a request is signed with.
///
/// The signed path is the path without its query.
struct RequestGate: Sendable {
    private let signers: [String: (signer: RequestSigner, index: LiquidatorIndex)]

    /// A request that was signed longer ago, or further ahead, is not taken as new.
    static let ageMax = Interval.seconds(600)

    init(_ signers: [String: (signer: RequestSigner, index: LiquidatorIndex)]) {
        self.signers = signers
    }

    /// A request whose signature is right, and whether it was signed lately.
    struct Entrant {
        var liquidator: LiquidatorIndex
        var isFresh: Bool
    }

    func entrant(_ request: HTTPRequest) throws(VenueRefusal) -> Entrant {
        guard let name = request.headers["x-bailiff-key"], let known = signers[name] else {
            throw VenueRefusal(401, "unknown_key", "X-Bailiff-Key names no liquidator")
        }
        guard let text = request.headers["x-bailiff-timestamp"], let timestamp = Int64(text), timestamp >= 0,
            let signature = request.headers["x-bailiff-signature"]
        else { throw VenueRefusal(401, "unsigned", "a timestamp and a signature are needed") }
        let isGenuine = known.signer.accepts(
            signature: signature, method: request.method, path: request.path, timestamp: timestamp,
            id: request.headers["idempotency-key"] ?? "", body: request.body)
        guard isGenuine else { throw VenueRefusal(401, "bad_signature", "the signature is of something else") }
        let age = Clock.wall.nanoseconds / 1_000_000 - min(timestamp, .max / 2)
        return Entrant(liquidator: known.index, isFresh: abs(age) <= Self.ageMax.nanoseconds / 1_000_000)
    }
}

/// A request that is answered with an error of the contract.
struct VenueRefusal: Error {
    let status: Int
    let fault: VenueFault
    let headers: [String: String]

    init(_ status: Int, _ code: String, _ detail: String, headers: [String: String] = [:]) {
        self.status = status
        fault = VenueFault(code: code, detail: detail)
        self.headers = headers
    }

    var response: HTTPResponse {
        HTTPResponse(status: status, contentType: "application/json", headers: headers, body: fault.encoded())
    }
}
