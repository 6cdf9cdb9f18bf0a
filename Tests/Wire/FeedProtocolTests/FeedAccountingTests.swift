import Domain
import FeedProtocol
import Testing
import Units

@Suite struct FeedAccountingTests {
    /// What the harness itself did to the frames, to be found again in the counters.
    struct Expected {
        var sent: UInt64 = 0
        var delivered: UInt64 = 0
        var corrupted: UInt64 = 0
        var heartbeats: UInt64 = 0
    }

    /// One publisher over four epochs and a network that drops, doubles, delays and damages.
    ///
    /// Each epoch begins with a message that arrives and ends with a heartbeat that does: so everything sent is either
    /// applied or missing.
    private func run(seed: UInt64) -> (Expected, FeedCounters) {
        var random = SeededGenerator(seed: seed)
        var bench = FeedBench()
        var expected = Expected()
        for epoch in 1...4 as ClosedRange<UInt64> {
            var late: [[UInt8]] = []
            for sequence in 1...250 as ClosedRange<UInt64> {
                expected.sent += 1
                let body = FeedBench.body(
                    "", sequence: sequence, snapshot: sequence % 50 == 1 ? "only" : nil, epoch: epoch)
                switch sequence == 1 ? 99 : random.below(100) {
                case 0..<10: continue
                case 10..<15: late.append(body)
                case 15..<20:
                    expected.corrupted += 1
                    deliver(Array(body.dropLast(Int(random.below(20)) + 1)), to: &bench, &expected)
                case 20..<30:
                    deliver(body, to: &bench, &expected)
                    deliver(body, to: &bench, &expected)
                default: deliver(body, to: &bench, &expected)
                }
                if random.below(10) == 0, let body = late.popLast() { deliver(body, to: &bench, &expected) }
            }
            expected.heartbeats += 1
            deliver(FeedBench.body(#"{"type":"heartbeat"}"#, sequence: 250, epoch: epoch), to: &bench, &expected)
        }
        return (expected, bench.decoder.counters)
    }

    private func deliver(_ body: [UInt8], to bench: inout FeedBench, _ expected: inout Expected) {
        expected.delivered += 1
        bench.feed(body: body)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `what was sent is applied or missing, and what was received is in exactly one class`(seed: UInt64) {
        let (expected, counters) = run(seed: seed)
        #expect(counters.isBalanced, "seed \(seed)")
        #expect(counters.received == expected.delivered, "seed \(seed)")
        #expect(counters.faulty == expected.corrupted, "seed \(seed)")
        #expect(counters.heartbeat == expected.heartbeats, "seed \(seed)")
        #expect(counters.applied + counters.missing == expected.sent, "seed \(seed)")
        #expect(counters.epochChanges == 3, "seed \(seed)")
        #expect(counters.duplicate > 0 && counters.missing > 0, "seed \(seed): the network did its worst")
    }

    @Test func `a frame of an earlier epoch is counted apart`() {
        var bench = FeedBench()
        bench.feed("", sequence: 5, epoch: 2)
        bench.feed("", sequence: 6, epoch: 1)
        #expect(bench.decoder.counters.replayedEpoch == 1)
        #expect(bench.decoder.counters.isBalanced)
    }
}
