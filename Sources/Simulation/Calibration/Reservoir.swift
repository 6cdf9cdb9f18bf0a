import Units

/// A bounded, fair sample of a stream of numbers: every one that came has the same chance to be kept (algorithm R, Vitter 1985).
public struct Reservoir: Sendable {
    public private(set) var kept: [Int64] = []
    /// How many came.
    public private(set) var count: UInt64 = 0
    private var random: SeededGenerator

    public static let size = 20_000

    public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    public mutating func add(_ value: Int64) {
        count += 1
        guard kept.count >= Self.size else { return kept.append(value) }
        let place = random.below(count)
        if place < UInt64(Self.size) { kept[Int(place)] = value }
    }
}
