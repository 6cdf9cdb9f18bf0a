import Aave
import Domain
import Margin
import Testing
import Units

/// Stretches that are said to be quiet, against every account judged by the exact rules at many prices within them.
@Suite struct AaveQuietTests {
    @Test(arguments: AaveVersion.allCases)
    func `nobody changes sides within ranges that the watch calls quiet, and most narrow ones are quiet`(
        version: AaveVersion
    ) {
        var (quiet, loud, settled) = (0, 0, 0)
        for seed in 0..<12 {
            var world = QuietWorld(version, seed: UInt64(seed))
            for round in 0..<60 {
                let ranges = world.ranges(partsPerMillion: [5, 60, 900, 20_000][round % 4])
                let before = world.sides
                let isQuiet = world.watch.look(ranges.span) == .quiet
                if isQuiet { quiet += 1 } else { loud += 1 }
                for _ in 0..<6 where isQuiet {
                    let changed = world.changed(before, at: world.point(in: ranges))
                    #expect(changed == nil, "\(version), seed \(seed), round \(round): account \(changed ?? 0)")
                }
                let end = world.point(in: ranges)
                if isQuiet {
                    world.settle(end)
                    settled += 1
                    #expect(world.sides == before, "\(version), seed \(seed), round \(round)")
                } else {
                    world.play(end)
                }
                #expect(world.watch.index.violatedInvariant() == nil, "\(version), seed \(seed), round \(round)")
            }
        }
        #expect(quiet > 100 && loud > 100 && settled == quiet, "\(version): \(quiet) quiet, \(loud) loud")
    }

    @Test(arguments: AaveVersion.allCases)
    func `only suspects change sides within ranges, and of narrower ones only those that were not cleared`(
        version: AaveVersion
    ) {
        var (suspected, cleared, indifferent) = (0, 0, 0)
        for seed in 0..<12 {
            var world = QuietWorld(version, seed: 1_000 + UInt64(seed))
            for round in 0..<60 {
                let ranges = world.ranges(partsPerMillion: [5, 60, 900, 20_000][round % 4])
                let (before, look) = (world.sides, world.watch.look(ranges.span))
                #expect(look != .unknown, "\(version), seed \(seed), round \(round)")
                let suspects = Set(world.watch.suspects.map(\.position))
                #expect(suspects.isEmpty == (look == .quiet))
                suspected += suspects.count
                for _ in 0..<6 {
                    let innocent = world.allChanged(before, at: world.point(in: ranges)).subtracting(suspects)
                    #expect(innocent.isEmpty, "\(version), seed \(seed), round \(round): \(innocent)")
                }
                let narrow = world.narrowed(ranges)
                let isClear = world.watch.narrow(narrow.span)
                for _ in 0..<6 where isClear {
                    #expect(world.changed(before, at: world.point(in: narrow)) == nil, "\(version), seed \(seed)")
                }
                if isClear { cleared += 1 }
                for range in narrow where !isClear && !world.watch.concerns(range.reserve) {
                    indifferent += 1
                    #expect(world.changed(before, at: world.point(in: [range])) == nil, "\(version), seed \(seed)")
                }
                world.play(world.point(in: ranges))
            }
        }
        #expect(suspected > 100 && cleared > 100, "\(version): \(suspected), \(cleared)")
        #expect(indifferent > 10, "\(version): \(indifferent)")
    }

