import Desk
import Foundation
import MCAP
import Tape
import TapeContent
import TapeDesk
import Testing
import Units

@Suite(.timeLimit(.minutes(2))) struct RunRecorderTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)").path

    private func options(rotateBytes: UInt64? = nil) throws -> RecorderOptions {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var options = RecorderOptions(endpoints: ["tcp://127.0.0.1:1"], topics: [""], folder: folder)
        options.prefix = "run"
        options.rotateBytes = rotateBytes
        options.manifest.mode = "paper"
        options.configuration = ("x.toml", "mode = \"paper\"")
        return options
    }

    private func post(_ numbers: Range<Int>, to queue: TapeQueue) {
        for number in numbers {
            let body = Array("body \(number)".utf8)
            queue.post(
                topic: Array("p.s".utf8).span.bytes, body: body.span.bytes,
                receivedAt: Moment(nanoseconds: Int64(number)), publishedAt: nil, sequence: UInt64(number))
            queue.post(.input(InputEntry(at: Moment(nanoseconds: Int64(number)), .armed(true))))
        }
    }

    private func frames(_ files: [String]) throws -> [String] {
        var found: [String] = []
        for path in files {
            let file = try Tapes.open(path)
            let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
            var messages = MCAPMessages(file)
            try messages.forEach { message, data in
                _ = kinds[message.channel]?.withFrame(data) { _, body in
                    found.append(body.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
                }
            }
        }
        return found
    }

    @Test func `all that was posted is on tapes that follow one another, and the counts are those of the files`() throws
    {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (queue, status) = (TapeQueue(), BotStatus())
        let recorder = try RunRecorder(options(rotateBytes: 20_000), queue)
        recorder.start(telling: status)
        for start in stride(from: 0, to: 3_000, by: 100) {
            post(start..<start + 100, to: queue)
            usleep(5_000)
        }
        let counts = recorder.finish()
        #expect(counts.files.count > 2 && counts.frames == 3_000 && counts.entries == ["inputs": 3_000])
        #expect(counts.leftOff == 0 && counts.failure == nil && counts == status.snapshot.tape)
        #expect(try frames(counts.files) == (0..<3_000).map { "body \($0)" })
        let files = try counts.files.map { try Tapes.open($0) }
        #expect(files.allSatisfy { $0.ending == .finished && RunManifest($0)?.mode == "paper" })
        #expect(files.reduce(0) { $0 + $1.bytes } == counts.bytes)
        let end = try #require(files.last?.metadata.last)
        #expect(end.name == "bailiff.end" && end.values["frames"] == "3000" && end.values["inputs"] == "3000")
    }

    @Test func `a device that fails ends the tape, not the run: the rest is counted and the failure told`() throws {
        let (queue, status) = (TapeQueue(), BotStatus())
        let recorder = try RunRecorder(options(rotateBytes: 1_000), queue)
        try FileManager.default.removeItem(atPath: folder)
        recorder.start(telling: status)
        post(0..<100, to: queue)
        for _ in 0..<500 where status.snapshot.tape?.failure == nil { usleep(10_000) }
        #expect(status.snapshot.tape?.failure?.contains("open") == true)
        post(100..<200, to: queue)
        let counts = recorder.finish()
        #expect(counts.frames + (counts.entries["inputs"] ?? 0) + counts.leftOff == 400)
        #expect(counts.leftOff >= 200)
    }
}
