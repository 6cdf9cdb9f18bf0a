import CompoundV2
import CompoundV3
import Domain
import Maker
import Margin
import Morpho
import PlainNumbers
import Units

extension ReserveDefinition {
    static func plain(_ i: Int, decimals: Int, threshold: Int = 0, parts: Int = 3_000) -> ReserveDefinition {
        ReserveDefinition(
            reserve: ReserveIndex(i), market: MarketIndex(0), decimals: UInt8(decimals),
            liquidationThreshold: .basisPoints(UInt32(threshold)), liquidationBonus: .basisPoints(10_500),
            protocolFee: .zero, scalePartsPerMillion: UInt32(parts))
    }
}

extension MarginWatch {
    func price(_ i: Int) -> UInt128 { reserves.price(of: ReserveIndex(i))?.baseUnits ?? 1 }

    mutating func movePrice(_ i: Int, _ generator: inout SeededGenerator) {
        set(ReserveIndex(i), price: Price(baseUnits: generator.moved(price(i), millionths: 20_000)))
    }

    mutating func accrue(_ i: Int, _ generator: inout SeededGenerator) {
        guard let row = reserves.row(ReserveIndex(i)) else { return }
        set(
            ReserveIndex(i), supply: Ray(generator.grown(row.supplyIndex.value, millionths: 300)),
            borrow: Ray(generator.grown(row.borrowIndex.value, millionths: 600)))
    }
}

struct CompoundV2Twin: VenueTwin {
    let rules: any MarginRules = CompoundV2Rules()
    private let count: Int

    init(_ generator: inout SeededGenerator) { count = generator.within(2...5) }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        for i in 0..<count {
            let decimals = [6, 8, 18][generator.within(0...2)]
            watch.define(.plain(i, decimals: decimals))
            let scale = Reserve.powerOfTen(UInt8(36 - decimals))
            watch.set(ReserveIndex(i), price: Price(baseUnits: UInt128(generator.within(1...3_000)) * scale))
            let rate = Reserve.powerOfTen(UInt8(decimals + 8)) / 50 + generator.number(bits: 1...20)
            watch.set(
                ReserveIndex(i), supply: Ray(rate),
                borrow: Ray(1_000_000_000_000_000_000 + generator.number(bits: 1...59)))
            setFactor(i, &watch, &generator)
        }
    }

    private func setFactor(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let factor = UInt128(generator.within(300_000...900_000)) * 1_000_000_000_000
        watch.set(ReserveIndex(i), terms: .lending(LendingTerms(collateralFactor: Wad(factor))))
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        var legs: [Leg] = []
        for _ in 0..<generator.within(1...2) {
            let reserve = ReserveIndex(generator.within(0...count - 1))
            legs.append(Leg(reserve, .collateral, generator.number(bits: 10...50)))
        }
        let debt = ReserveIndex(generator.within(0...count - 1))
        let index = watch.reserves.row(debt)?.borrowIndex.value ?? 1
        legs += [Leg(debt, .debt, 1 << 50), Leg(debt, .accrual, index - generator.number(bits: 1...50))]
        return (legs, .none)
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let i = generator.within(0...count - 1)
        switch generator.below(20) {
        case 0: setFactor(i, &watch, &generator)
        case 1...5: watch.accrue(i, &generator)
        default: watch.movePrice(i, &generator)
        }
    }
}

struct CompoundV3Twin: VenueTwin {
    let rules: any MarginRules = CompoundV3Rules()
    private let count: Int

    init(_ generator: inout SeededGenerator) { count = generator.within(2...6) }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        for i in 0..<count {
            watch.define(.plain(i, decimals: [6, 8, 18][generator.within(0...2)]))
            setFactor(i, &watch, &generator)
            // One asset's first price may come later: until then it counts only where it is not needed.
            if i == 0 || generator.below(4) > 0 { setFirstPrice(i, &watch, &generator) }
        }
        watch.set(ReserveIndex(0), supply: Ray(1_000_000_000_000_000), borrow: Ray(1_000_000_000_000_000))
    }

    private func setFirstPrice(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        watch.set(ReserveIndex(i), price: Price(baseUnits: UInt128(generator.within(1...300_000)) * 1_000_000))
    }

    private func setFactor(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let factor = UInt128(generator.within(300_000...950_000)) * 1_000_000_000_000
        watch.set(ReserveIndex(i), terms: .lending(LendingTerms(collateralFactor: Wad(factor))))
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        if generator.below(12) == 0 { return ([Leg(ReserveIndex(0), .collateral, 5_000_000)], .none) }
        var legs = [Leg(ReserveIndex(0), .debt, 1 << 60)]
        var assets = Array(1..<count)
        assets.shuffle(using: &generator)
        for i in assets.prefix(generator.within(1...3)) {
            legs.append(Leg(ReserveIndex(i), .collateral, generator.number(bits: 10...80)))
        }
        return (legs, .none)
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let i = generator.within(0...count - 1)
        if watch.reserves.price(of: ReserveIndex(i)) == nil { return setFirstPrice(i, &watch, &generator) }
        switch generator.below(20) {
        case 0: setFactor(i, &watch, &generator)
        case 1...5: watch.accrue(0, &generator)
        default: watch.movePrice(i, &generator)
        }
    }
}

struct MorphoTwin: VenueTwin {
    let rules: any MarginRules = MorphoRules()

    init(_ generator: inout SeededGenerator) {}

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        watch.define(.plain(0, decimals: 6))
        watch.define(.plain(1, decimals: 18))
        watch.update(ReserveIndex(0)) { $0.totals = Totals(assets: 1 << 50, shares: 1 << 70) }
        watch.set(ReserveIndex(1), price: Price(baseUnits: generator.number(bits: 80...100)))
        setFactor(&watch, &generator)
    }

    private func setFactor(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let lltv = UInt128(generator.within(385_000...980_000)) * 1_000_000_000_000
        watch.set(ReserveIndex(1), terms: .lending(LendingTerms(collateralFactor: Wad(lltv))))
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        let shares = Leg(ReserveIndex(0), .debt, 1 << 60)
        if generator.below(15) == 0 { return ([shares], .none) }
        return ([Leg(ReserveIndex(1), .collateral, generator.number(bits: 20...80)), shares], .none)
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        switch generator.below(20) {
        case 0: setFactor(&watch, &generator)
        case 1...6:
            var random = generator
            watch.update(ReserveIndex(0)) { state in
                guard var totals = state.totals else { return }
                totals.assets = random.grown(totals.assets, millionths: 800)
                if random.below(4) == 0 { totals.shares = random.grown(totals.shares, millionths: 400) }
                state.totals = totals
            }
            generator = random
        default: watch.movePrice(1, &generator)
        }
    }
}

struct MakerTwin: VenueTwin {
    let rules: any MarginRules = MakerRules()
    private let count: Int

    init(_ generator: inout SeededGenerator) { count = generator.within(1...3) }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        for i in 0..<count {
            watch.define(.plain(i, decimals: 18))
            watch.set(ReserveIndex(i), price: Price(baseUnits: generator.number(bits: 88...104)))
        }
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        let ilk = ReserveIndex(generator.within(0...count - 1))
        return ([Leg(ilk, .collateral, generator.number(bits: 4...80)), Leg(ilk, .debt, 1 << 60)], .none)
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let i = generator.within(0...count - 1)
        if generator.below(4) == 0 { watch.accrue(i, &generator) } else { watch.movePrice(i, &generator) }
    }
}
