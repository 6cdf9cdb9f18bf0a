import Signing
import Testing

/// Golden vectors: FIPS 180-4 examples and RFC 4231.
@Suite struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `a digest is the one of the standard`(message: String, hex: String) {
        #expect(Digest(of: Array(message.utf8)).hex == hex)
    }

    @Test func `a million bytes digest to the one of the standard`() {
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(Digest(of: message).hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    struct Keyed: Sendable {
        let key: [UInt8], message: [UInt8], hex: String
    }

    /// RFC 4231, test cases 1, 2, 3, 6 and 7: short, ASCII, repeated, and keys longer than a block.
    static let keyed = [
        Keyed(
            key: Array(repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            hex: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Keyed(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            hex: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Keyed(
            key: Array(repeating: 0xaa, count: 20), message: Array(repeating: 0xdd, count: 50),
            hex: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Keyed(
            key: Array(repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            hex: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Keyed(
            key: Array(repeating: 0xaa, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            hex: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test(arguments: Self.keyed)
    func `a keyed digest is the one of the standard`(vector: Keyed) {
        #expect(Digest(of: vector.message, key: vector.key).hex == vector.hex)
    }

    @Test func `an empty key is a key of its own, whatever was signed before`() {
        let before = Digest(of: [1], key: [1, 2, 3])
        let empty = Digest(of: [], key: [])
        #expect(empty.hex == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(before != empty)
    }

    @Test func `a comparison in constant time sees a difference in any byte`() {
        let digest = Digest(of: [1])
        #expect(digest.isEqualInConstantTime(to: Digest(of: [1])))
        #expect(!digest.isEqualInConstantTime(to: Digest(of: [2])))
    }
}
