/// Why a file could not be read, or not further. Facts: where, what stood there, what may stand there.
public struct MCAPFault: Error, Equatable, Sendable {
    public enum Code: String, CaseIterable, Sendable {
        /// The system failed to read.
        case cannotRead
        /// It does not begin with the magic bytes and a header.
        case notMCAP
        /// The file ends within a record.
        case truncated
        /// A record's content is not of the form that its number asks for.
        case badRecord
        /// Longer than this reader takes in one piece.
        case tooLarge
        /// More of something than this reader keeps.
        case tooMany
        case unknownCompression
        /// The bytes of a chunk do not decompress to what it says.
        case badChunk
        case badChecksum
        /// A message of a channel, or a channel of a schema, that no earlier record defines.
        case undefined
        /// The same number is defined twice, differently.
        case redefined
        /// The index says one thing and the chunk another.
        case indexMismatch
    }

    public let code: Code
    /// From the beginning of the file.
    public let offset: UInt64
    public let found: String
    public let allowed: String

    public init(_ code: Code, at offset: UInt64, found: String = "", allowed: String = "") {
        self.code = code
        self.offset = offset
        self.found = found
        self.allowed = allowed
    }

    /// Only the system's failures may pass.
    public var isRetriable: Bool { code == .cannotRead }
}

extension MCAPFault: CustomStringConvertible {
    public var description: String {
        var text = "\(code.rawValue) at byte \(offset)"
        if !found.isEmpty { text += ": found \(found)" }
        if !allowed.isEmpty { text += "; allowed: \(allowed)" }
        return text
    }
}
