import Domain
import MarginEngine
import Submission
import Testing
import Units
import VenueProtocol
import VenueServer

/// What the venue answers; it waits for subscribers meanwhile, so that no block closes.
@Suite(.timeLimit(.minutes(1)), .serialized) struct VenueRequestTests {
    @Test func `an order that is not signed by a known liquidator is not taken`() throws {
        let venue = try PracticeVenue()
        var client = Client(port: venue.port)
        client.secret = Array("another secret altogether".utf8)
        #expect(try client.post(liquidation(1))?.status == 401)
        client.secret = annsSecret
        client.name = "eve"
        #expect(try client.post(liquidation(1))?.status == 401)
        #expect(try client.get("/v1/ledger")?.status == 401)
        #expect(try Client(port: venue.port).status(of: IntentID(bits: 1)) == nil)
        #expect(try venue.stop().ledger.rows.isEmpty)
    }

    @Test func `a stale signature brings nothing new, and still tells what is known`() throws {
        let venue = try PracticeVenue()
        var client = Client(port: venue.port)
        client.skew = .seconds(-700)
        #expect(try client.post(liquidation(1))?.body.contains("stale_timestamp") == true)
        client.skew = .seconds(-500)
        #expect(try client.post(liquidation(1))?.status == 202)
        client.skew = .seconds(-700)
        #expect(try client.post(liquidation(1))?.status == 200)
        #expect(try client.status(of: IntentID(bits: 1))?.standing == .pending)
        _ = try venue.stop()
    }

    @Test func `each refusal has its status and its code`() throws {
        let venue = try PracticeVenue()
        let client = Client(port: venue.port)
        #expect(try client.post(liquidation(1))?.status == 202)
        #expect(try client.post(liquidation(1, account: "safe"))?.body.contains("id_conflict") == true)
        let unknown = try #require(try client.post(liquidation(2, account: "nobody")))
        #expect(unknown.status == 422 && unknown.body.contains("unknown_account"))
        let late = try #require(try client.post(liquidation(3, deadline: 100)))
        #expect(late.status == 422 && late.body.contains("deadline_passed"))
        var elsewhere = liquidation(4)
        elsewhere.market = "another"
        #expect(try client.post(elsewhere)?.status == 422)
        let broken = try client.send("POST", LiquidationRequest.path, id: IntentID(bits: 5), body: Array("{}".utf8))
        #expect(broken?.status == 400)
        let mismatch = try client.send(
            "POST", LiquidationRequest.path, id: IntentID(bits: 5), body: liquidation(6).encoded())
        #expect(mismatch?.body.contains("id_mismatch") == true)
        let never = try #require(try client.get(LiquidationRequest.statusPath(of: IntentID(bits: 9))))
        #expect(never.status == 404 && never.body.contains("unknown_id"))
        #expect(try client.get("/v2")?.status == 404)
        _ = try venue.stop()
    }

    @Test func `an answer that was dropped or went wrong on purpose leaves the order taken`() throws {
        let venue = try PracticeVenue { options in
            options.faults.dropResponseEvery = 2
            options.faults.answer500Every = 3
        }
        let client = Client(port: venue.port)
        let answers = try (1...3).map { try client.post(liquidation($0))?.status }
        #expect(answers == [202, nil, 500])
        for id in 1...3 as ClosedRange<UInt128> {
            #expect(try client.status(of: IntentID(bits: id))?.standing == .pending)
        }
        _ = try venue.stop()
    }
}
