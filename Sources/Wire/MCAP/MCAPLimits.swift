/// What a reader takes from a file that may be hostile: everything that a file can make it hold has a bound here.
public struct MCAPLimits: Sendable {
    /// A chunk, packed and unpacked.
    public var chunkBytesMax = 64 << 20
    public var summaryBytesMax = 256 << 20
    /// A schema, a channel, or the metadata of one record.
    public var recordBytesMax = 4 << 20
    public var chunksMax = 1 << 22
    public var metadataMax = 4_096
    public var attachmentsMax = 4_096
    /// Chunks whose times overlap are held together to bring their messages into order.
    public var openChunksMax = 16

    public init() {}

    /// Records outside chunks are read in runs of this many bytes.
    static let runBytesMax = 4 << 20
}
