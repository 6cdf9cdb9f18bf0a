import Console
import Domain
import Glibc
import Signing
import Submission
import Units
import VenueProtocol

/// Speaks to a venue as a liquidator does, one connection for each request.
struct Client {
    let port: UInt16
    var name = "ann"
    var secret = annsSecret
    /// Added to the time that requests say they were signed at.
    var skew = Interval.seconds(0)

    struct Answer: Equatable {
        var status: Int
        var body: String
    }

    func post(_ request: LiquidationRequest) throws -> Answer? {
        try send("POST", LiquidationRequest.path, id: request.id, body: request.encoded())
    }

    func get(_ path: String, query: String = "") throws -> Answer? { try send("GET", path, query: query) }

    func status(of id: IntentID) throws -> LiquidationStatus? {
        guard let answer = try get(LiquidationRequest.statusPath(of: id)), answer.status == 200 else { return nil }
        return try LiquidationStatus(decoding: Array(answer.body.utf8))
    }

    /// Asks until the order has ended.
    func ending(of id: IntentID) throws -> (ending: IntentOutcome.Ending, figures: SettlementFigures)? {
        for _ in 0..<3_000 {
            if case .ended(let ending, let figures) = try status(of: id)?.standing { return (ending, figures) }
            usleep(10_000)
        }
        return nil
    }

    /// `nil` when the connection was closed without an answer.
    func send(_ method: String, _ path: String, query: String = "", id: IntentID? = nil, body: [UInt8] = []) throws
        -> Answer?
    {
        let signer = try RequestSigner(liquidator: name, secret: secret)
        let headers = signer.headers(method: method, path: path, id: id, body: body, at: Clock.wall + skew)
        var head =
            "\(method) \(path)\(query) HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: \(body.count)\r\n"
        for header in headers { head += "\(header.name): \(header.value)\r\n" }
        let answer = exchange(Array((head + "\r\n").utf8) + body)
        guard let end = answer.range(of: "\r\n\r\n"), let status = Int(answer.dropFirst(9).prefix(3)) else {
            return nil
        }
        return Answer(status: status, body: String(answer[end...]))
    }

    private func exchange(_ request: [UInt8]) -> String {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { return "" }
        Glibc.send(connection, request, request.count, Int32(MSG_NOSIGNAL))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += buffer[..<count]
        }
    }
}

extension String {
    /// Where a text ends in this one for the first time.
    fileprivate func range(of text: String) -> Index? {
        indices.first { self[$0...].hasPrefix(text) }.map { index($0, offsetBy: text.count) }
    }
}

/// An order for the victim of `fallingEpisode`.
func liquidation(_ id: UInt128, account: String = "victim", deadline: UInt64 = 1_000) -> LiquidationRequest {
    LiquidationRequest(
        id: IntentID(bits: id), market: "practice", account: account, collateralAsset: "WETH", debtAsset: "USDC",
        repay: 7_000_000_000, minimumMargin: .zero, funding: .capital, gasLimit: GasUnits(500_000),
        feeCap: GasPrice(weiPerGas: 100_000_000_000), priorityFee: GasPrice(weiPerGas: 1_000_000_000),
        deadline: BlockNumber(deadline))
}
