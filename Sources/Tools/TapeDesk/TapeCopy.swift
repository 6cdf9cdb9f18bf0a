public import MCAP
import Tape
public import TapeContent
import Units

/// Messages of tapes into a new one, in order of receive time; those of the same time in the order of the files.
public enum TapeCopy {
    /// Returns how many messages were written.
    public static func write(
        _ files: [MCAPFile], to path: String, _ manifest: RunManifest,
        within range: ClosedRange<UInt64> = 0...UInt64.max, topics: [String] = [""],
        progress: (UInt64) -> Void = { _ in }
    ) throws -> UInt64 {
        var out = try TapeFile(creating: path, manifest)
        var channels = ChannelMap()
        var sources = files.map { MCAPMessages($0, within: range) }
        var written: UInt64 = 0
        while let next = try earliest(&sources) {
            let file = files[next]
            _ = try sources[next].next { message, data in
                let channel = file.channel(of: message)
                guard topics.contains(where: { channel.topic.hasPrefix($0) }) else { return }
                var message = message
                message.channel = channels.number(of: channel, file, next, &out.tape.container)
                out.tape.container.write(message, data)
                written += 1
            }
            try out.flush(at: .start)
            if written & 4_095 == 0 { progress(written) }
        }
        _ = try out.finish()
        return written
    }

    private static func earliest(_ sources: inout [MCAPMessages]) throws -> Int? {
        var best: (index: Int, time: UInt64)?
        for index in sources.indices {
            guard let message = try sources[index].peek() else { continue }
            if let found = best, found.time <= message.logTime { continue }
            best = (index, message.logTime)
        }
        return best?.index
    }
}

/// The numbers that channels of several files have in one.
private struct ChannelMap {
    private struct Key: Hashable {
        var file: Int
        var channel: UInt16
    }

    private var known: [Key: UInt16] = [:]
    private var made: [(channel: MCAPChannel, schema: MCAPSchema?, number: UInt16)] = []
    private var schemas: [(schema: MCAPSchema, number: UInt16)] = []

    mutating func number(
        of channel: MCAPChannel, _ file: MCAPFile, _ index: Int, _ writer: inout MCAPWriter
    ) -> UInt16 {
        let key = Key(file: index, channel: channel.id)
        if let number = known[key] { return number }
        let schema = file.definitions.schemas[channel.schema]
        let number =
            made.first { Self.isSame($0.channel, channel) && Self.isSame($0.schema, schema) }?.number
            ?? make(channel, schema, &writer)
        known[key] = number
        return number
    }

    private mutating func make(
        _ channel: MCAPChannel, _ schema: MCAPSchema?, _ writer: inout MCAPWriter
    ) -> UInt16 {
        let id = schema.map { schemaNumber($0, &writer) } ?? 0
        let made = writer.addChannel(
            topic: channel.topic, schema: id, messageEncoding: channel.messageEncoding, metadata: channel.metadata)
        self.made.append((channel, schema, made))
        return made
    }

    private mutating func schemaNumber(_ schema: MCAPSchema, _ writer: inout MCAPWriter) -> UInt16 {
        if let found = schemas.first(where: { Self.isSame($0.schema, schema) }) { return found.number }
        let number = writer.addSchema(name: schema.name, encoding: schema.encoding, data: schema.data)
        schemas.append((schema, number))
        return number
    }

    private static func isSame(_ a: MCAPChannel, _ b: MCAPChannel) -> Bool {
        a.topic == b.topic && a.messageEncoding == b.messageEncoding && a.metadata == b.metadata
    }

    private static func isSame(_ a: MCAPSchema?, _ b: MCAPSchema?) -> Bool {
        a?.name == b?.name && a?.encoding == b?.encoding && a?.data == b?.data
    }
}
