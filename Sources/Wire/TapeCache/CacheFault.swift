/// Why a cache cannot be read. Each is mended by compiling the tape again.
public struct CacheFault: Error, Equatable, Sendable {
    public enum Code: String, CaseIterable, Sendable {
        case notACache, otherVersion, truncated
        /// Made by another program, or for other rules or tags: it might have decoded differently.
        case otherDecoder
        case badRecord, badChecksum
    }

    public let code: Code
    public let found: String
    public let allowed: String

    public init(_ code: Code, found: String, allowed: String) {
        self.code = code
        self.found = found
        self.allowed = allowed
    }

    public var isRetriable: Bool { false }
}

extension CacheFault: CustomStringConvertible {
    public var description: String { "\(code.rawValue): found \(found); allowed: \(allowed)" }
}
