public import MCAP
public import TapeContent
public import Units

/// A tape on its way to a file. Chunks go out when they are full or old, so that whatever ends the process costs at most
/// `chunkAgeMax` of tape. One thread.
///
/// Example: `init(creating:)`, then `tape.write(…)` and `flush(at:)` for each message, `finish()`.
public struct TapeFile: ~Copyable {
    public var tape: TapeWriter
    private let sink: FileSink
    private var chunkSince: Moment?

    public static let chunkAgeMax = Interval.seconds(5)

    public init(
        creating path: String, _ manifest: RunManifest, options: MCAPWriter.Options = TapeWriter.options
    ) throws(TapeError) {
        let sink = try FileSink(creating: path)
        var tape = TapeWriter(manifest, options, codec: ZstdCodec())
        try Self.writeOut(&tape, to: sink)
        self.sink = sink
        self.tape = tape
    }

    public var path: String { sink.path }
    /// Bytes so far, what is being gathered counted as it is.
    public var bytes: UInt64 { tape.container.position + UInt64(tape.container.openBytes) }
    public var bytesOnFile: UInt64 { tape.container.position }

    /// Writes what is complete, and completes what is too old. The clock may be any that only rises.
    public mutating func flush(at now: Moment) throws(TapeError) {
        if tape.container.openBytes == 0 {
            chunkSince = nil
        } else if let since = chunkSince {
            if now - since > Self.chunkAgeMax {
                tape.container.closeChunk()
                chunkSince = nil
            }
        } else {
            chunkSince = now
        }
        try Self.writeOut(&tape, to: sink)
    }

    /// Ends the file with its index, on the device.
    public consuming func finish(_ words: MCAPMetadata? = nil) throws(TapeError) -> UInt64 {
        if let words { tape.container.write(words) }
        tape.container.finish()
        try Self.writeOut(&tape, to: sink)
        try sink.synchronize()
        return tape.container.position
    }

    private static func writeOut(_ tape: inout TapeWriter, to sink: borrowing FileSink) throws(TapeError) {
        guard !tape.container.output.isEmpty else { return }
        var failure: TapeError?
        tape.container.takeOutput { bytes in
            do throws(TapeError) { try sink.write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
