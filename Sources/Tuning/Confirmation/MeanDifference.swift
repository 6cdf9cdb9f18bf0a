import Search

/// By how much a candidate beats the default, tape by tape, and how sure that is: a paired bootstrap (Efron and Tibshirani, "An
/// introduction to the bootstrap", 1993; percentile interval).
///
/// Paired, because both met the same tapes and what the tape did to both falls out. With `block` above 1 whole stretches of
/// neighbouring tapes are drawn (moving blocks, round the end), for folds whose order is time. Same seed, same interval.
public struct MeanDifference: Hashable, Sendable {
    public static let resamples = 1_000

    public let tapes: Int
    public let mean: Double
    public let low: Double
    public let high: Double
    /// The share of resamples with a mean above 0.
    public let chanceAboveZero: Double

    public init(
        candidate: [Double], baseline: [Double], seed: UInt64, block: Int = 1, confidence: Double = 0.95,
        resamples: Int = resamples
    ) {
        precondition(candidate.count == baseline.count, "Condition: pairs have two halves")
        precondition(
            !candidate.isEmpty && block > 0 && block <= candidate.count, "Condition: there is a block of tapes")
        precondition(confidence > 0 && confidence < 1 && resamples > 0, "Condition: an interval has a confidence")
        let differences = zip(candidate, baseline).map { $0 - $1 }
        var random = StudyRandom(seed: seed, .bootstrap, UInt64(block))
        let means = (0..<resamples).map { _ in Self.resampledMean(differences, block, &random) }.sorted()
        tapes = differences.count
        mean = differences.reduce(0, +) / Double(tapes)
        low = Self.quantile((1 - confidence) / 2, of: means)
        high = Self.quantile((1 + confidence) / 2, of: means)
        chanceAboveZero = Double(means.filter { $0 > 0 }.count) / Double(resamples)
    }

    private static func resampledMean(_ values: [Double], _ block: Int, _ random: inout StudyRandom) -> Double {
        var (sum, taken) = (0.0, 0)
        while taken < values.count {
            let start = random.position(below: values.count)
            for offset in 0..<min(block, values.count - taken) { sum += values[(start + offset) % values.count] }
            taken += block
        }
        return sum / Double(values.count)
    }

    /// Between the two nearest of sorted values.
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }
}
