import FeedProtocol
import Foundation
import MCAP
import Tape
import TapeContent
import TapeDesk
import Testing
import Units
import ZeroMQFeed

@Suite(.timeLimit(.minutes(2))) struct RecorderTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// What a publisher sent, and what the tapes of a recorder hold of it.
    private func record(
        _ frames: [(topic: [UInt8], body: [UInt8])], rotateBytes: UInt64? = nil
    ) throws -> (RecorderCounts, [MCAPFile]) {
        let context = try ZeroMQContext()
        var publisher = try PublisherSocket(context, binding: "tcp://127.0.0.1:*")
        var options = RecorderOptions(endpoints: [publisher.endpoint], topics: [""], folder: folder)
        options.rotateBytes = rotateBytes
        options.manifest.title = "a test"
        options.configuration = ("x.toml", "mode = 1")
        let recorder = try Recorder(context, options)
        var sent = 0
        var isHeard = false
        var turnsLeft = 20
        let counts = try recorder.run(until: {
            do {
                while try publisher.nextSubscription() != nil { isHeard = true }
                // A few a turn: the recorder reads and the publisher sends on one thread.
                for _ in 0..<50 where isHeard && sent < frames.count {
                    let (topic, body) = frames[sent]
                    try publisher.send(topic: topic.span.bytes, body: body.span.bytes)
                    sent += 1
                }
            } catch { Issue.record("\(error)"); return true }
            // Frames that were sent may still be on their way: the recorder gets so many turns more.
            if sent == frames.count { turnsLeft -= 1 }
            return turnsLeft == 0
        })
        return (counts, try counts.files.map { try Tapes.open($0) })
    }

    private func frame(_ sequence: UInt64, mark: StreamSequencer.SnapshotMark? = nil) -> (topic: [UInt8], body: [UInt8])
    {
        var encoder = FeedEncoder()
        encoder.begin(
            publisher: "p", stream: "s", epoch: 1, sequence: sequence,
            publishedAt: Moment(nanoseconds: Int64(sequence)), snapshot: mark)
        encoder.end()
        return (FeedEncoder.topic(publisher: "p", stream: "s"), encoder.bytes)
    }

    private func read(_ files: [MCAPFile]) throws -> [[[UInt8]]] {
        var found: [[[UInt8]]] = []
        for file in files {
            let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
            var messages = MCAPMessages(file)
            try messages.forEach { message, data in
                _ = kinds[message.channel]?.withFrame(data) { topic, body in
                    found.append([topic.withUnsafeBytes { Array($0) }, body.withUnsafeBytes { Array($0) }])
                }
            }
        }
        return found
    }

    @Test func `every frame is on the tape as it was sent, and holes are marked`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var frames = [frame(1, mark: .only)]
        frames += (2...200).map { frame($0) }
        frames += (205...300).map { frame($0) }
        frames.append((Array("odd topic\u{1}".utf8), [1, 2, 3]))
        let (counts, files) = try record(frames)
        #expect(try read(files) == frames.map { [$0.topic, $0.body] })
        #expect(counts.frames == UInt64(frames.count) && counts.missing == 4 && counts.faulty == 1)
        #expect(counts.gaps == 2 && counts.streams == 1 && files.count == 1)
        let file = try #require(files.first)
        #expect(file.ending == .finished && file.bytes == counts.bytes)
        #expect(RunManifest(file)?.title == "a test")
        #expect(file.metadata.last?.name == "bailiff.end" && file.metadata.last?.values["missing"] == "4")
        let gaps = file.definitions.channels.values.first { $0.topic == TapeKind.gaps.topic }
        #expect(gaps.flatMap { file.statistics.messagesByChannel[$0.id] } == 2)
        #expect(file.definitions.channels.values.contains { $0.topic == TapeKind.configuration.topic })
    }

    @Test func `a recording in several files is the same frames`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let frames = (1...2_000).map { frame(UInt64($0), mark: .only) }
        let (counts, files) = try record(frames, rotateBytes: 20_000)
        #expect(files.count > 3 && counts.files == counts.files.sorted())
        #expect(try read(files) == frames.map { [$0.topic, $0.body] })
        #expect(files.enumerated().allSatisfy { RunManifest($0.element)?.part == $0.offset })
        #expect(files.allSatisfy { $0.ending == .finished })
        #expect(files.reduce(0) { $0 + $1.bytes } == counts.bytes)
    }
}
