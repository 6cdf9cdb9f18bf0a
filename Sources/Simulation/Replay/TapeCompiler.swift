import Domain
import FeedProtocol
public import MCAP
public import TapeCache
import TapeContent
public import Units

/// Makes a cache of a tape: what a frame says where that is plain, the frame itself where it is not.
///
/// A frame is replaced by its inputs when all of them are hot, it names nobody for the first time, nothing in it was faulty, and
/// it left its stream as any next message would. Everything else stays for the decoder, which so has the same states and names
/// at every point, and a replay of the cache decides what a replay of the tape decides. One thread.
public struct TapeCompiler: ~Copyable {
    public private(set) var writer: CacheWriter
    /// Frames that became records.
    public private(set) var hotFrames: UInt64 = 0
    private var decoder: FeedDecoder
    private var inputs: ContiguousArray<Input> = []
    private var fields: [HotInput.Fields] = []
    /// By stream: as the last frame left it.
    private var streams: [StreamSequencer] = []

    public init(_ settings: ReplaySettings, _ header: CacheHeader) {
        decoder = FeedDecoder(
            rules: settings.ruleNames, excludedTags: settings.excludedTags, verifier: settings.verifier)
        writer = CacheWriter(header)
    }

    /// Goes through a tape. `flush` is called whenever a few megabytes have been gathered, and at the end.
    public mutating func compile(
        _ file: MCAPFile, progress: (UInt64) -> Void = { _ in }, flush: ([UInt8]) throws -> Void
    ) throws {
        let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
        var messages = MCAPMessages(file)
        var count: UInt64 = 0
        var failure: (any Error)?
        try messages.forEach { message, data in
            guard let kind = kinds[message.channel], failure == nil else { return }
            let at = Moment(nanoseconds: Int64(clamping: message.logTime))
            let isFrame = kind.withFrame(data) { topic, body in add(topic: topic, body: body, at: at) }
            if !isFrame, kind == .entry(.history) { writer.write(history: data, at: at) }
            count += 1
            guard count & Self.progressMask == 0 else { return }
            progress(count)
            guard writer.pendingBytes >= Self.flushBytes else { return }
            do { try flush(writer.take()) } catch { failure = error }
        }
        if let failure { throw failure }
        try flush(writer.take())
    }

    private static let progressMask: UInt64 = 4_095
    private static let flushBytes = 4 << 20

    public mutating func add(topic: RawSpan, body: RawSpan, at now: Moment) {
        let (faults, names) = (decoder.counters.recordFaults.total, decoder.nameCount)
        inputs.removeAll(keepingCapacity: true)
        let verdict = decoder.decode(topic: topic, body: body, into: &inputs)
        let isQuiet = decoder.counters.recordFaults.total == faults && decoder.nameCount == names
        guard isQuiet, verdict.outcome == .applied, let stream = verdict.stream, isPlain(stream), gather() else {
            note(verdict.stream)
            return writer.write(topic: topic, body: body, at: now)
        }
        note(stream)
        hotFrames += 1
        writer.write(fields, at: now, publishedAt: verdict.publishedAt, stream: stream.raw)
    }

    /// Whether the stream is as any next message would have left it.
    private func isPlain(_ stream: StreamIndex) -> Bool {
        guard stream.position < streams.count else { return false }
        var expected = streams[stream.position]
        return expected.receiveNext() && expected == decoder.sequencer(of: stream)
    }

    /// Whether all inputs are hot: then their fields are there.
    private mutating func gather() -> Bool {
        fields.removeAll(keepingCapacity: true)
        guard inputs.count <= Int(UInt16.max) else { return false }
        for input in inputs {
            guard let field = HotInput.fields(of: input) else { return false }
            fields.append(field)
        }
        return true
    }

    private mutating func note(_ stream: StreamIndex?) {
        guard let stream else { return }
        while streams.count <= stream.position { streams.append(StreamSequencer()) }
        streams[stream.position] = decoder.sequencer(of: stream)
    }

    /// What follows the records, and the header, when everything that `compile` gathered has been written.
    public consuming func finish(digest: (_ rest: [UInt8]) -> String) -> (rest: [UInt8], header: [UInt8]) {
        writer.finish(digest: digest)
    }
}
