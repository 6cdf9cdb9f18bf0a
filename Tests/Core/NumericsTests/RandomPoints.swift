/// Points for sampling from a seed (SplitMix64): this module's tests use nothing of the project but the module.
struct RandomPoints {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func between(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * Double(next() >> 11) * 0x1p-53
    }

    /// Any positive finite number, every binade alike.
    mutating func positive() -> Double { Double(bitPattern: next() % 0x7FF0_0000_0000_0000) }
}

/// The distance of two finite numbers of one sign in units in the last place.
func ulps(_ a: Double, _ b: Double) -> UInt64 {
    a.bitPattern > b.bitPattern ? a.bitPattern - b.bitPattern : b.bitPattern - a.bitPattern
}
