internal import COpenSSL

/// A SHA-256 value: 32 bytes. FIPS 180-4, `SHA256` of OpenSSL.
public struct Digest: Hashable, Sendable {
    public let bytes: [UInt8]

    /// The digest of the bytes.
    public init(of message: [UInt8]) {
        bytes = Self.fill { output, count in
            EVP_Digest(message, message.count, output, count, EVP_sha256(), nil)
        }
    }

    /// The keyed digest (HMAC, RFC 2104, with SHA-256) of the bytes.
    public init(of message: [UInt8], key: [UInt8]) {
        bytes = Self.fill { output, count in
            // OpenSSL takes a nil key for "the key of last time"; an empty array may be nil, so it gets an address.
            (key.isEmpty ? [0] : key).withUnsafeBufferPointer { pointer in
                HMAC(EVP_sha256(), pointer.baseAddress, Int32(key.count), message, message.count, output, count) == nil
                    ? 0 : 1
            }
        }
    }

    /// Lowercase hexadecimal digits.
    public var hex: String { bytes.map(Self.hexPair).joined() }

    public static let byteCount = 32

    /// Whether two digests are equal, in a time that does not depend on where they differ.
    public func isEqualInConstantTime(to other: Digest) -> Bool {
        CRYPTO_memcmp(bytes, other.bytes, Self.byteCount) == 0
    }

    private static func fill(_ compute: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt32>) -> Int32)
        -> [UInt8]
    {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            var written: UInt32 = 0
            // A digest fails only without memory or without the algorithm: nothing can be signed then.
            precondition(compute(buffer.baseAddress, &written) == 1, "Invariant: the library knows SHA-256")
            precondition(written == byteCount, "Invariant: SHA-256 has 32 bytes")
            count = byteCount
        }
    }

    private static func hexPair(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }
}
