public import Units

/// How far figures would vary if the same number of observations came again: they are drawn from those that came, with
/// replacement (Efron, 1979), and the middle 95 % of the results is the interval (the percentile method).
///
/// It takes observations for independent. Those that come in bursts are not; where a burst can be told, it is drawn whole.
public enum Bootstrap {
    public static let rounds = 1_000

    /// Knots at every sixteenth with their interval. At least two samples.
    public static func quantiles(
        _ samples: [Int64], _ random: inout SeededGenerator
    ) -> (centre: [Int64], low: [Int64], high: [Int64]) {
        precondition(samples.count >= 2, "Condition: there are samples")
        let sorted = samples.sorted()
        let centre = (0..<ModelKey.knots).map { knot($0, count: sorted.count) { sorted[$0] } }
        var results = [[Int64]](repeating: [], count: ModelKey.knots)
        var counts = [UInt32](repeating: 0, count: sorted.count)
        for _ in 0..<rounds {
            let again = resample(sorted, &counts, &random)
            for step in again.indices { results[step].append(again[step]) }
        }
        var (low, high) = (centre, centre)
        for step in 1..<ModelKey.knots - 1 {
            let found = interval(&results[step])
            (low[step], high[step]) = (min(found.low, centre[step]), max(found.high, centre[step]))
        }
        return (centre, low, high)
    }

    /// The ends of the middle 95 %.
    static func interval<Value: Comparable>(_ results: inout [Value]) -> (low: Value, high: Value) {
        results.sort()
        let cut = results.count / 40
        return (results[cut], results[results.count - 1 - cut])
    }

    /// A straight line between the two samples around it (Hyndman and Fan's seventh).
    private static func knot(_ step: Int, count: Int, _ value: (Int) -> Int64) -> Int64 {
        let (place, rest) = (step * (count - 1)).quotientAndRemainder(dividingBy: ModelKey.knots - 1)
        let low = value(place)
        guard rest > 0 else { return low }
        return low + (value(place + 1) - low) * Int64(rest) / Int64(ModelKey.knots - 1)
    }

    /// One round: how often each sample was drawn, and the knots of that.
    private static func resample(
        _ sorted: [Int64], _ counts: inout [UInt32], _ random: inout SeededGenerator
    ) -> [Int64] {
        for i in counts.indices { counts[i] = 0 }
        for _ in sorted { counts[Int(random.below(UInt64(sorted.count)))] += 1 }
        var (position, passed) = (0, Int(counts[0]))
        func value(_ rank: Int) -> Int64 {
            while passed <= rank {
                position += 1
                passed += Int(counts[position])
            }
            return sorted[position]
        }
        return (0..<ModelKey.knots).map { step in
            let before = (position, passed)
            let found = knot(step, count: sorted.count, value)
            // The next knot may begin at the sample before the one that this one ended at.
            (position, passed) = before
            return found
        }
    }
}