    @Test(arguments: AaveVersion.allCases)
    func `of those who are followed from price to price nobody changes sides unseen`(version: AaveVersion) {
        var (stayed, moved, changed) = (0, 0, 0)
        for seed in 0..<12 {
            var world = QuietWorld(version, seed: 2_000 + UInt64(seed))
            for round in 0..<60 {
                let ranges = world.ranges(partsPerMillion: [5, 60, 900, 5_000][round % 4])
                guard world.watch.look(ranges.span) == .suspects, !world.watch.narrow(ranges.span) else { continue }
                world.watch.follow()
                var known = world.sides
                // Quiet prices are put when somebody moves, or at the end.
                var waiting: [(ReserveIndex, Price)] = []
                for _ in 0..<20 {
                    let tick = world.point(in: [ranges[Int(world.generator.below(UInt64(ranges.count)))]])[0]
                    guard world.watch.concerns(tick.0), !world.watch.stays(tick.0, at: tick.1) else {
                        stayed += 1
                        waiting.append(tick)
                        #expect(world.changed(known, at: waiting) == nil, "\(version), seed \(seed), round \(round)")
                        continue
                    }
                    moved += 1
                    world.put(waiting + [tick])
                    waiting = []
                    for account in world.lookAtMoved() where known[account] != world.sides[account] {
                        changed += 1
                        known[account].toggle()
                    }
                    #expect(world.sides == known, "\(version), seed \(seed), round \(round)")
                }
                world.settle(waiting)
                #expect(world.sides == known, "\(version), seed \(seed), round \(round)")
                #expect(world.watch.index.violatedInvariant() == nil, "\(version), seed \(seed), round \(round)")
            }
        }
        #expect(stayed > 1_000 && moved > 1_000 && changed > 500, "\(version): \(stayed), \(moved), \(changed)")
    }

    @Test(arguments: AaveVersion.allCases)
    func `an account a millionth off the edge is told apart while prices move by less`(version: AaveVersion) {
        let world = QuietWorld(version, seed: 99, shares: [0.999_998, 1.000_002])
        for account in 0..<world.count {
            let (factors, amounts) = (world.factors[account], world.amounts[account])
            var form = SideForm()
            let isThere = world.rules.sideForm(
                factors: factors.span, amounts: amounts.span, traits: .none, in: world.watch.reserves, into: &form)
            let side = form.isLiquidatable { reserve in
                PriceReach(only: world.watch.reserves.price(of: reserve)?.baseUnits.approximate ?? 0)
            }
            let expected = world.sides[account]
            #expect(isThere && side == expected, "\(version), account \(account)")
        }
    }
}

/// Accounts at the edge and around it, in several collaterals of different thresholds.
private struct QuietWorld: ~Copyable {
    let rules: AaveRules
    var watch = MarginWatch()
    var generator: SeededGenerator
    private(set) var factors: [[FactorIndex]] = []
    private(set) var amounts: [[TokenAmount]] = []
    private static let market = MarketIndex(0)

    var count: Int { factors.count }

    /// - Parameter shares: of the debt that would be just at the edge; random ones around it where there are none.
    init(_ version: AaveVersion, seed: UInt64, shares: [Double] = []) {
        rules = AaveRules(version)
        generator = SeededGenerator(seed: seed)
        watch.define(Self.market, cash: ReserveIndex(0), rules: rules)
        for index in 0..<4 {
            let reserve = ReserveIndex(index)
            watch.define(
                ReserveDefinition(
                    reserve: reserve, market: Self.market, decimals: index == 0 ? 6 : 18,
                    liquidationThreshold: .basisPoints(UInt32(7_013 + 501 * index)),
                    liquidationBonus: .basisPoints(10_500), protocolFee: .zero, scalePartsPerMillion: 1_000))
            watch.set(reserve, price: Price(baseUnits: UInt128([1, 2_000, 40_000, 31][index]) * 1_00000000))
            watch.set(
                reserve, supply: Ray(Ray.one.value + UInt128(generator.below(1 << 60))),
                borrow: Ray(Ray.one.value + UInt128(generator.below(1 << 60))))
        }
        for account in 0..<40 {
            let near = (generator.fraction() - 0.5) * [1e-6, 1e-4, 1e-2, 0.5][account % 4]
            place(account, share: shares.isEmpty ? 1 + near : shares[account % shares.count])
        }
        watch.clearTouched()
    }

