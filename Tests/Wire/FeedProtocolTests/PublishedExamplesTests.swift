import Domain
import FeedProtocol
import Glibc
import Testing
import Units

/// The examples of `config/schema/feed.asyncapi.yaml`, as `scripts/check_feed_schema.py --write` wrote them.
@Suite struct PublishedExamplesTests {
    private func examples() throws -> [[UInt8]] {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let file = try #require(fopen("/\(folder)/Golden/examples.jsonl", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        try #require(count < bytes.count)
        return bytes[..<count].split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    @Test func `the decoder accepts every published example in order, without a fault`() throws {
        var bench = FeedBench()
        var outcomes: [FrameVerdict.Outcome] = []
        for example in try examples() {
            let text = String(decoding: example, as: UTF8.self)
            let topic =
                text.contains("other.stream")
                ? "venue-1.other.stream" : text.contains("venue-2") ? "venue-2.all" : "venue-1.all"
            outcomes.append(bench.feed(topic: topic, body: example).outcome)
        }
        #expect(outcomes == [.applied, .applied, .applied, .heartbeat, .applied, .applied, .applied])
        let counters = bench.decoder.counters
        #expect(counters.recordFaults.total == 0)
        #expect(counters.quarantines == 0)
        #expect(counters.missing == 0)
        #expect(counters.records == 33)
        #expect(bench.decoder.state(of: StreamIndex(0 as UInt8)) == .whole)
        #expect(bench.decoder.state(of: StreamIndex(1 as UInt8)) == .whole)
    }

    @Test func `the published snapshot becomes the inputs that it says`() throws {
        var bench = FeedBench()
        let examples = try examples()
        bench.feed(topic: "venue-1.all", body: try #require(examples.first))
        #expect(bench.inputs.count == 10)
        #expect(bench.inputs.prefix(2) == [.stream(.broken), .snapshotBegins(StreamIndex(0 as UInt8))])
        bench.feed(topic: "venue-1.all", body: examples[1])
        #expect(bench.inputs.suffix(2) == [.snapshotEnds(StreamIndex(0 as UInt8)), .stream(.whole)])
        bench.feed(topic: "venue-1.all", body: examples[2])
        let weth = ReserveIndex(1 as UInt16)
        let update = AccountUpdate(
            account: AccountIndex(0 as UInt32), market: MarketIndex(0 as UInt16), kind: .position, reserve: weth,
            version: 4, legs: 1)
        #expect(
            Array(bench.inputs) == [
                .accountBegins(update), .accountLeg(Leg(weth, .collateral, 5_000_000_000_000_000_000)),
            ])
    }
}
