import COpenSSL
import CSecp256k1

/// A public key whose signatures over attestations we believe, and how it signs.
///
/// Example: `AttestationKey("ed25519:9d61…")`. Ed25519 (RFC 8032) signs the message itself, `EVP_DigestVerify`; secp256k1
/// signs its SHA-256 with ECDSA, in compact form and with the lower S, `secp256k1_ecdsa_verify`. Both signatures have 64 bytes.
public struct AttestationKey: Hashable, Sendable {
    public enum Scheme: String, CaseIterable, Sendable { case ed25519, secp256k1 }

    public let scheme: Scheme
    private let bytes: [UInt8]

    /// `nil` when the text is not `scheme:key` with a key that exists: 32 bytes for Ed25519, 33 compressed for secp256k1.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let scheme = Scheme(rawValue: String(parts[0])),
            let bytes = Self.bytes(hexadecimal: parts[1])
        else { return nil }
        self.scheme = scheme
        self.bytes = bytes
        switch scheme {
        case .ed25519: guard bytes.count == 32 else { return nil }
        case .secp256k1: guard bytes.count == 33, Self.parsed(bytes) != nil else { return nil }
        }
    }

    /// Whether this key signed these bytes.
    public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == 64 else { return false }
        return switch scheme {
        case .ed25519: verifiesEd25519(signature, message)
        case .secp256k1: verifiesECDSA(signature, message)
        }
    }

    private func verifiesEd25519(_ signature: [UInt8], _ message: [UInt8]) -> Bool {
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    private func verifiesECDSA(_ compact: [UInt8], _ message: [UInt8]) -> Bool {
        var signature = secp256k1_ecdsa_signature()
        guard var key = Self.parsed(bytes), let context = csecp256k1_verifying_context(),
            secp256k1_ecdsa_signature_parse_compact(context, &signature, compact) == 1
        else { return false }
        return secp256k1_ecdsa_verify(context, &signature, Digest(of: message).bytes, &key) == 1
    }

    private static func parsed(_ bytes: [UInt8]) -> secp256k1_pubkey? {
        var key = secp256k1_pubkey()
        guard let context = csecp256k1_verifying_context(),
            secp256k1_ec_pubkey_parse(context, &key, bytes, bytes.count) == 1
        else { return nil }
        return key
    }

    private static func bytes(hexadecimal text: Substring) -> [UInt8]? {
        guard text.utf8.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var rest = text
        while !rest.isEmpty {
            guard rest.first?.isHexDigit == true, let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
