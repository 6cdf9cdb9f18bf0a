import Domain
public import Units

/// Lays out a cache: records as they come, and the bytes of frames that stay as they are.
///
/// The records go out piece by piece with `take`; the blob is kept until the end, since it lies behind them. The header, which
/// says how long both are, is written last, in front. Memory: the blob, which a busy tape has little of.
public struct CacheWriter: ~Copyable {
    public private(set) var header: CacheHeader
    private var pending: [UInt8] = []
    private var blob: [UInt8] = []
    private var stretches = StretchBuilder()

    public init(_ header: CacheHeader) { self.header = header }

    public var pendingBytes: Int { pending.count }
    public var blobBytes: Int { blob.count }

    /// The inputs of a frame of a stream; none is a frame that says nothing.
    public mutating func write(
        _ inputs: [HotInput.Fields], at: Moment, publishedAt: Moment, stream: UInt8
    ) {
        precondition(inputs.count <= Int(UInt16.max), "Condition: a frame has at most 65,535 hot inputs")
        header.frames += 1
        if inputs.count == 1, inputs[0].kind == .price {
            stretches.add(
                ReserveIndex(UInt16(truncatingIfNeeded: inputs[0].index)), StreamIndex(stream),
                Price(baseUnits: inputs[0].first), record: Int(header.records))
        } else {
            stretches.end()
        }
        guard !inputs.isEmpty else {
            return append(CacheRecord(.empty, at: at, publishedAt: publishedAt, stream: stream))
        }
        for (number, fields) in inputs.enumerated() {
            append(
                CacheRecord(
                    .hot(fields), at: at, publishedAt: publishedAt, stream: stream,
                    following: UInt16(inputs.count - 1 - number)))
        }
    }

    /// A frame as it came.
    public mutating func write(topic: RawSpan, body: RawSpan, at: Moment) {
        header.frames += 1
        stretches.end()
        append(CacheRecord(.frame(store(topic, body)), at: at, publishedAt: .start, stream: 0))
    }

    public mutating func write(history: RawSpan, at: Moment) {
        stretches.end()
        append(CacheRecord(.history(store(RawSpan(), history)), at: at, publishedAt: .start, stream: 0))
    }

    private mutating func store(_ topic: RawSpan, _ body: RawSpan) -> CacheRecord.Stored {
        let place = CacheRecord.Stored(
            offset: UInt64(blob.count), topicBytes: UInt32(topic.byteCount), bodyBytes: UInt32(body.byteCount))
        topic.withUnsafeBytes { blob.append(contentsOf: $0) }
        body.withUnsafeBytes { blob.append(contentsOf: $0) }
        return place
    }

    private mutating func append(_ record: CacheRecord) {
        record.append(to: &pending)
        header.records += 1
    }

    /// What has been gathered since the last time: it follows in the file.
    public mutating func take() -> [UInt8] {
        defer { pending.removeAll(keepingCapacity: true) }
        return pending
    }

    /// Blob and table of stretches, and then the header that says it all. The digest is of every byte behind the header.
    public consuming func finish(digest: (_ rest: [UInt8]) -> String) -> (rest: [UInt8], header: [UInt8]) {
        precondition(pending.isEmpty, "Condition: what was gathered has been taken")
        header.blobOffset = UInt64(CacheHeader.byteCount) + header.records * UInt64(CacheRecord.byteCount)
        header.blobBytes = UInt64(blob.count)
        let table = stretches.bytes()
        header.tableBytes = UInt64(table.count)
        let rest = blob + table
        header.content = digest(rest)
        return (rest, header.bytes)
    }
}
