import Units

/// The head of a message, read and checked; the records are still tokens.
struct Envelope {
    var arrival: StreamSequencer.Arrival
    var publishedAt: Moment
    /// The token of the array of records.
    var records: Int
}

extension FeedFault: Error {}

extension FeedDecoder {
    mutating func readEnvelope(topic: RawSpan, body: RawSpan) throws(FeedFault) -> Envelope {
        guard topic.byteCount <= FeedLimits.topicBytesMax else { throw .topicTooLong }
        guard body.byteCount <= limits.bodyBytesMax else { throw .bodyTooLong }
        if let fault = document.parse(body) { throw fault }
        guard document.kind(at: 0) == .object else { throw .envelopeNotAnObject }
        try checkTopic(topic)
        let records = try readRecords()
        return Envelope(
            arrival: try readArrival(isHeartbeat: isHeartbeat(records)), publishedAt: try readPublishTime(),
            records: records)
    }

    /// A publisher has no dot in its name, so that a topic can be read one way only.
    private func checkTopic(_ topic: RawSpan) throws(FeedFault) {
        guard let publisher = document.name("publisher", of: 0), !publisher.contains(0x2E) else { throw .badPublisher }
        guard let stream = document.name("stream", of: 0) else { throw .badStream }
        let matches = topic.withUnsafeBytes { bytes in
            let dot = publisher.count
            guard bytes.count == dot + 1 + stream.count, bytes[dot] == 0x2E else { return false }
            return UnsafeRawBufferPointer(rebasing: bytes[..<dot]).hasSameBytes(as: publisher)
                && UnsafeRawBufferPointer(rebasing: bytes[(dot + 1)...]).hasSameBytes(as: stream)
        }
        guard matches else { throw .topicMismatch }
    }

    private func readRecords() throws(FeedFault) -> Int {
        guard let records = document.field("records", of: 0), document.kind(at: records) == .array
        else { throw .badRecords }
        guard document.childCount(at: records) <= limits.recordsMax else { throw .tooManyRecords }
        return records
    }

    private func readArrival(isHeartbeat: Bool) throws(FeedFault) -> StreamSequencer.Arrival {
        guard let epoch = document.word("epoch", of: 0) else { throw .badEpoch }
        guard let sequence = document.word("sequence", of: 0), isHeartbeat || sequence > 0 else { throw .badSequence }
        return StreamSequencer.Arrival(
            epoch: epoch, sequence: sequence, isHeartbeat: isHeartbeat, mark: try readMark())
    }

    private func readMark() throws(FeedFault) -> StreamSequencer.SnapshotMark? {
        guard let position = document.field("snapshot", of: 0) else { return nil }
        guard document.kind(at: position) == .string else { throw .badSnapshotMark }
        guard let mark = StreamSequencer.SnapshotMark(named: document.text(at: position))
        else { throw .badSnapshotMark }
        return mark
    }

    private func readPublishTime() throws(FeedFault) -> Moment {
        guard let time = document.word("published_ns", of: 0, in: 0...UInt64(Int64.max)) else { throw .badPublishTime }
        return Moment(nanoseconds: Int64(time))
    }

    /// A heartbeat is a message with that one record.
    private func isHeartbeat(_ records: Int) -> Bool {
        guard document.childCount(at: records) == 1, document.kind(at: records + 1) == .object,
            let type = document.field("type", of: records + 1), document.kind(at: type) == .string
        else { return false }
        return document.text(at: type).equals(RecordKind.heartbeat.name)
    }
}

extension StreamSequencer.SnapshotMark {
    init?(named text: UnsafeRawBufferPointer) {
        if text.equals("begin") {
            self = .begin
        } else if text.equals("part") {
            self = .part
        } else if text.equals("end") {
            self = .end
        } else if text.equals("only") {
            self = .only
        } else {
            return nil
        }
    }
}
