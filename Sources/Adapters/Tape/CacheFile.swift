import TapeCache
import TapeContent

/// A cache on its way to a file: records, then what stayed as it came, and the header last of all, over the zeros that stood for
/// it. A file whose writer was ended begins with zeros and is no cache.
public struct CacheFile: ~Copyable {
    private let sink: FileSink
    private var digest = SHA256()

    /// A file that is already there is not touched.
    public init(creating path: String) throws(TapeError) {
        let sink = try FileSink(creating: path)
        try sink.write([UInt8](repeating: 0, count: CacheHeader.byteCount).span.bytes)
        self.sink = sink
    }

    public mutating func write(_ records: [UInt8]) throws(TapeError) {
        digest.update(records.span.bytes)
        try sink.write(records.span.bytes)
    }

    /// Ends the file, and returns how many bytes follow its records. `finish` is given what names the bytes behind the records.
    @discardableResult
    public mutating func finish(
        _ finish: (_ digest: (_ rest: [UInt8]) -> String) -> (rest: [UInt8], header: [UInt8])
    ) throws(TapeError) -> Int {
        var digest = digest
        let (rest, header) = finish { rest in
            digest.update(rest.span.bytes)
            return digest.hex
        }
        try sink.write(rest.span.bytes)
        try sink.overwriteStart(header.span.bytes)
        try sink.synchronize()
        return rest.count
    }

    /// The digest that the header should have.
    public static func digest(_ file: RawSpan) -> String {
        var digest = SHA256()
        digest.update(file.extracting(CacheHeader.byteCount..<file.byteCount))
        return digest.hex
    }
}
