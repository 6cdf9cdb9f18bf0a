internal import CDigest

/// The digest that names files and logs. FIPS 180-4; a running one, so that a tape of any length has a name.
///
/// It says that two things are the same, nothing about who made them. A copy goes on by itself. Example: `update` with each
/// piece, then `hex`.
public struct SHA256: Sendable {
    private var running = RunningDigest()

    public init() {}

    public static func hex(of bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes.span.bytes)
        return digest.hex
    }

    public mutating func update(_ bytes: RawSpan) {
        if !isKnownUniquelyReferenced(&running) { running = RunningDigest(copying: running) }
        running.update(bytes)
    }

    /// Of what was given so far, in lowercase digits. More may follow.
    public var hex: String {
        running.bytes.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}

/// The library's digest. It fails only without memory or without the algorithm: nothing can be named then.
private final class RunningDigest: Sendable {
    /// Changed only where it has one owner (`SHA256.update`).
    nonisolated(unsafe) private let handle: OpaquePointer

    init() { handle = Self.made(cdigest_create()) }

    init(copying other: RunningDigest) { handle = Self.made(cdigest_copy(other.handle)) }

    deinit { cdigest_destroy(handle) }

    private static func made(_ handle: OpaquePointer?) -> OpaquePointer {
        guard let handle else { preconditionFailure("Invariant: the library knows SHA-256") }
        return handle
    }

    func update(_ bytes: RawSpan) {
        let isDone = bytes.withUnsafeBytes { cdigest_update(handle, $0.baseAddress, $0.count) == 1 }
        precondition(isDone, "Invariant: the library knows SHA-256")
    }

    var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            guard let start = buffer.baseAddress, cdigest_read(handle, start) == 1 else {
                preconditionFailure("Invariant: the library knows SHA-256")
            }
            count = 32
        }
    }
}
