import Domain
import FeedProtocol
import Glibc
import MarginEngine
import Submission
import Testing
import Units
import VenueProtocol
import VenueServer

@Suite(.timeLimit(.minutes(2)), .serialized) struct VenueServerTests {
    @Test func `a liquidator hears of an account, takes it, asks twice, and finds it in the ledger`() throws {
        let venue = try PracticeVenue()
        var listener = try Listener(venue.endpoints.feed)
        let isWhole = try listener.listen { $0.versions(of: "victim") == [1] && $0.wholeStreams == 2 }
        #expect(isWhole)
        let client = Client(port: venue.port)
        let order = liquidation(1)
        let fell = try listener.listen { $0.blocks.last ?? 0 >= 110 }
        #expect(fell)
        #expect(
            try client.post(order) == Client.Answer(status: 202, body: #"{"id":"\#(order.id)","status":"pending"}"#))
        let end = try #require(try client.ending(of: order.id))
        #expect(end.ending == .settled && end.figures.repaid == 7_000_000_000)
        let again = try #require(try client.post(order))
        #expect(again.status == 200 && again.body.contains(#""status":"settled""#))
        let isTold = try listener.listen { $0.versions(of: "victim") == [1, 2] }
        #expect(isTold)
        let ledger = try #require(try client.get("/v1/ledger", query: "?rows=1"))
        #expect(ledger.status == 200 && ledger.body.contains(#""settled":1,"#))
        #expect(ledger.body.contains(#""rows":[{"id":"\#(order.id)","liquidator":"ann","account":"victim""#))
        let summary = try venue.stop()
        #expect(summary.ledger.rows.count == 1)
        #expect(listener.counters.faulty == 0 && listener.counters.missing == 0 && listener.counters.isBalanced)
    }

    @Test func `an episode is played to its end, and late questions are answered`() throws {
        let venue = try PracticeVenue { options in
            options.pace.speed = 0
            options.pace.waitsForSubscriber = false
            options.pace.contestedBlocks = 0
            options.pace.lingerMilliseconds = 4_000
        }
        let client = Client(port: venue.port)
        #expect(try client.get("/v1/health")?.status == 200)
        for _ in 0..<2_000 where try client.get("/v1/health")?.body.contains("finished") != true {
            usleep(5_000)
        }
        #expect(try client.post(liquidation(1))?.status == 202)
        let summary = try venue.finish()
        #expect(summary.isComplete && summary.block >= BlockNumber(150))
        #expect(summary.ledger.rows.map(\.ending) == [.settled])
        #expect(String(decoding: summary.json, as: UTF8.self).contains(#""rows":[{"id""#))
    }

    @Test func `whoever asks again gets a whole snapshot, however many accounts there are`() throws {
        let venue = try PracticeVenue(fallingEpisode(accounts: 5_000)) { $0.pace.speed = 12 }
        var listener = try Listener(venue.endpoints.feed)
        let isWhole = try listener.listen { $0.wholeStreams == 2 && $0.versions(of: "crowd4999") == [1] }
        #expect(isWhole)
        try listener.resubscribe()
        let isAgain = try listener.listen { $0.versions(of: "crowd4999") == [1, 1] }
        #expect(isAgain)
        _ = try venue.stop()
        #expect(listener.counters.breaks == 2 && listener.counters.faulty == 0 && listener.counters.isBalanced)
        #expect(listener.counters.quarantines == 0 && listener.counters.recordFaults.total == 0)
    }

    @Test func `who does not listen but to one stream does not start the play`() throws {
        let venue = try PracticeVenue()
        var listener = try Listener(venue.endpoints.feed, topics: ["venue.chain"])
        let isWhole = try listener.listen { $0.wholeStreams == 1 }
        #expect(isWhole)
        #expect(try Client(port: venue.port).get("/v1/health")?.body.contains(#""state":"waiting""#) == true)
        let summary = try venue.stop()
        #expect(summary.block == BlockNumber(100))
    }
}
