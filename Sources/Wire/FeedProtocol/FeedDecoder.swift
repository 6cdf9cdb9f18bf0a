public import Domain
import Units

/// Turns received frames into inputs for the core, and accounts for every one of them.
///
/// Example: `decoder.decode(topic: topic, body: body, into: &inputs)` appends what the message says, in its order:
/// a broken stream, the beginning of a snapshot, the records, the end of the snapshot, a stream that is whole again.
///
/// Nothing that is received can make it trap, allocate without a bound, or pass silently: a faulty message is counted
/// by its reason and leaves a hole in its stream; a faulty record is counted by its reason and breaks its stream. With
/// names that are known it allocates nothing but what `inputs` needs to grow, and for checking a book's levels. One thread.
public struct FeedDecoder: ~Copyable {
    public internal(set) var directory: FeedDirectory
    public internal(set) var counters = FeedCounters()
    let limits: FeedLimits
    var document: JSONDocument
    var sequencers: ContiguousArray<StreamSequencer> = []
    /// For each reserve the number of the account that named it last: finds an asset named twice.
    var mentions: ContiguousArray<UInt64> = []
    var accountOrdinal: UInt64 = 0
    /// The rows of the statement of depth that is being read.
    var depthRows: ContiguousArray<DepthRow> = []
    public internal(set) var lastRecordFault: RecordProblem?
    var faultyKey: StaticString?

    /// Told to the engine with the first definition of each asset.
    let uses: [NamedUse]
    let verifier: AttestationVerifier

    /// The names of the venues' rules, in the order of the engine's table. The excluded tags get the first bits, in their
    /// order: `excludedSegments`. Without a verifier no attested account is believed.
    public init(
        rules: [String], excludedTags: [String] = [], uses: [NamedUse] = [], limits: FeedLimits = FeedLimits(),
        verifier: @escaping AttestationVerifier = { _, _, _ in false }
    ) {
        precondition(excludedTags.count <= Segments.countMax, "Condition: at most sixteen tags are excluded")
        self.limits = limits
        self.uses = uses
        self.verifier = verifier
        directory = FeedDirectory(rules: rules, excludedTags: excludedTags, limits: limits)
        document = JSONDocument(bytesMax: limits.bodyBytesMax)
        sequencers.reserveCapacity(FeedLimits.streamsMax)
    }

    /// What the engine is to leave alone when so many tags were given as excluded.
    public static func excludedSegments(_ count: Int) -> Segments {
        (0..<count).reduce(into: Segments()) { $0.insert(.tag($1)) }
    }

    public mutating func decode(
        topic: RawSpan, body: RawSpan, into inputs: inout ContiguousArray<Input>
    ) -> FrameVerdict {
        counters.received += 1
        do throws(FeedFault) {
            let envelope = try readEnvelope(topic: topic, body: body)
            let stream = try stream(topic)
            let outcome = place(envelope, in: stream, into: &inputs)
            return FrameVerdict(outcome: outcome, stream: stream, publishedAt: envelope.publishedAt)
        } catch {
            counters.faults.count(error)
            return .faulty(error)
        }
    }

    public func state(of stream: StreamIndex) -> StreamSequencer.State { sequencers[stream.position].state }

    /// The last sequence number of a stream, in its epoch.
    public func position(of stream: StreamIndex) -> (epoch: UInt64, sequence: UInt64) {
        (sequencers[stream.position].epoch, sequencers[stream.position].last)
    }

    private mutating func stream(_ topic: RawSpan) throws(FeedFault) -> StreamIndex {
        let index = topic.withUnsafeBytes { bytes in directory.internStream(bytes) }
        guard let index else { throw .tooManyStreams }
        if index.position == sequencers.count { sequencers.append(StreamSequencer()) }
        return index
    }

    private mutating func place(
        _ envelope: Envelope, in stream: StreamIndex, into inputs: inout ContiguousArray<Input>
    ) -> FrameVerdict.Outcome {
        let step = sequencers[stream.position].receive(envelope.arrival)
        counters.missing &+= step.missing
        if step.changesEpoch { counters.epochChanges += 1 }
        if step.breaks { announceBreak(into: &inputs) }
        switch step.outcome {
        case .replayedEpoch: counters.replayedEpoch += 1
        case .duplicate: counters.duplicate += 1
        case .heartbeat: counters.heartbeat += 1
        case .applied:
            counters.applied += 1
            if step.beginsSnapshot { inputs.append(.snapshotBegins(stream)) }
            apply(envelope, to: stream, into: &inputs)
        }
        return FrameVerdict.Outcome(step.outcome)
    }

    private mutating func apply(
        _ envelope: Envelope, to stream: StreamIndex, into inputs: inout ContiguousArray<Input>
    ) {
        let end = document.next(after: envelope.records)
        var record = envelope.records + 1
        while record < end {
            counters.records += 1
            if !decodeRecord(at: record, into: &inputs), sequencers[stream.position].taint() {
                announceBreak(into: &inputs)
            }
            record = document.next(after: record)
        }
        let finish = sequencers[stream.position].finish(envelope.arrival.mark)
        if finish.endsSnapshot { inputs.append(.snapshotEnds(stream)) }
        if finish.becomesWhole { inputs.append(.stream(.whole)) }
    }

    private mutating func announceBreak(into inputs: inout ContiguousArray<Input>) {
        counters.breaks += 1
        inputs.append(.stream(.broken))
    }
}

extension FrameVerdict.Outcome {
    fileprivate init(_ outcome: StreamSequencer.Outcome) {
        self =
            switch outcome {
            case .applied: .applied
            case .duplicate: .duplicate
            case .replayedEpoch: .replayedEpoch
            case .heartbeat: .heartbeat
            }
    }
}
