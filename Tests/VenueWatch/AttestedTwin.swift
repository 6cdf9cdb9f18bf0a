import Domain
import Margin
import PlainNumbers
import Units

/// Levels below and above, and accounts that can be liquidated whatever the price.
struct AttestedTwin: VenueTwin {
    let rules: any MarginRules = AttestedRules()
    private let count: Int

    init(_ generator: inout SeededGenerator) { count = generator.within(1...4) }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        for i in 0..<count {
            watch.define(.plain(i, decimals: 18))
            watch.set(ReserveIndex(i), price: Price(baseUnits: generator.number(bits: 12...90)))
        }
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        let i = generator.within(0...count - 1)
        let level = generator.moved(watch.price(i), millionths: 30_000)
        switch generator.below(10) {
        case 0: return ([Leg(ReserveIndex(i), .entry, 1)], .none)
        case 1: return ([], .none)
        case 2...5: return ([Leg(ReserveIndex(i), .debt, level)], .none)
        default: return ([Leg(ReserveIndex(i), .collateral, level)], .none)
        }
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        watch.movePrice(generator.within(0...count - 1), &generator)
    }
}
