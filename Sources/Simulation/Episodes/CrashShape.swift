import Units

/// The path of ether in dollars over the day, as a share of where it began: falls of 11 January 2021 with the bounces between.
enum CrashShape {
    /// Share of the day, share of the price. The low is 27 % below the start.
    private static let corners: [(at: Double, price: Double)] = [
        (0, 1), (0.10, 0.985), (0.18, 0.945), (0.24, 0.955), (0.33, 0.865), (0.39, 0.905), (0.47, 0.815), (0.53, 0.85),
        (0.62, 0.73), (0.68, 0.80), (0.76, 0.765), (0.86, 0.83), (1, 0.845),
    ]

    /// A straight line between the corners.
    static func price(at share: Double) -> Double {
        for (from, to) in zip(corners, corners.dropFirst()) where share <= to.at {
            return from.price + (to.price - from.price) * (share - from.at) / (to.at - from.at)
        }
        return corners[corners.count - 1].price
    }
}

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
