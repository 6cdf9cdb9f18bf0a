/// What a reader takes from a file that may be hostile: everything that a file can make it hold has a bound here.
package struct MCAPLimits: Sendable {
    /// A chunk, packed and unpacked.
    package var chunkBytesMax = 64 << 20
    package var summaryBytesMax = 256 << 20
    /// A schema, a channel, or the metadata of one record.
    package var recordBytesMax = 4 << 20
    package var chunksMax = 1 << 22
    package var metadataMax = 4_096
    package var attachmentsMax = 4_096
    /// Chunks whose times overlap are held together to bring their messages into order.
    package var openChunksMax = 16

    package init() {}

    /// Records outside chunks are read in runs of this many bytes.
    static let runBytesMax = 4 << 20
}
