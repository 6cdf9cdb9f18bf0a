/// The digest that names files and logs. FIPS 180-4; a running one, so that a tape of any length has a name.
///
/// It says that two things are the same, nothing about who made them: what is signed goes through OpenSSL in `Signing`, which
/// pure modules cannot reach. About 200 MB/s. Example: `update` with each piece, then `hex`.
public struct SHA256: Sendable {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    private var block: [UInt8] = []
    private var length: UInt64 = 0

    public init() { block.reserveCapacity(64) }

    public static func hex(of bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes.span.bytes)
        return digest.hex
    }

    public mutating func update(_ bytes: RawSpan) {
        length += UInt64(bytes.byteCount)
        bytes.withUnsafeBytes { bytes in
            var position = 0
            if !block.isEmpty {
                position = min(64 - block.count, bytes.count)
                block.append(contentsOf: bytes[..<position])
                guard block.count == 64 else { return }
                block.withUnsafeBytes { Self.compress(&state, $0) }
                block.removeAll(keepingCapacity: true)
            }
            while bytes.count - position >= 64 {
                Self.compress(&state, UnsafeRawBufferPointer(rebasing: bytes[position..<position + 64]))
                position += 64
            }
            block.append(contentsOf: bytes[position...])
        }
    }

    /// Of what was given so far, in lowercase digits. More may follow.
    public var hex: String {
        var copy = self
        var padding: [UInt8] = [0x80]
        padding += [UInt8](repeating: 0, count: (119 - block.count) % 64)
        padding += (0..<8).map { UInt8(truncatingIfNeeded: (length * 8) >> UInt64(56 - 8 * $0)) }
        copy.update(padding.span.bytes)
        return copy.state.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 8 - text.count) + text
        }.joined()
    }

    private static func compress(_ state: inout [UInt32], _ block: UnsafeRawBufferPointer) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            for i in 0..<16 {
                schedule[i] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self))
            }
            for i in 16..<64 {
                let (a, b) = (schedule[i - 15], schedule[i - 2])
                let first = turn(a, 7) ^ turn(a, 18) ^ a >> 3
                let second = turn(b, 17) ^ turn(b, 19) ^ b >> 10
                schedule[i] = schedule[i - 16] &+ first &+ schedule[i - 7] &+ second
            }
            rounds(&state, schedule)
        }
    }

    private static func rounds(_ state: inout [UInt32], _ schedule: UnsafeMutableBufferPointer<UInt32>) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        constants.withUnsafeBufferPointer { constants in
            for i in 0..<64 {
                let choice = (e & f) ^ (~e & g)
                let first = h &+ (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) &+ choice &+ constants[i] &+ schedule[i]
                let second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) &+ ((a & b) ^ (a & c) ^ (b & c))
                (h, g, f, e) = (g, f, e, d &+ first)
                (d, c, b, a) = (c, b, a, first &+ second)
            }
        }
        for (i, value) in [a, b, c, d, e, f, g, h].enumerated() { state[i] &+= value }
    }

    @inline(__always)
    private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
