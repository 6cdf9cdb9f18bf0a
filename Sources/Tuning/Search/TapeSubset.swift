/// The tapes that a generation is tried on: a fresh part of all, the same for every candidate of the generation.
///
/// Shared, because candidates that met different tapes differ by luck; fresh, because a search that always meets the same
/// eight learns those eight by heart. Example: `TapeSubset(of: 60, count: 8, seed: 1, generation: 0).tapes`.
public struct TapeSubset: Hashable, Sendable {
    /// In rising order.
    public let tapes: [Int]

    public init(of total: Int, count: Int, seed: UInt64, generation: Int) {
        precondition(count > 0 && count <= total, "Condition: a subset has between one and all of the tapes")
        var random = StudyRandom(seed: seed, .tapes, UInt64(generation))
        tapes = random.order(of: total, taking: count).sorted()
    }
}
