import Domain
import Foundation
import MCAP
import TapeContent
import Testing
import Units

@testable import Desk

@Suite struct TapeQueueTests {
    private func at(_ nanoseconds: Int) -> Moment { Moment(nanoseconds: Int64(nanoseconds)) }

    private func post(_ number: Int, bytes: Int = 10, to queue: TapeQueue) {
        let topic = Array("p.s".utf8)
        let body = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes)
        queue.post(
            topic: topic.span.bytes, body: body.span.bytes, receivedAt: at(number), publishedAt: nil,
            sequence: UInt64(number))
    }

    private func entry(_ number: Int) -> TapeBatch.Entry {
        .refusal(RefusalEntry(at: at(number), market: "m", account: "\(number)", reason: .halted))
    }

    /// The messages of batches as a tape has them: the channel, and what number each was.
    private func written(_ batches: [TapeBatch]) throws -> [String] {
        var tape = TapeWriter(RunManifest())
        for batch in batches { batch.write(to: &tape) }
        tape.container.finish()
        let file = try MCAPFile(MemorySource(tape.container.output))
        var found: [String] = []
        var messages = MCAPMessages(file)
        try messages.forEach { message, data in
            let topic = file.channel(of: message).topic
            let missing = data.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }.firstMatch(
                of: /"missing":(\d+)/)
            found.append("\(topic) \(message.logTime)" + (missing.map { " lacks \($0.1)" } ?? ""))
        }
        return found
    }

    @Test func `frames and entries lie on the tape in the order in which they were posted`() throws {
        let queue = TapeQueue(bytes: 1_000, frames: 10, entries: 10)
        queue.post(entry(1))
        post(2, to: queue)
        queue.post(entry(3))
        queue.post(entry(4))
        post(5, to: queue)
        queue.post(entry(6))
        var batch = queue.makeBatch()
        queue.take(into: &batch)
        let topics = try written([batch])
        #expect(
            topics == [
                "bailiff/refusals 1", "feed/p.s 2", "bailiff/refusals 3", "bailiff/refusals 4", "feed/p.s 5",
                "bailiff/refusals 6",
            ])
        queue.take(into: &batch)
        #expect(batch.isEmpty)
    }

    enum Bound: CaseIterable { case bytes, frames, entries }

    @Test(arguments: Bound.allCases)
    func `what finds no room is left off and counted, and so is all behind it until the writer comes`(
        bound: Bound
    ) throws {
        let queue = TapeQueue(
            bytes: bound == .bytes ? 50 : 1_000, frames: bound == .frames ? 3 : 100,
            entries: bound == .entries ? 3 : 100)
        for number in 1...3 {
            if bound == .entries { queue.post(entry(number)) } else { post(number, to: queue) }
        }
        // Of 13 bytes each, the fourth is one too many for 50; what is small enough does not slip in behind it.
        if bound == .entries { queue.post(entry(4)) } else { post(4, to: queue) }
        post(5, bytes: 0, to: queue)
        queue.post(entry(6))
        var (first, second) = (queue.makeBatch(), queue.makeBatch())
        queue.take(into: &first)
        #expect(first.count == 3 && first.leftOff == 3)
        post(7, to: queue)
        queue.take(into: &second)
        #expect(second.count == 1 && second.leftOff == 0)
        let lines = try written([first, second])
        #expect(Array(lines.suffix(2)) == ["bailiff/gaps 6 lacks 3", "feed/p.s 7"], "\(lines)")
        var counts = TapeCounts()
        counts.add(first)
        counts.add(second)
        #expect(counts.leftOff == 3 && counts.gaps == 1)
        #expect(counts.frames + (counts.entries["refusals"] ?? 0) == 4)
    }

    @Test func `nothing is lost or told twice between threads that post and one that takes, counted to the message`()
        async throws
    {
        let queue = TapeQueue(bytes: 4_000, frames: 200, entries: 50)
        let sent = 20_000
        let frames = Thread { for number in 1...sent { post(number, to: queue) } }
        let entries = Thread { for number in 1...sent { queue.post(entry(number)) } }
        frames.start()
        entries.start()
        var counts = TapeCounts()
        var batch = queue.makeBatch()
        let limit = Date().addingTimeInterval(20)
        var last = -1
        var isOver = false
        while !isOver, Date() < limit {
            // Asked before it is taken: what was posted last is in this batch.
            isOver = frames.isFinished && entries.isFinished
            queue.take(into: &batch)
            counts.add(batch)
            for frame in batch.frames {
                #expect(frame.receivedAt.nanoseconds > Int64(last))
                last = Int(frame.receivedAt.nanoseconds)
            }
        }
        let held = counts.frames + (counts.entries["refusals"] ?? 0)
        #expect(held + counts.leftOff == UInt64(2 * sent), "\(held) held, \(counts.leftOff) left off")
        #expect(counts.frames > 0)
    }

    @Test func `what a feed loses is told once, by cause`() {
        let before = FeedLosses(missing: 3, faulty: 1, malformed: 0)
        let now = FeedLosses(missing: 5, faulty: 2, malformed: 4)
        let gaps = now.gaps(since: before, in: "p.s", at: at(9))
        #expect(gaps.map(\.cause) == [.sequence, .fault, .malformed] && gaps.map(\.missing) == [2, 0, 4])
        #expect(now.gaps(since: now, in: "p.s", at: at(9)).isEmpty)
    }

    @Test func `the engine's moments only rise`() {
        var clock = EngineClock()
        let moments = (0..<10_000).map { _ in clock.next() }
        #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 })
    }
}

/// What a hand-over costs whoever decides: printed, and held far above it.
@Suite(.serialized) struct TapeQueueBench {
    @Test func `handing over a frame costs microseconds at most`() {
        let queue = TapeQueue()
        let (topic, body) = (Array("venue.market".utf8), [UInt8](repeating: 65, count: 600))
        var batch = queue.makeBatch()
        var best = Int64.max
        for _ in 0..<20 {
            let start = ContinuousClock.now
            for number in 0..<10_000 {
                queue.post(
                    topic: topic.span.bytes, body: body.span.bytes, receivedAt: Moment(nanoseconds: Int64(number)),
                    publishedAt: nil, sequence: UInt64(number))
            }
            let took = ContinuousClock.now - start
            best = min(best, took.components.attoseconds / 1_000_000_000 / 10_000)
            queue.take(into: &batch)
            #expect(batch.leftOff == 0 && batch.count == 10_000)
        }
        print("a frame of 600 bytes is handed over in \(best) ns")
        #expect(best < 20_000)
    }
}
