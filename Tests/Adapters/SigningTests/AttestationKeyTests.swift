import Signing
import Testing

/// Signatures made with OpenSSL's command line over the same message, one key of each scheme; RFC 8032 beside them.
@Suite struct AttestationKeyTests {
    private let message = Array("bailiff-attestation-1\ndark\n0xabc\n7\nETH\nbelow\n150000000000".utf8)

    struct Vector: CustomTestStringConvertible, Sendable {
        var key: String
        var signature: String
        var testDescription: String { key }
    }

    static let vectors = [
        Vector(
            key: "secp256k1:02c493844865406f9606bc5301161d3a0e4ccf7a92a20743d9200e81418c4bcaca",
            signature: "8a939bd63231d5d48671ca56835c1fab568206ca6bfa2ab839c000a28de87ae9"
                + "0f3f3624b31e326caf48a148757ae7f093f5a1b77ca90490e81c96f7d9cd0415"),
        Vector(
            key: "ed25519:1c89625228f127699e2b0d6d99984416257a83f359cc4eed2603451925896f10",
            signature: "1acc30fc8c5af45c2e888efaa33521d941f8fa129c30cb3c77af697f585bfb07"
                + "e1065aea66a4d8f38035cc00e4bf7160760e349e5678358379ba89702452c901"),
    ]

    @Test(arguments: vectors)
    func `a signature by the key verifies, and a changed bit anywhere does not`(vector: Vector) throws {
        let key = try #require(AttestationKey(vector.key))
        let signature = Self.bytes(vector.signature)
        #expect(key.verifies(signature, of: message))
        for place in stride(from: 0, to: 64, by: 7) {
            var damaged = signature
            damaged[place] ^= 4
            #expect(!key.verifies(damaged, of: message), "byte \(place)")
        }
        #expect(!key.verifies(signature, of: message + [0]))
        #expect(!key.verifies(Array(signature.dropLast()), of: message))
        #expect(!key.verifies([], of: message))
    }

    @Test func `a key verifies nothing that another one signed`() throws {
        let edwards = try #require(AttestationKey(Self.vectors[1].key))
        #expect(!edwards.verifies(Self.bytes(Self.vectors[0].signature), of: message))
    }

    @Test func `the first test vector of RFC 8032 verifies`() throws {
        let key = try #require(
            AttestationKey("ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
        let signature =
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        #expect(key.verifies(Self.bytes(signature), of: []))
    }

    /// libsecp256k1 verifies only the lower of the two equal signatures: the other would make a second proof of one level.
    @Test func `the higher S is refused`() throws {
        let key = try #require(AttestationKey(Self.vectors[0].key))
        let high =
            "8a939bd63231d5d48671ca56835c1fab568206ca6bfa2ab839c000a28de87ae9"
            + "f0c0c9db4ce1cd9350b75eb78a85180e26b93b2f329f9baad7b5c794f6693d2c"
        #expect(!key.verifies(Self.bytes(high), of: message))
    }

    @Test(arguments: [
        "", "ed25519", "ed25519:", "rsa:00", "ed25519:00:00", "ed25519:1c89",
        "secp256k1:" + String(repeating: "00", count: 33),
        "ed25519:" + String(repeating: "zz", count: 32),
    ])
    func `what is no key is none`(text: String) {
        #expect(AttestationKey(text) == nil)
    }

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }
}
