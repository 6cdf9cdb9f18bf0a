import Console
import Domain
import FeedProtocol
import MCAP
import Tape
import TapeContent
import Units
public import ZeroMQFeed

/// Records a live feed: every frame as it arrives, on a tape in a folder, before anything else is done with it.
///
/// The decoder runs beside, for the count of what is missing and for publish times; what it thinks of a frame changes nothing on
/// the tape. Log times are the wall clock's at the start, carried on by the monotonic clock: they never go back. One thread.
public struct Recorder: ~Copyable {
    public private(set) var counts = RecorderCounts()
    private let options: RecorderOptions
    private var socket: SubscriberSocket
    private var decoder: FeedDecoder
    private var inputs: ContiguousArray<Input> = []
    private var series: TapeSeries
    private var askedAt: Moment
    private var heardAt: Moment
    private let anchor: Interval

    private static let waitMilliseconds = 50
    private static let framesPerTurn = 1_024
    private static let askAgainAfter = Interval.seconds(1)
    private static let rebuildAfter = Interval.seconds(5)
    private static let slowWrite = Interval.seconds(1)

    public init(_ context: ZeroMQContext, _ options: RecorderOptions) throws {
        var socketOptions = FeedSocketOptions(endpoints: options.endpoints, topics: options.topics)
        socketOptions.highWaterMark = options.highWaterMark
        let socket = try SubscriberSocket(context, socketOptions)
        let now = Clock.monotonic
        let wall = Clock.wall
        series = try TapeSeries(options, at: now, wall: wall)
        self.options = options
        self.socket = socket
        decoder = FeedDecoder(rules: options.ruleNames)
        anchor = wall - now
        askedAt = now
        heardAt = now
        counts.files = series.paths
    }

    /// Records until it is told to stop, then ends the file whole. When the device fails, what was written stays as it is: it reads
    /// to its last chunk.
    public consuming func run(
        until stop: () -> Bool, progress: (RecorderCounts) -> Void = { _ in }
    ) throws -> RecorderCounts {
        while !stop() {
            let ready = try socket.wait(milliseconds: Self.waitMilliseconds)
            if ready.hasMessage { try readFrames() }
            try tend()
            progress(counts)
        }
        counts.bytes = try series.finish(Self.words(counts))
        return counts
    }

    private mutating func readFrames() throws {
        for _ in 0..<Self.framesPerTurn {
            let now = Clock.monotonic
            var verdict: FrameVerdict?
            inputs.removeAll(keepingCapacity: true)
            let stamp = now + anchor
            let isRead: Bool? = try socket.receive { topic, body in
                let told = decoder.decode(topic: topic, body: body, into: &inputs)
                let sequence = told.stream.map { decoder.position(of: $0).sequence } ?? 0
                series.file.tape.write(
                    topic: topic, body: body, receivedAt: stamp, publishedAt: told.publishedAt, sequence: sequence)
                counts.payload += UInt64(topic.byteCount + body.byteCount)
                verdict = told
                return true
            }
            guard isRead != nil, let verdict else { return }
            heardAt = now
            note(verdict, at: stamp)
        }
    }

    /// What the frame shows to be missing goes on the tape behind it.
    private mutating func note(_ verdict: FrameVerdict, at stamp: Moment) {
        let feed = decoder.counters
        counts.frames += 1
        let name = verdict.stream.map { decoder.directory.name(of: $0) } ?? ""
        if feed.missing > counts.missing {
            gap(GapEntry(at: stamp, cause: .sequence, stream: name, missing: feed.missing - counts.missing))
            counts.missing = feed.missing
        }
        if feed.faulty > counts.faulty {
            gap(GapEntry(at: stamp, cause: .fault, stream: name, missing: 0))
            counts.faulty = feed.faulty
        }
        counts.streams = decoder.directory.streamCount
    }

    private mutating func gap(_ entry: GapEntry) {
        series.file.tape.write(entry)
        counts.gaps += 1
    }

    /// Between batches: what was dropped, streams that lack a snapshot, a socket that is dead, and the files.
    private mutating func tend() throws {
        let now = Clock.monotonic
        if socket.malformed > counts.malformed {
            gap(
                GapEntry(
                    at: now + anchor, cause: .malformed, stream: "", missing: socket.malformed - counts.malformed))
            counts.malformed = socket.malformed
        }
        if now - askedAt > Self.askAgainAfter, lacksSnapshot { try askForSnapshot(at: now) }
        if now - heardAt > Self.rebuildAfter, counts.frames > 0 {
            gap(GapEntry(at: now + anchor, cause: .silence, stream: "", missing: 0))
            try socket.rebuild()
            heardAt = now
        }
        try flush(at: now)
        // The next file is not asked for a snapshot: to ask is to unsubscribe for a moment, and that would lose frames.
        let told = counts
        try series.rotateIfDue(at: now, wall: now + anchor) { Self.words(told) }
        counts.files = series.paths
    }

    private mutating func flush(at now: Moment) throws {
        try series.file.flush(at: now)
        let took = Clock.monotonic - now
        counts.slowestWrite = max(counts.slowestWrite, took)
        counts.bytes = series.bytes
        if took > Self.slowWrite { gap(GapEntry(at: now + anchor, cause: .disk, stream: "", missing: 0)) }
    }

    private var lacksSnapshot: Bool {
        (0..<decoder.directory.streamCount).contains { decoder.state(of: StreamIndex($0)) != .whole }
    }

    private mutating func askForSnapshot(at now: Moment) throws {
        askedAt = now
        for topic in options.topics { try socket.resubscribe(topic) }
    }

    /// The counts at the end of a file, since the start of the run. Metadata `bailiff.end`.
    private static func words(_ counts: RecorderCounts) -> MCAPMetadata {
        MCAPMetadata(
            name: "bailiff.end",
            values: [
                "frames": "\(counts.frames)", "missing": "\(counts.missing)", "faulty": "\(counts.faulty)",
                "malformed": "\(counts.malformed)", "gaps": "\(counts.gaps)", "stopped_ns": "\(Clock.wall.nanoseconds)",
            ])
    }
}
