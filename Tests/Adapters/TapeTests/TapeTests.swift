import Foundation
import MCAP
import Tape
import TapeContent
import Testing
import Units

@Suite struct TapeTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tapes-\(UUID().uuidString)")

    private func path(_ name: String) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.appending(path: name).path
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    private func record(_ path: String, frames: Int) throws -> UInt64 {
        var options = TapeWriter.options
        options.chunkBytesMax = 2_000
        var file = try TapeFile(creating: path, RunManifest(), options: options)
        for i in 0..<frames {
            let body = Array(#"{"sequence":\#(i),"records":[]}"#.utf8)
            file.tape.write(
                topic: Array("v.m".utf8).span.bytes, body: body.span.bytes,
                receivedAt: Moment(nanoseconds: Int64(1_000 + i)), sequence: UInt64(i))
            try file.flush(at: Moment(nanoseconds: Int64(i)))
        }
        return try file.finish(MCAPMetadata(name: "end", values: ["frames": "\(frames)"]))
    }

    @Test func `a tape comes back from its file, packed`() throws {
        defer { remove() }
        let path = try path("a.mcap")
        let bytes = try record(path, frames: 1_000)
        let file = try Tapes.open(path)
        #expect(file.bytes == bytes && file.ending == .finished && file.statistics.messages == 1_000)
        #expect(file.chunks.allSatisfy { $0.compression == "zstd" } && file.chunks.count > 10)
        #expect(file.chunks.dropFirst().allSatisfy { $0.compressedSize < $0.uncompressedSize / 2 })
        var messages = MCAPMessages(file)
        var count = 0
        try messages.forEach { message, data in
            #expect(message.sequence == UInt32(count))
            let text = data.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            #expect(text == #"{"sequence":\#(count),"records":[]}"#)
            count += 1
        }
        #expect(count == 1_000)
    }

    @Test func `a file that is there is not written over`() throws {
        defer { remove() }
        let path = try path("b.mcap")
        _ = try record(path, frames: 1)
        #expect { try record(path, frames: 1) } throws: { ($0 as? TapeError)?.call == "open" }
    }

    @Test func `a missing file and a folder are told apart from a bad one`() throws {
        defer { remove() }
        #expect { try Tapes.open("/nowhere/at/all.mcap") } throws: { ($0 as? TapeError)?.isMissing == true }
        #expect { try Tapes.open("/tmp") } throws: { $0 is TapeError }
    }

    @Test func `an old chunk goes to the file though it is small`() throws {
        defer { remove() }
        let path = try path("c.mcap")
        var file = try TapeFile(creating: path, RunManifest())
        let before = file.bytesOnFile
        file.tape.write(
            topic: Array("v.m".utf8).span.bytes, body: [1].span.bytes, receivedAt: Moment(nanoseconds: 1), sequence: 1)
        try file.flush(at: .start)
        #expect(file.bytesOnFile == before)
        try file.flush(at: .start + TapeFile.chunkAgeMax)
        #expect(file.bytesOnFile == before)
        try file.flush(at: .start + TapeFile.chunkAgeMax + Interval(nanoseconds: 1))
        #expect(file.bytesOnFile > before)
        // Nobody finished it, and it reads all the same.
        let cut = try Tapes.open(path)
        #expect(cut.statistics.messages == 1 && RunManifest(cut) == RunManifest())
        guard case .cut = cut.ending else { Issue.record("\(cut.ending)"); return }
    }

    @Test(arguments: 1...30)
    func `damaged files give messages or a fault`(seed: Int) throws {
        defer { remove() }
        let path = try path("d.mcap")
        _ = try record(path, frames: 200)
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        for _ in 0..<8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes[Int(state >> 33) % bytes.count] ^= UInt8(truncatingIfNeeded: state >> 20) | 1
        }
        do {
            var messages = MCAPMessages(try MCAPFile(MemorySource(bytes), codecs: [ZstdCodec()]))
            try messages.forEach { _, _ in }
        } catch is MCAPFault {}
    }

    @Test func `the digest of a file is that of its bytes`() throws {
        defer { remove() }
        let path = try path("e.mcap")
        _ = try record(path, frames: 500)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try Tapes.digest(path) == SHA256.hex(of: bytes))
    }
}
