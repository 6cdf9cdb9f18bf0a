import Units

/// How many rivals compete, by how unequally they win.
///
/// With n wins, nᵢ of them by the i-th winner, two wins drawn without replacement are of the same one with chance
/// λ = Σ nᵢ(nᵢ − 1) / n(n − 1) (Simpson, 1949, unbiased). 1/λ rivals that win equally often would be as likely to meet themselves:
/// that many are supposed. It says nothing of those who never won.
struct RivalCount {
    /// Wins by winner, in bursts: those of one moment are one event.
    private(set) var bursts: [Int64: [Int: UInt64]] = [:]
    private var names: [String: Int] = [:]
    private(set) var wins: UInt64 = 0

    var winners: Int { names.count }

    mutating func add(_ winner: String, at moment: Int64) {
        let number = names[winner] ?? names.count
        names[winner] = number
        bursts[moment, default: [:]][number, default: 0] += 1
        wins += 1
    }

    /// In thousandths; `nil` when no winner won twice.
    func fit(_ random: inout SeededGenerator) -> (centre: Int64, low: Int64, high: Int64)? {
        let events = bursts.sorted { $0.key < $1.key }.map { $0.value.sorted { $0.key < $1.key } }
        var counts = [UInt64](repeating: 0, count: names.count)
        for event in events { for (winner, count) in event { counts[winner] += count } }
        guard let found = Self.unbiased(counts) else { return nil }
        // Drawn with replacement, wins repeat each other: a round's mean is that of the biased index, which is set right.
        let total = Double(wins)
        let squares = counts.reduce(0.0) { $0 + Double($1) * Double($1) }
        let bias = found / (total * total / squares)
        var rounds: [Double] = []
        for _ in 0..<Bootstrap.rounds {
            var again = [UInt64](repeating: 0, count: counts.count)
            for _ in events {
                for (winner, count) in events[Int(random.below(UInt64(events.count)))] { again[winner] += count }
            }
            if let value = Self.unbiased(again) { rounds.append(value * bias) }
        }
        guard !rounds.isEmpty else { return nil }
        let ends = Bootstrap.interval(&rounds)
        let range = ModelKey.rivalCount.range
        func thousandths(_ value: Double) -> Int64 {
            min(max(Int64((value * 1_000).rounded()), range.lowerBound), range.upperBound)
        }
        let centre = thousandths(found)
        return (centre, min(thousandths(ends.low), centre), max(thousandths(ends.high), centre))
    }

    private static func unbiased(_ counts: [UInt64]) -> Double? {
        let total = Double(counts.reduce(0, +))
        let meetings = counts.reduce(0.0) { $0 + Double($1) * (Double($1) - 1) }
        return meetings > 0 ? total * (total - 1) / meetings : nil
    }
}
