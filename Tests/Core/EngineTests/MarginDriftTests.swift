import Domain
import Strategy
import Testing
import Units

@testable import Engine

/// How far an asset may go before what was bounded with it has to be bounded anew, wherever on the way it was bounded.
@Suite struct MarginDriftTests {
    @Test(arguments: 0..<MarginDrift.tierCount)
    func `two places that an anchor takes for one are no further apart than the drift`(tier: Int) {
        let drift = MarginDrift.tiers[tier]
        var generator = SeededGenerator(seed: 77)
        var ceilings = MarginCeilings()
        var place = MarginPlace()
        (place.price, place.supplyIndex, place.borrowIndex, place.pool) = (2_000, 1, 1, 1)
        var (number, alike, changes, widest) = (ceilings.number(of: ReserveIndex(0), tier: tier), [place], 0, 0.0)
        for _ in 0..<2_000 {
            place.price *= generator.step(drift.price / 5)
            place.supplyIndex *= generator.step(drift.price / 9)
            place.borrowIndex *= generator.step(drift.price / 7)
            place.pool *= generator.step(drift.pool / 5)
            ceilings.follow(ReserveIndex(0), place)
            let now = ceilings.number(of: ReserveIndex(0), tier: tier)
            if now != number {
                (number, alike) = (now, [])
                changes += 1
            }
            for other in alike {
                #expect(place.isNear(other, within: drift), "after \(changes) changes: \(place) \(other)")
                widest = max(widest, abs(place.price / other.price - 1))
            }
            alike.append(place)
        }
        #expect(changes > 10 && widest > drift.price * 0.7, "\(changes) changes, \(widest) apart")
    }
}

extension SeededGenerator {
    /// Up or down by at most so much.
    fileprivate mutating func step(_ most: Double) -> Double {
        1 + most * (Double(below(2_001)) / 1_000 - 1)
    }
}
