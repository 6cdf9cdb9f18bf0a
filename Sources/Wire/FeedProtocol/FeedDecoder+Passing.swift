public import Domain

/// For whoever keeps what was decoded: the same messages again, without their bytes.
extension FeedDecoder {
    public func sequencer(of stream: StreamIndex) -> StreamSequencer { sequencers[stream.position] }

    /// Takes the next message of a stream as received; its records were decoded before.
    ///
    /// Returns whether it was the next one of a stream that has begun, and left it as trusted as it was.
    public mutating func pass(_ stream: StreamIndex) -> Bool {
        guard stream.position < sequencers.count, sequencers[stream.position].receiveNext() else { return false }
        counters.received += 1
        counters.applied += 1
        return true
    }

    /// Takes the next so many messages of a stream. Returns whether they were that; else the stream is as it was.
    public mutating func pass(_ stream: StreamIndex, count: Int) -> Bool {
        guard stream.position < sequencers.count, sequencers[stream.position].receiveNext(count) else { return false }
        counters.received += UInt64(count)
        counters.applied += UInt64(count)
        return true
    }

    /// Names that frames have brought so far.
    public var nameCount: Int { directory.nameCount }
}
