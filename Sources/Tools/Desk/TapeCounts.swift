import TapeContent

/// What is on a running bot's own tape so far. Of metrics: `liquidator_tape_bytes_total`, `liquidator_tape_messages_total`,
/// `liquidator_tape_left_off_total`, `liquidator_tape_gaps_total`, `liquidator_tape_queue_depth`.
public struct TapeCounts: Codable, Equatable, Sendable {
    public var files: [String] = []
    /// Of the files, packed.
    public var bytes: UInt64 = 0
    public var frames: UInt64 = 0
    /// Entries by channel, as in `decisions`.
    public var entries: [String: UInt64] = [:]
    /// Messages for which there was no room or no device: frames and entries.
    public var leftOff: UInt64 = 0
    /// Entries on `gaps`, those of the writer with them.
    public var gaps: UInt64 = 0
    /// Messages that waited when the writer last came, and the most that ever did.
    public var queueDepth = 0
    public var queueDepthMax = 0
    /// Why the tape ended before the run.
    public var failure: String?

    public init() {}

    /// Counts what was written.
    public mutating func add(_ batch: TapeBatch) {
        frames += UInt64(batch.frames.count)
        for entry in batch.entries { entries[entry.entry.kind.rawValue, default: 0] += 1 }
        if batch.leftOff > 0 { entries[TapeKind.gaps.rawValue, default: 0] += 1 }
        gaps = entries[TapeKind.gaps.rawValue] ?? 0
        leftOff += batch.leftOff
    }

    /// Counts what was not.
    public mutating func lose(_ batch: TapeBatch) { leftOff += UInt64(batch.count) + batch.leftOff }

    public mutating func note(depth: Int) {
        queueDepth = depth
        queueDepthMax = max(queueDepthMax, depth)
    }
}
