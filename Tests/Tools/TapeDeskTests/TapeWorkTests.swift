import Foundation
import MCAP
import Tape
import TapeContent
import TapeDesk
import Testing
import Units

@Suite struct TapeWorkTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "work-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func make(_ name: String, _ times: [Int64], topic: String = "p.s") throws -> MCAPFile {
        var manifest = RunManifest()
        manifest.title = name
        var options = TapeWriter.options
        options.chunkBytesMax = 200
        var file = try TapeFile(creating: folder + "/" + name, manifest, options: options)
        for (i, time) in times.enumerated() {
            let body = Array("\(name) \(i)".utf8)
            file.tape.write(
                topic: Array(topic.utf8).span.bytes, body: body.span.bytes, receivedAt: Moment(nanoseconds: time),
                sequence: UInt64(i))
        }
        _ = try file.finish()
        return try Tapes.open(folder + "/" + name)
    }

    private func told(_ path: String) throws -> [String] {
        var found: [String] = []
        let file = try Tapes.open(path)
        var messages = MCAPMessages(file)
        try messages.forEach { message, data in
            let text = data.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            found.append("\(message.logTime) \(file.channel(of: message).topic) \(text)")
        }
        return found
    }

    @Test func `two tapes become one in order of time`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = [try make("a", [10, 20, 30, 40]), try make("b", [5, 20, 25, 50], topic: "q.s")]
        let path = folder + "/merged"
        #expect(try TapeCopy.write(files, to: path, RunManifest()) == 8)
        #expect(
            try told(path) == [
                "5 feed/q.s b 0", "10 feed/p.s a 0", "20 feed/p.s a 1", "20 feed/q.s b 1", "25 feed/q.s b 2",
                "30 feed/p.s a 2", "40 feed/p.s a 3", "50 feed/q.s b 3",
            ])
    }

    @Test func `channels that are the same become one`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = [try make("a", [1]), try make("b", [2])]
        _ = try TapeCopy.write(files, to: folder + "/one", RunManifest())
        let one = try Tapes.open(folder + "/one")
        #expect(one.definitions.channels.count == 1 && one.definitions.schemas.count == 1)
    }

    @Test func `a cut holds the times and topics that were asked for`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try make("a", (1...100).map { Int64($0) })
        let count = try TapeCopy.write([file], to: folder + "/cut", RunManifest(), within: 40...49)
        #expect(count == 10)
        #expect(try told(folder + "/cut").first == "40 feed/p.s a 39")
        #expect(try TapeCopy.write([file], to: folder + "/none", RunManifest(), topics: ["feed/q"]) == 0)
    }

    @Test func `a sound tape has no findings, and a flipped bit is one`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try make("a", (1...100).map { Int64($0) })
        let path = folder + "/a"
        let check = try TapeCheck(path, ruleNames: [])
        #expect(check.isSound && check.messages == 100 && check.frames == 100 && check.faulty == 100)
        #expect(check.sha256 == (try Tapes.digest(path)))
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        for (place, part) in [(Int(file.chunks[2].offset) + 60, "cut"), (12, "data"), (bytes.count - 60, "summary")] {
            bytes[place] ^= 1
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/bad"))
            let bad = try? TapeCheck(folder + "/bad", ruleNames: [])
            #expect(bad?.isSound != true, "\(part)")
            #expect(bad == nil || !(bad?.findings.isEmpty ?? true), "\(part)")
            bytes[place] ^= 1
        }
    }

    @Test func `an overview says what a tape is`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let overview = TapeOverview(try make("a", [7, 9]))
        #expect(overview.isWhole && overview.ending == "finished" && overview.title == "a")
        #expect(overview.messages == 2 && overview.startNanoseconds == 7 && overview.endNanoseconds == 9)
        #expect(overview.channels.map(\.topic) == ["feed/p.s"] && overview.channels.first?.messages == 2)
    }
}
