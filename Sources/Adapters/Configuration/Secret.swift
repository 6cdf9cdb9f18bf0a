import Glibc

/// Where a secret is found.
public enum SecretSource: Equatable, Sendable {
    case file(String)
    case environment(String)
}

/// Why there is no secret.
///
/// It names the place, never the content.
public struct SecretError: Error, Equatable, Sendable {
    public enum Reason: Equatable, Sendable {
        case missing
        case unreadable(code: Int32)
        case notAFile
        /// Group or others may read or write the file.
        case openToOthers(mode: UInt32)
        case empty, tooLong
    }

    public var reason: Reason
    /// The path, or the variable's name.
    public var subject: String
    public var isRetriable: Bool { false }
}

/// A secret in memory: shown only as a fingerprint, wiped when the last holder lets go.
///
/// Any thread.
public final class Secret: Sendable {
    nonisolated(unsafe) private let storage: UnsafeMutableRawBufferPointer

    /// One newline at the end, as editors leave it, does not belong to the secret.
    public init(_ bytes: [UInt8], subject: String) throws(SecretError) {
        let trimmed = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        guard !trimmed.isEmpty else { throw SecretError(reason: .empty, subject: subject) }
        guard trimmed.count <= Secret.bytesMax else { throw SecretError(reason: .tooLong, subject: subject) }
        storage = .allocate(byteCount: trimmed.count, alignment: 1)
        storage.copyBytes(from: trimmed)
    }

    deinit {
        if let start = storage.baseAddress { explicit_bzero(start, storage.count) }
        storage.deallocate()
    }

    public static let bytesMax = 4_096

    /// Lends the bytes.
    ///
    /// Nothing may keep them.
    public func withBytes<Result>(_ use: (RawSpan) -> Result) -> Result {
        use(UnsafeRawBufferPointer(storage).bytes)
    }

    public convenience init(from source: SecretSource) throws(SecretError) {
        switch source {
        case .environment(let name):
            guard let value = getenv(name) else { throw SecretError(reason: .missing, subject: name) }
            try self.init(Array(String(cString: value).utf8), subject: name)
        case .file(let path):
            try self.init(try Secret.contents(of: path), subject: path)
        }
    }

    private static func contents(of path: String) throws(SecretError) -> [UInt8] {
        do {
            return try SmallFile.read(path, bytesMax: bytesMax + 1) { mode in
                mode & 0o077 == 0 ? nil : .refused(mode: mode)
            }
        } catch {
            throw SecretError(reason: SecretError.Reason(error), subject: path)
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Sixteen bits: enough to see that two machines have the same secret, too few to test guesses with.
    public var description: String {
        let hash = storage.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        let text = String(UInt16(truncatingIfNeeded: hash ^ hash >> 32), radix: 16)
        return "secret " + String(repeating: "0", count: 4 - text.count) + text
    }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretError.Reason {
    fileprivate init(_ failure: SmallFile.Failure) {
        self =
            switch failure {
            case .code(ENOENT): .missing
            case .code(let code): .unreadable(code: code)
            case .notRegular: .notAFile
            case .tooLong: .tooLong
            case .refused(let mode): .openToOthers(mode: mode)
            }
    }
}
