import Domain
import MarginEngine
import Units

/// Prices between an episode's own, such as a busy feed has: each reserve's last stated price, up to twenty millionths
/// above or below it, one reserve after the other. From a seed, in integers.
public struct PriceTicks: Sendable {
    public let perBlock: Int
    private var random: SeededGenerator
    private var stated: [UInt128?]
    private var turn = 0

    public static let perBlockMax = 100_000
    private static let partsPerMillion: UInt64 = 20

    public init(perBlock: Int, reserves: Int, seed: UInt64) {
        precondition(
            (0...Self.perBlockMax).contains(perBlock), "Condition: the ticks of a block are within their bound")
        self.perBlock = perBlock
        random = SeededGenerator(seed: seed)
        stated = Array(repeating: nil, count: reserves)
    }

    mutating func note(_ event: EpisodeEvent) {
        if case .price(let reserve, let price) = event { stated[reserve.position] = price.baseUnits }
    }

    /// `nil` while nothing has a price.
    mutating func next() -> (ReserveIndex, Price)? {
        for _ in stated.indices {
            turn = turn + 1 == stated.count ? 0 : turn + 1
            guard let price = stated[turn] else { continue }
            let parts = 1_000_000 - Self.partsPerMillion + random.below(2 * Self.partsPerMillion + 1)
            let (whole, rest) = price.quotientAndRemainder(dividingBy: 1_000_000)
            let moved = whole * UInt128(parts) + rest * UInt128(parts) / 1_000_000
            return (ReserveIndex(turn), Price(baseUnits: max(1, moved)))
        }
        return nil
    }
}
