import Domain
import FeedProtocol
import MCAP
import Tape
import TapeContent
import Units

/// Everything about a tape that can be compared with itself: checksums, counts, the index, and the feed's own numbering.
public struct TapeCheck: Encodable, Sendable {
    /// Empty for a sound file.
    public private(set) var findings: [String] = []
    public private(set) var messages: UInt64 = 0
    public private(set) var frames: UInt64 = 0
    public private(set) var streams = 0
    /// Told by the feed's numbers. A tape may be sound and have holes: then the feed had them.
    public private(set) var missing: UInt64 = 0
    public private(set) var faulty: UInt64 = 0
    public private(set) var sha256 = ""

    public var isSound: Bool { findings.isEmpty }

    /// `progress` hears shares of the work done, from 0 to 1.
    public init(_ path: String, ruleNames: [String], progress: (Double) -> Void = { _ in }) throws {
        sha256 = try Tapes.digest(path)
        progress(0.2)
        let read = try Tapes.open(path, ignoringSummary: true)
        progress(0.5)
        if case .cut(let offset, let fault) = read.ending { findings.append("cut at byte \(offset): \(fault)") }
        do {
            if findings.isEmpty { try read.checkData() }
        } catch { findings.append("data: \(error)") }
        let quick = try Tapes.open(path)
        if quick.ending == .finished {
            if quick.statistics != read.statistics { findings.append("the statistics are not what is in the file") }
            if quick.definitions != read.definitions { findings.append("the summary defines other channels") }
            if quick.chunks.map(\.offset) != read.chunks.map(\.offset) {
                findings.append("the index is of other chunks")
            }
        } else if findings.isEmpty {
            findings.append("there is no summary that can be used")
        }
        progress(0.6)
        try readFrames(read, ruleNames) { progress(0.6 + 0.4 * $0) }
        if messages != read.statistics.messages {
            findings.append("\(messages) of \(read.statistics.messages) messages")
        }
    }

    private mutating func readFrames(_ file: MCAPFile, _ ruleNames: [String], progress: (Double) -> Void) throws {
        let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
        var decoder = FeedDecoder(rules: ruleNames)
        var inputs: ContiguousArray<Input> = []
        var all = MCAPMessages(file)
        try all.forEach { message, data in
            messages += 1
            let isFrame = kinds[message.channel]?.withFrame(data) { topic, body in
                inputs.removeAll(keepingCapacity: true)
                _ = decoder.decode(topic: topic, body: body, into: &inputs)
            }
            if isFrame == true { frames += 1 }
            if messages & 4_095 == 0 { progress(Double(messages) / Double(max(1, file.statistics.messages))) }
        }
        streams = decoder.directory.streamCount
        (missing, faulty) = (decoder.counters.missing, decoder.counters.faulty)
    }
}
