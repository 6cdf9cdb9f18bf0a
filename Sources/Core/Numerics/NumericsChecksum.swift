/// One number over the bits of a million results: whoever gets another one has another arithmetic.
///
/// The tests of the debug build and `bailiff-bench numerics-checksum` of the release build both compare with `golden`. A replay
/// on a machine that fails here could decide differently.
public enum NumericsChecksum {
    /// Changes only with the functions themselves, and then with every recorded figure that depends on them.
    public static let golden: UInt64 = 0x7D22_6BC0_4468_9AF1
    public static let rounds = 200_000

    /// FNV-1a over 64-bit words: six results a round, and the slow functions now and then.
    public static func sweep() -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var state: UInt64 = 0
        func add(_ value: Double) { hash = (hash ^ value.bitPattern) &* 0x0000_0100_0000_01B3 }
        for round in 0..<rounds {
            let a = Self.fraction(&state)
            let b = Self.fraction(&state)
            add(Elementary.exp(1_460 * a - 750))
            // Every binade, subnormal numbers included: the bits of a positive finite number.
            add(Elementary.log(Double(bitPattern: UInt64(b * 0x1p53) &* 1_023)))
            add(Elementary.log1p(4 * a * b - 0.999))
            add(Normal.density(80 * a - 40))
            add(Normal.cumulative(80 * b - 40))
            add(Normal.inverseCumulative(a * b))
            guard round % 1_000 == 0 else { continue }
            add(StudentT(degrees: 3 + 100 * a).upperQuantile(0.5 * b + 0x1p-60))
            let lanes = Normal.survival(lanes: FourDoubles(repeating: 75 * a - 37.5), FourDoubles(repeating: 37.5 * b))
            for lane in lanes.indices { add(lanes[lane]) }
        }
        return hash
    }

    /// SplitMix64, 53 bits, 0..<1: this module uses nothing, not even the project's own generator.
    private static func fraction(_ state: inout UInt64) -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
}
