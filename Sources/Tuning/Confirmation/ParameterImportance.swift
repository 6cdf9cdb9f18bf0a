public import Search

/// How much of the scores' variance goes with one parameter alone: the correlation ratio, corrected for luck (Kelley's ε², 1935).
///
/// The trials are put into bins by the parameter's value: a choice or a whole number with few values by value, others into
/// five bins of equal numbers. ε² = (between − (k − 1) · within mean square) / total, at least 0. It sees no interaction, and in a
/// search that has closed in on a point it speaks of that neighbourhood only.
public struct ParameterImportance: Hashable, Sendable {
    public static let bins = 5

    public let parameter: String
    /// 0...1.
    public let share: Double

    /// One for each parameter of the space, in its order.
    public static func of(_ trials: [ScoredPoint], in space: SearchSpace) -> [ParameterImportance] {
        let finite = trials.filter { $0.score.isFinite }
        return space.parameters.indices.map { position in
            let labels = Self.labels(finite.map { $0.point[position] })
            return ParameterImportance(
                parameter: space.parameters[position].name, share: share(finite.map(\.score), labels))
        }
    }

    /// The bin of every value. Equal values are always in one bin.
    private static func labels(_ values: [Double]) -> [Int] {
        let different = Set(values).sorted()
        guard different.count > bins else { return values.map { value in different.firstIndex(of: value) ?? 0 } }
        let sorted = values.sorted()
        let cuts = (1..<bins).map { sorted[$0 * sorted.count / bins] }
        return values.map { value in cuts.filter { value >= $0 }.count }
    }

    private static func share(_ scores: [Double], _ labels: [Int]) -> Double {
        let groups = Dictionary(grouping: scores.indices, by: { labels[$0] }).sorted { $0.key < $1.key }.map(\.value)
        guard groups.count > 1, scores.count > groups.count else { return 0 }
        let mean = scores.reduce(0, +) / Double(scores.count)
        let total = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard total > 0 else { return 0 }
        let between = groups.reduce(0) { sum, group in
            let own = group.reduce(0) { $0 + scores[$1] } / Double(group.count) - mean
            return sum + Double(group.count) * own * own
        }
        let within = (total - between) / Double(scores.count - groups.count)
        return min(max((between - Double(groups.count - 1) * within) / total, 0), 1)
    }
}
