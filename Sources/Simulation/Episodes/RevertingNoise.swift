import Units

/// Noise that returns to zero: each step keeps nine tenths of the last and adds a deviate.
struct RevertingNoise {
    private(set) var value = 0.0
    let size: Double

    init(size: Double) {
        self.size = size
    }

    mutating func step(_ random: inout SeededGenerator) {
        value = value * 0.9 + size * Self.deviate(&random)
    }

    /// Close to normal with variance 1: twelve uniform numbers less six (Irwin and Hall). No logarithm, no cosine: their last
    /// bits differ between machines.
    static func deviate(_ random: inout SeededGenerator) -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += random.fraction() }
        return sum
    }
}
