import Numerics
import Units

/// One made-up tape: how crowded, dear, deep, quick and restless the market is on it, and twelve opportunities.
///
/// A function of its number alone. The optimum differs from tape to tape, so eight tapes say only so much about the rest.
public struct BiddingTape: Sendable {
    public struct Opportunity: Sendable {
        let size: Double
        let rival: Double
        let surprise: Double
        let slip: Double
    }

    static let opportunityCount = 12

    let crowd: Double
    let gas: Double
    let depth: Double
    let rivalMilliseconds: Double
    let volatility: Double
    let demand: Double
    let opportunities: [Opportunity]

    public init(number: Int) {
        var random = SeededGenerator(seed: 1_000_003 * UInt64(number) + 77)
        crowd = 0.25 + 0.35 * random.fraction()
        gas = Elementary.exp(0.5 * random.bell())
        depth = Elementary.exp(0.4 * random.bell())
        rivalMilliseconds = 60 * Elementary.exp(0.6 * random.bell())
        volatility = 0.006 * Elementary.exp(0.4 * random.bell())
        demand = 0.6 + 0.8 * random.fraction()
        var list: [Opportunity] = []
        for _ in 0..<Self.opportunityCount {
            let size = Elementary.exp(0.7 * random.bell())
            let rival = crowd + 0.12 * random.bell()
            let surprise = random.bell()
            list.append(Opportunity(size: size, rival: rival, surprise: surprise, slip: random.bell()))
        }
        opportunities = list
    }
}

extension SeededGenerator {
    /// About normal: four fractions, centred, to a deviation of 1. No logarithm, so that Python draws the same bits.
    fileprivate mutating func bell() -> Double {
        var total = fraction()
        for _ in 0..<3 { total += fraction() }
        return (total - 2) * 3.0.squareRoot()
    }
}
