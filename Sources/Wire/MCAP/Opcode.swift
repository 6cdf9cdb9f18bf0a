/// The kinds of record of the container, by their numbers in a file. <https://mcap.dev/spec>, "Records".
public enum Opcode: UInt8, CaseIterable, Sendable {
    case header = 1
    case footer, schema, channel, message, chunk, messageIndex, chunkIndex
    case attachment, attachmentIndex, statistics, metadata, metadataIndex, summaryOffset, dataEnd

    /// A record begins with its number and the length of what follows, in eight bytes.
    public static let headBytes = 9
}

/// How a file begins and ends.
public enum Magic {
    public static let bytes: [UInt8] = [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A]
}
