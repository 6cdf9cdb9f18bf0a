import Domain
import Units

/// A cache's parts in the bytes of its file, which may be mapped: nothing is copied. Always with the file that the header is of.
extension CacheHeader {
    /// `nil` for bytes that are no record.
    @inlinable @inline(__always)
    public static func record(_ position: Int, in file: RawSpan) -> CacheRecord? {
        CacheRecord(file, at: byteCount + position * CacheRecord.byteCount)
    }

    /// When the frame of a record was received and when published; `nil` beside the file.
    static func times(_ position: Int, in file: RawSpan) -> (at: Moment, publishedAt: Moment)? {
        let place = byteCount + position * CacheRecord.byteCount
        guard position >= 0, place + CacheRecord.byteCount <= file.byteCount else { return nil }
        return (Moment(nanoseconds: file.little(place)), Moment(nanoseconds: file.little(place + 8)))
    }

    /// Topic and body of a frame that stayed as it came; `false` where they do not lie in the file. The spans end with the call.
    public func withFrame(
        _ stored: CacheRecord.Stored, in file: RawSpan, _ use: (_ topic: RawSpan, _ body: RawSpan) -> Void
    ) -> Bool {
        let length = UInt64(stored.topicBytes) + UInt64(stored.bodyBytes)
        guard stored.offset <= blobBytes, length <= blobBytes - stored.offset else { return false }
        let start = Int(blobOffset + stored.offset)
        let middle = start + Int(stored.topicBytes)
        use(file.extracting(start..<middle), file.extracting(middle..<start + Int(length)))
        return true
    }
}

extension CacheRecord {
    /// What a record that is a frame of one price says, without times; `nil` for any other, and beside the file.
    @inline(__always)
    static func quote(
        _ position: Int, in file: RawSpan
    ) -> (reserve: ReserveIndex, stream: StreamIndex, price: Price)? {
        let place = CacheHeader.byteCount + position * byteCount
        guard position >= 0, place + byteCount <= file.byteCount,
            file.little(place + 16, as: UInt8.self) == HotInput.Kind.price.rawValue
        else { return nil }
        let price = file.little(place + 32, as: UInt128.self)
        guard price > 0 else { return nil }
        return (
            ReserveIndex(UInt16(truncatingIfNeeded: file.little(place + 20, as: UInt32.self))),
            StreamIndex(file.little(place + 17, as: UInt8.self)), Price(baseUnits: price)
        )
    }

    /// A record that is a frame of one price, read as that and nothing else; `nil` for any other, and beside the file.
    static func tick(
        _ position: Int, in file: RawSpan
    ) -> (reserve: ReserveIndex, stream: StreamIndex, price: Price, at: Moment, publishedAt: Moment)? {
        let place = CacheHeader.byteCount + position * byteCount
        guard position >= 0, place + byteCount <= file.byteCount,
            file.little(place + 16, as: UInt8.self) == HotInput.Kind.price.rawValue,
            file.little(place + 18, as: UInt16.self) == 0
        else { return nil }
        let price = file.little(place + 32, as: UInt128.self)
        guard price > 0 else { return nil }
        return (
            ReserveIndex(UInt16(truncatingIfNeeded: file.little(place + 20, as: UInt32.self))),
            StreamIndex(file.little(place + 17, as: UInt8.self)), Price(baseUnits: price),
            Moment(nanoseconds: file.little(place)), Moment(nanoseconds: file.little(place + 8))
        )
    }
}
