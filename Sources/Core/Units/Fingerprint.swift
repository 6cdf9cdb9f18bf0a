/// 128 bits made from words in turn: what was made from others is told apart but for a chance of one in 2^100 or less. No defence
/// against whoever chooses the words.
public struct Fingerprint: Hashable, BitwiseCopyable, Sendable {
    private var low: UInt64 = 0x243f_6a88_85a3_08d3
    private var high: UInt64 = 0x1319_8a2e_0370_7344

    public init() {}

    /// Two multiplications by odd constants, each folded and carried into the other.
    public mutating func add(_ word: UInt64) {
        let first = (low ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        let second = (high &+ word).multipliedFullWidth(by: 0xd1b5_4a32_d192_ed03)
        low = first.high ^ first.low &+ second.high
        high = second.low ^ first.high &+ 0x2545_f491_4f6c_dd1d
    }
}
