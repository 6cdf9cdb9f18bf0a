import Console
import Foundation
import Tape
import TapeContent
import Units

/// `tape import` of JSON lines: what `tape export` printed, back into the same frames.
enum FrameLines {
    private struct Line: Decodable {
        var received_ns: Int64
        var published_ns: Int64?
        var sequence: UInt64?
        var topic: String?
        var topic_base64: Data?
        var body: String?
        var body_base64: Data?
    }

    private static let bytesMax = 1 << 30

    static func perform(_ path: String, to out: String, wantsJSON: Bool) throws {
        let lines = try read(path)
        var manifest = RunManifest()
        manifest.origin = .imported
        manifest.title = "frames of \(URL(fileURLWithPath: path).lastPathComponent)"
        manifest.startedAt = lines.first?.at ?? .start
        manifest.sources = [try Tapes.digest(path)]
        var file = try TapeFile(creating: out, manifest)
        for line in lines {
            file.tape.write(
                topic: line.topic.span.bytes, body: line.body.span.bytes, receivedAt: line.at,
                publishedAt: line.published, sequence: line.sequence)
            try file.flush(at: .start)
        }
        let bytes = try file.finish()
        let count = UInt64(lines.count)
        try StandardStreams.line(
            wantsJSON
                ? #"{"bytes":\#(bytes),"frames":\#(count)}"#
                : "\(out): \(count.grouped) frames, \(bytes.grouped) bytes")
    }

    private struct Frame {
        var at: Moment
        var published: Moment?
        var sequence: UInt64
        var topic: [UInt8]
        var body: [UInt8]
    }

    /// Every line, checked: nothing is written of a file that has a bad one.
    private static func read(_ path: String) throws -> [Frame] {
        let source = try FileSource(path)
        guard source.count <= UInt64(bytesMax) else {
            throw bad(path, 0, "\(source.count) bytes", "\(bytesMax)")
        }
        let bytes = try source.read(at: 0, count: Int(source.count))
        let decoder = JSONDecoder()
        var frames: [Frame] = []
        for (index, text) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let line = try? decoder.decode(Line.self, from: Data(text)) else {
                throw bad(path, index + 1, "no frame", "received_ns, topic and body")
            }
            guard let topic = line.topic.map({ Array($0.utf8) }) ?? line.topic_base64.map({ Array($0) }),
                let body = line.body.map({ Array($0.utf8) }) ?? line.body_base64.map({ Array($0) })
            else { throw bad(path, index + 1, "no topic or no body", "topic or topic_base64, body or body_base64") }
            let at = Moment(nanoseconds: line.received_ns)
            guard line.received_ns >= 0, frames.last.map({ $0.at <= at }) ?? true else {
                throw bad(path, index + 1, "received_ns \(line.received_ns)", "not before the line above")
            }
            frames.append(
                Frame(
                    at: at, published: line.published_ns.map { Moment(nanoseconds: $0) },
                    sequence: line.sequence ?? 0, topic: topic, body: body))
        }
        return frames
    }

    private static func bad(_ path: String, _ line: Int, _ found: String, _ allowed: String) -> CommandFailure {
        CommandFailure(code: .badData, message: "\(path), line \(line): found \(found); allowed: \(allowed)")
    }
}
