/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the one source of
/// randomness for generated worlds and tests. Same seed, same numbers, on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from zero up to, not including, the bound. The bias is below bound / 2^64.
    public mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0, "Condition: a bound is positive")
        return next().multipliedFullWidth(by: bound).high
    }

    /// A number from 0 up to, not including, 1, with 53 bits.
    public mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number from the range, both ends included.
    public mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(below(UInt64(range.upperBound - range.lowerBound) + 1))
    }
}
