import Domain
import Euler
import Liquity
import Margin
import PlainNumbers
import Units

/// Thresholds that come down while prices move and time passes.
struct EulerTwin: VenueTwin {
    let rules: any MarginRules = EulerRules()
    private let count: Int
    private var now: Int64 = 1_700_000_000
    private static let wad: UInt128 = 1_000_000_000_000_000_000

    init(_ generator: inout SeededGenerator) { count = generator.within(2...4) }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        watch.setClock(of: Self.market, to: Moment.start + .seconds(now))
        for i in 0..<count {
            watch.define(.plain(i, decimals: [6, 8, 18][generator.within(0...2)], threshold: i == 0 ? 0 : 7_000))
            watch.set(ReserveIndex(i), price: Price(baseUnits: UInt128(generator.within(1...3_000)) * Self.wad))
        }
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        var legs = [Leg(ReserveIndex(0), .debt, 1 << 80)]
        let index = watch.reserves.row(ReserveIndex(0))?.borrowIndex.value ?? 1
        legs.append(Leg(ReserveIndex(0), .accrual, index - generator.number(bits: 1...80)))
        for i in 1..<count where i == 1 || generator.below(2) == 0 {
            legs.append(Leg(ReserveIndex(i), .collateral, generator.number(bits: 16...80)))
        }
        return (legs, .none)
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let i = generator.within(0...count - 1)
        switch generator.below(24) {
        case 0, 1: lower(generator.within(1...count - 1), &watch, &generator)
        case 2...9:
            now += [0, 1, 12, 600, 20_000, 200_000][generator.within(0...5)]
            watch.setClock(of: Self.market, to: Moment.start + .seconds(now))
        case 10...13: watch.accrue(0, &generator)
        default: watch.movePrice(i, &generator)
        }
    }

    /// A new threshold, as governance sets it: from where the old one stands, in a straight line.
    private func lower(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        guard let row = watch.reserves.row(ReserveIndex(i)) else { return }
        let target = generator.below(10) == 0 ? 0 : generator.within(4_000...9_000)
        let duration = Int64([0, 60, 7_200, 400_000][generator.within(0...3)])
        let ramp = ThresholdRamp(
            initial: row.liquidationThreshold, end: Moment.start + .seconds(now + duration),
            duration: .seconds(duration))
        watch.set(ReserveIndex(i), terms: .lending(LendingTerms(collateralFactor: Wad(0), ramp: ramp)))
        watch.define(.plain(i, decimals: Int(row.decimals), threshold: target))
    }
}

/// A system that goes in and out of recovery mode.
struct LiquityTwin: VenueTwin {
    let rules: any MarginRules
    private let isFirst: Bool
    private static let wad: UInt128 = 1_000_000_000_000_000_000

    init(_ generator: inout SeededGenerator) {
        isFirst = generator.below(4) > 0
        rules = LiquityRules(isFirst ? .v1 : .v2)
    }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        watch.define(.plain(0, decimals: 18, parts: generator.within(500...20_000)))
        watch.set(ReserveIndex(0), terms: .lending(LendingTerms(collateralFactor: Wad(Self.wad / 10 * 11))))
        watch.set(ReserveIndex(0), price: Price(baseUnits: 1_500 * Self.wad))
        // Exactly at the critical ratio: 1 000 ETH at 1 500 against a million.
        watch.update(ReserveIndex(0)) { $0.totals = Totals(assets: 1_000 * Self.wad, shares: 1_000_000 * Self.wad) }
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        let collateral = Leg(ReserveIndex(0), .collateral, generator.number(bits: 50...75))
        return ([collateral, Leg(ReserveIndex(0), .debt, 1 << 70)], .none)
    }

    /// Around both edges: the minimum, and the critical ratio.
    func healthFactor(_ generator: inout SeededGenerator) -> Int {
        [1_100_000, 1_500_000, generator.within(1_050_000...1_700_000)][generator.within(0...2)]
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        switch generator.below(12) {
        case 0: watch.set(ReserveIndex(0), price: Price(baseUnits: 1_500 * Self.wad))
        case 1:
            // Back to the critical ratio, to the unit or beside it.
            let price = watch.price(0)
            let debt = UInt256(1_000_000 * Self.wad)
            let coll = (debt * UInt256(Self.wad / 10 * 15)).dividedRoundingUp(by: UInt256(price)).low
            let totals = Totals(assets: coll - UInt128(generator.below(2)), shares: debt.low)
            watch.update(ReserveIndex(0)) { $0.totals = totals }
        case 2...4:
            guard var totals = watch.reserves.state(of: ReserveIndex(0))?.totals else { return }
            totals.assets = max(Self.wad, generator.moved(totals.assets, millionths: 10_000))
            totals.shares = max(Self.wad, generator.moved(totals.shares, millionths: 10_000))
            watch.update(ReserveIndex(0)) { $0.totals = totals }
        default: watch.movePrice(0, &generator)
        }
    }
}
