import Synchronization
public import TapeContent
public import Units

/// What a running bot hands over to whoever writes its tape: frames as they were received, and entries, in one order.
///
/// Nobody who posts ever waits for a device. A post copies into memory that was set aside at the start; the writer takes all that
/// has been gathered by exchanging it for what it has written, and the lock is held for the copy or the exchange alone. What no
/// longer fits is left off and counted, and so is all that follows until the writer has been: a hole is one stretch, with one
/// count.
///
/// Thread rule: any thread posts; one thread takes.
public final class TapeQueue: Sendable {
    public static let bytesMax = 32 << 20
    public static let framesMax = 1 << 17
    public static let entriesMax = 1 << 15

    private let waiting: Mutex<TapeBatch>
    private let bounds: (bytes: Int, frames: Int, entries: Int)

    public init(bytes: Int = bytesMax, frames: Int = framesMax, entries: Int = entriesMax) {
        bounds = (bytes, frames, entries)
        waiting = Mutex(TapeBatch(bytes: bytes, frames: frames, entries: entries))
    }

    /// An empty batch of the same room, for `take`.
    public func makeBatch() -> TapeBatch {
        TapeBatch(bytes: bounds.bytes, frames: bounds.frames, entries: bounds.entries)
    }

    public func post(
        topic: RawSpan, body: RawSpan, receivedAt: Moment, publishedAt: Moment?, sequence: UInt64
    ) {
        let frame = TapeBatch.Frame(
            topicBytes: topic.byteCount, bodyBytes: body.byteCount, receivedAt: receivedAt, publishedAt: publishedAt,
            sequence: sequence)
        topic.withUnsafeBytes { topic in
            body.withUnsafeBytes { body in
                waiting.withLock { batch in
                    guard batch.leftOff == 0, batch.frames.count < bounds.frames,
                        batch.bytes.count + topic.count + body.count <= bounds.bytes
                    else { return batch.leaveOff(at: receivedAt) }
                    batch.bytes.append(contentsOf: topic)
                    batch.bytes.append(contentsOf: body)
                    batch.frames.append(frame)
                }
            }
        }
    }

    public func post(_ entry: TapeBatch.Entry) {
        waiting.withLock { batch in
            guard batch.leftOff == 0, batch.entries.count < bounds.entries else {
                return batch.leaveOff(at: entry.at)
            }
            batch.entries.append((batch.frames.count, entry))
        }
    }

    /// Exchanges what has been gathered for an empty batch.
    public func take(into batch: inout TapeBatch) {
        batch.clear()
        waiting.withLock { swap(&$0, &batch) }
    }
}

/// Frames and entries in the order in which they were posted.
public struct TapeBatch: Sendable {
    /// A frame, whose topic and body lie one behind the other in `bytes`.
    struct Frame: Sendable {
        var topicBytes: Int
        var bodyBytes: Int
        var receivedAt: Moment
        var publishedAt: Moment?
        var sequence: UInt64
    }

    public enum Entry: Sendable {
        case input(InputEntry), decision(DecisionEntry), refusal(RefusalEntry), outcome(OutcomeEntry)
        case request(RequestEntry), response(ResponseEntry), gap(GapEntry)
    }

    var bytes: ContiguousArray<UInt8> = []
    var frames: ContiguousArray<Frame> = []
    /// Each with how many frames come before it.
    var entries: ContiguousArray<(behind: Int, entry: Entry)> = []
    /// Messages that found no room behind these, and when the last one came.
    public private(set) var leftOff: UInt64 = 0
    public private(set) var leftOffAt = Moment.start

    fileprivate init(bytes: Int, frames: Int, entries: Int) {
        self.bytes.reserveCapacity(bytes)
        self.frames.reserveCapacity(frames)
        self.entries.reserveCapacity(entries)
    }

    public var count: Int { frames.count + entries.count }
    public var isEmpty: Bool { count == 0 && leftOff == 0 }

    fileprivate mutating func leaveOff(at moment: Moment) {
        leftOff += 1
        leftOffAt = moment
    }

    fileprivate mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        leftOff = 0
    }

    /// Writes everything to a tape, in order, and behind it how much was left off.
    public func write(to tape: inout TapeWriter) {
        var (next, position) = (0, 0)
        for (number, frame) in frames.enumerated() {
            while next < entries.count, entries[next].behind <= number {
                entries[next].entry.write(to: &tape)
                next += 1
            }
            let topicEnd = position + frame.topicBytes
            let end = topicEnd + frame.bodyBytes
            let all = bytes.span.bytes
            tape.write(
                topic: all.extracting(position..<topicEnd), body: all.extracting(topicEnd..<end),
                receivedAt: frame.receivedAt, publishedAt: frame.publishedAt, sequence: frame.sequence)
            position = end
        }
        for entry in entries[next...] { entry.entry.write(to: &tape) }
        guard leftOff > 0 else { return }
        tape.write(GapEntry(at: leftOffAt, cause: .disk, stream: "", missing: leftOff))
    }
}

extension TapeBatch.Entry {
    private var content: any TapeEntry & Sendable {
        switch self {
        case .input(let entry): entry
        case .decision(let entry): entry
        case .refusal(let entry): entry
        case .outcome(let entry): entry
        case .request(let entry): entry
        case .response(let entry): entry
        case .gap(let entry): entry
        }
    }

    var at: Moment { content.at }
    public var kind: TapeKind { type(of: content).kind }

    fileprivate func write(to tape: inout TapeWriter) { tape.write(content) }
}
