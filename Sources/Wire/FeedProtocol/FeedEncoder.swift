public import Units

/// Writes message bodies of the feed contract, for publishers in this project and for tests.
///
/// Example: `begin(…)`, then records in order, then `end()`; `bytes` is then one body. The buffer is reused. Amounts are
/// written as decimal strings, everything that fits 53 bits as a plain integer.
public struct FeedEncoder: Sendable {
    public internal(set) var bytes: [UInt8] = []
    public private(set) var recordCount = 0

    public init() {}

    public static func topic(publisher: String, stream: String) -> [UInt8] {
        let topic = Array("\(publisher).\(stream)".utf8)
        precondition(topic.count <= FeedLimits.topicBytesMax, "Condition: a topic has at most 32 bytes")
        return topic
    }

    public mutating func begin(
        publisher: String, stream: String, epoch: UInt64, sequence: UInt64, publishedAt: Moment,
        snapshot: StreamSequencer.SnapshotMark? = nil
    ) {
        precondition(!publisher.utf8.contains(0x2E), "Condition: a publisher's name has no dot")
        bytes.removeAll(keepingCapacity: true)
        recordCount = 0
        write("{\"publisher\":")
        write(name: publisher)
        write(",\"stream\":")
        write(name: stream)
        write(",\"epoch\":\(epoch),\"sequence\":\(sequence),\"published_ns\":\(publishedAt.nanoseconds)")
        if let snapshot { write(",\"snapshot\":\"\(snapshot)\"") }
        write(",\"records\":[")
    }

    public mutating func end() {
        write("]}")
        precondition(bytes.count <= FeedLimits.bodyBytesMax, "Condition: a body has at most 256 KiB")
        precondition(recordCount <= FeedLimits.recordsMax, "Condition: a message has at most 4,096 records")
    }

    /// Whether the message should end here: the next record, however large, might not fit.
    public var isFull: Bool {
        recordCount == FeedLimits.recordsMax
            || bytes.count > FeedLimits.bodyBytesMax - FeedEncoder.recordBytesMax
    }

    /// An account with 256 assets of the longest names and amounts takes about 54 KB.
    static let recordBytesMax = 64 * 1024

    public mutating func heartbeat() {
        beginRecord(.heartbeat)
        endRecord()
    }
}

// Pieces of records.
extension FeedEncoder {
    mutating func beginRecord(_ kind: RecordKind) {
        if recordCount > 0 { write(",") }
        recordCount += 1
        write("{\"type\":\"\(kind)\"")
    }

    mutating func endRecord() { write("}") }

    mutating func field(_ key: String, name: String) {
        write(",\"\(key)\":")
        write(name: name)
    }

    mutating func field(_ key: String, amount: UInt128) { write(",\"\(key)\":\"\(amount)\"") }
    mutating func field(_ key: String, integer: UInt64) { write(",\"\(key)\":\(integer)") }

    mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func write(name: String) {
        var copy = name
        let isName = copy.withUTF8 { JSONDocument.isName(UnsafeRawBufferPointer($0)) }
        precondition(isName, "Condition: a name is 1 to 64 printable ASCII characters without quotes")
        write("\"\(name)\"")
    }
}