    private mutating func place(_ account: Int, share: Double) {
        let held = (1..<4).filter { _ in generator.below(2) == 0 }.map { ReserveIndex($0) }
        var legs = (held.isEmpty ? [ReserveIndex(1)] : held).map {
            Leg($0, .collateral, 1_000_000_000_000_000_000 * (1 + UInt128(generator.below(1_000))))
        }
        // As much debt as leaves it at the edge, by the rules' own figures.
        let probe = legs + [Leg(ReserveIndex(0), .debt, 1_000_000)]
        let (factors, amounts) = (probe.map(\.factor), probe.map(\.amount))
        let health = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: watch.reserves)
        let factor = (health?.healthFactor.asUInt128 ?? 0).approximate / 1e18
        legs.append(Leg(ReserveIndex(0), .debt, TokenAmount(factor * 1_000_000 * share)))
        self.factors.append(legs.map(\.factor))
        self.amounts.append(legs.map(\.amount))
        watch.place(AccountIndex(account), in: Self.market, .none, legs: legs.span)
    }

    var sides: [Bool] { (0..<count).map { side($0, watch.reserves) } }

    private func side(_ account: Int, _ reserves: borrowing ReserveTable) -> Bool {
        let (factors, amounts) = (factors[account], amounts[account])
        let health = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
        return health?.isLiquidatable ?? false
    }

    /// Around the prices of now, of some of the instruments, and not always around the middle.
    mutating func ranges(partsPerMillion width: Int) -> [PriceRange] {
        var ranges: [PriceRange] = []
        for index in 0..<4 where generator.below(3) > 0 {
            let now = watch.reserves.price(of: ReserveIndex(index))?.baseUnits ?? 1
            let step = now * UInt128(width) / 1_000_000 + 1
            let lowest = Price(baseUnits: now - step * UInt128(generator.below(3)) / 2)
            var range = PriceRange(ReserveIndex(index), from: StreamIndex(0), lowest: .infinity, highest: 0)
            range.include(lowest)
            range.include(Price(baseUnits: lowest.baseUnits + step))
            ranges.append(range)
        }
        return ranges
    }

    /// A price of each range, often one of its ends.
    mutating func point(in ranges: [PriceRange]) -> [(ReserveIndex, Price)] {
        ranges.map { range in
            let (low, high) = (UInt128(range.lowest), UInt128(range.highest))
            let price =
                switch generator.below(4) {
                case 0: low
                case 1: high
                default: low + UInt128(generator.below(UInt64(high - low) + 1))
                }
            return (range.reserve, Price(baseUnits: price))
        }
    }

    /// Ranges within these, and around the prices of now.
    mutating func narrowed(_ ranges: [PriceRange]) -> [PriceRange] {
        ranges.map { range in
            let (low, high) = (UInt128(range.lowest), UInt128(range.highest))
            let middle = low + UInt128(generator.below(UInt64(high - low) + 1))
            var narrow = PriceRange(range.reserve, from: StreamIndex(0), lowest: .infinity, highest: 0)
            narrow.include(Price(baseUnits: middle))
            narrow.include(Price(baseUnits: middle + (high - middle) / 8))
            return narrow
        }
    }

    func allChanged(_ before: [Bool], at point: [(ReserveIndex, Price)]) -> Set<Int> {
        var reserves = watch.reserves
        for (reserve, price) in point { reserves.set(reserve, price: price) }
        return Set((0..<count).filter { side($0, reserves) != before[$0] })
    }

    /// The first account that stands elsewhere at these prices.
    func changed(_ before: [Bool], at point: [(ReserveIndex, Price)]) -> Int? {
        var reserves = watch.reserves
        for (reserve, price) in point { reserves.set(reserve, price: price) }
        return (0..<count).first { side($0, reserves) != before[$0] }
    }

    mutating func put(_ point: [(ReserveIndex, Price)]) {
        for (reserve, price) in point { watch.put(reserve, price: price) }
    }

    /// Who has to be judged of those that were followed and have moved.
    mutating func lookAtMoved() -> [Int] {
        watch.lookAtMoved()
        defer { watch.clearTouched() }
        return (0..<watch.index.touched.count).map { watch.index.touched[$0].position }
    }

    mutating func settle(_ point: [(ReserveIndex, Price)]) {
        put(point)
        watch.settle()
        watch.clearTouched()
    }

    mutating func play(_ point: [(ReserveIndex, Price)]) {
        for (reserve, price) in point { watch.set(reserve, price: price) }
        watch.clearTouched()
    }
}

extension SeededGenerator {
    fileprivate mutating func fraction() -> Double { Double(below(1 << 53)) * 0x1p-53 }
}
