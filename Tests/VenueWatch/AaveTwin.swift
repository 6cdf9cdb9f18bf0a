import Aave
import Domain
import Margin
import PlainNumbers
import Units

/// Aave in every version, with efficiency modes that governance changes; before 3.2 some with a price of their own.
struct AaveTwin: VenueTwin {
    let rules: any MarginRules
    private let count: Int
    private let version: AaveVersion

    /// Until 3.1 a mode may have a price of its own; such an account is ranked by where its own prices are.
    func isRankedExactly(_ traits: AccountTraits) -> Bool { traits.category == 0 || version >= .v3_3 }

    init(_ generator: inout SeededGenerator) {
        count = generator.within(2...5)
        version = AaveVersion.allCases[generator.within(0...AaveVersion.allCases.count - 1)]
        rules = AaveRules(version)
    }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        for i in 0..<count {
            watch.define(
                .plain(i, decimals: [6, 8, 18][generator.within(0...2)], threshold: generator.within(4_000...9_000)))
            watch.set(ReserveIndex(i), price: Price(baseUnits: UInt128(generator.within(1...3_000)) * 1_00000000))
            watch.accrue(i, &generator)
        }
        for category in 1...3 { setMode(UInt8(category), &watch, &generator) }
    }

    /// New terms, and now and then one more member.
    private func setMode(_ category: UInt8, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let source = generator.below(3) == 0 ? ReserveIndex(generator.within(0...count - 1)) : nil
        let terms = EfficiencyTerms(
            category: category, liquidationThreshold: .basisPoints(UInt32(generator.within(8_000...9_700))),
            liquidationBonus: .basisPoints(10_100), priceSource: source)
        watch.set(terms, in: Self.market)
        for i in 0..<count where generator.below(3) == 0 {
            _ = watch.set(ReserveIndex(i), isMember: true, ofCategory: category, in: Self.market)
        }
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        var legs: [Leg] = []
        for _ in 0..<generator.within(1...3) {
            let reserve = ReserveIndex(generator.within(0...count - 1))
            guard !legs.contains(where: { $0.factor.reserve == reserve }) else { continue }
            legs.append(Leg(reserve, .collateral, generator.number(bits: 10...70)))
        }
        for _ in 0..<generator.within(1...2) {
            legs.append(Leg(ReserveIndex(generator.within(0...count - 1)), .debt, generator.number(bits: 30...50)))
        }
        return (legs, AccountTraits(category: UInt8(generator.within(0...3))))
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let i = generator.within(0...count - 1)
        switch generator.below(24) {
        case 0: setMode(UInt8(generator.within(1...3)), &watch, &generator)
        case 1:
            let decimals = watch.reserves.row(ReserveIndex(i))?.decimals ?? 18
            watch.define(.plain(i, decimals: Int(decimals), threshold: generator.within(0...9_000)))
        case 2...7: watch.accrue(i, &generator)
        default: watch.movePrice(i, &generator)
        }
    }
}
