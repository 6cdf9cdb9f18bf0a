public import Domain
public import Margin

/// How the factors of different instruments move together. The factors of one instrument move as one.
public struct Correlations: Equatable, Sendable {
    /// Between instruments of which nothing is known.
    public var other: Double
    private var known: [Pair: Double] = [:]

    private struct Pair: Hashable { var low: ReserveIndex, high: ReserveIndex }

    public init(other: Double) {
        precondition(other >= -1 && other <= 1, "Condition: a correlation lies between minus one and one")
        self.other = other
    }

    public mutating func set(_ a: ReserveIndex, _ b: ReserveIndex, to value: Double) {
        precondition(value >= -1 && value <= 1, "Condition: a correlation lies between minus one and one")
        known[Pair(low: min(a, b), high: max(a, b))] = value
    }

    public func between(_ a: ReserveIndex, _ b: ReserveIndex) -> Double {
        a == b ? 1 : known[Pair(low: min(a, b), high: max(a, b))] ?? other
    }
}

extension Exposure {
    /// The deviation of the account's excess over the horizon that its factors' scales are for: √(Σᵢⱼ ρᵢⱼ·mᵢ·mⱼ). What
    /// offsets within the account offsets here.
    public func deviation(_ correlations: Correlations) -> Double {
        var variance = 0.0
        for a in moves {
            for b in moves {
                variance += a.change * b.change * correlations.between(a.factor.reserve, b.factor.reserve)
            }
        }
        return max(variance, 0).squareRoot()
    }
}

/// An account and its chance to cross within the horizon.
public struct CrossingChance: Equatable, Sendable {
    public var account: AccountIndex
    public var probability: Double
}

extension MarginWatch {
    /// The accounts most likely to cross, the likeliest first (equal chances by index), out of the risk heap: what is worth
    /// preparing.
    public func likeliest(
        _ count: Int, _ passage: FirstPassage, _ correlations: Correlations
    ) -> [CrossingChance] {
        var chances: [CrossingChance] = []
        for account in index.hotAccounts {
            guard let exposure = exposure(of: account) else { continue }
            let probability = passage.probability(
                excess: exposure.excess, deviation: exposure.deviation(correlations))
            chances.append(CrossingChance(account: account, probability: probability))
        }
        chances.sort { ($1.probability, $0.account) < ($0.probability, $1.account) }
        return Array(chances.prefix(count))
    }
}
