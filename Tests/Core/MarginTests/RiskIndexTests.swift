import Domain
import Margin
import Testing
import Units

/// The index against brute force: every account looked at after every tick by a plain loop written apart from it.
@Suite struct RiskIndexTests {
    @Test(arguments: 0..<20)
    func `after every tick the index knows each side of the edge, and the nearest are exact`(block: UInt64) {
        for seed in block * 100..<block * 100 + 100 {
            var world = World(seed: seed)
            world.run(ticks: 40)
            #expect(world.failures.isEmpty, "seed \(seed): \(world.failures.first ?? "")")
        }
    }

    @Test func `work on a quiet tick does not depend on the number of accounts`() {
        let small = evaluationsOfQuietTicks(accounts: 1_000)
        let large = evaluationsOfQuietTicks(accounts: 100_000)
        #expect(large <= small + 200 * RiskSettings().hotMax, "\(small) against \(large) looks")
        #expect(large < 100_000)
    }

    @Test func `a hot distance that shrank in a crowd grows back when there is time`() {
        var settings = RiskSettings()
        settings.hotMax = 8
        var index = RiskIndex(settings: settings)
        for account in 0..<64 { index.placeSimple(account, collateral: 1.02 + Double(account) * 0.001) }
        #expect(index.hotCount <= 8)
        index.set(.supply, to: 4)
        index.process(.supply)
        while index.rebalance(budget: 7) {}
        index.set(.supply, to: 1.0)
        index.process(.supply)
        #expect(index.violatedInvariant() == nil)
        #expect(index.nearest(3).map(\.account.raw) == [0, 1, 2])
    }

    @Test func `an account that crosses the edge while hot is touched on both ways`() {
        var index = RiskIndex()
        index.placeSimple(0, collateral: 1)
        for value in [0.9999, 1.0001, 0.9999, 1.0001] {
            index.clearTouched()
            index.set(.supply, to: value)
            index.process(.supply)
            #expect(index.hotCount == 1)
            #expect(index.touched.count == 1, "at \(value)")
        }
    }

    @Test func `an account's legs are reused when it shrinks and given away when it outgrows them`() {
        var index = RiskIndex()
        for round in 0..<50 {
            index.placeSimple(0, collateral: 2, extraLegs: round % 7)
            #expect(index.violatedInvariant() == nil)
        }
        #expect(index.book.legCount <= 2 + 3 + 4 + 5 + 6 + 7 + 8)
    }

    @Test func `a factor that is not a number is our own fault`() async {
        await #expect(processExitsWith: .failure) {
            var index = RiskIndex()
            index.include(.supply)
            index.set(.supply, to: .nan)
        }
    }

    private func evaluationsOfQuietTicks(accounts: Int) -> Int {
        var index = RiskIndex()
        for account in 0..<accounts { index.placeSimple(account, collateral: 1.5 + Double(account % 997) / 997) }
        let before = index.evaluations
        for tick in 0..<200 {
            index.set(.supply, to: 1 + 0.0001 * Double(tick % 2))
            index.process(.supply)
        }
        return Int(index.evaluations - before)
    }
}

extension FactorIndex {
    fileprivate static let supply = FactorIndex(ReserveIndex(0), .collateral)
    fileprivate static let borrow = FactorIndex(ReserveIndex(1), .debt)
}

extension RiskIndex {
    /// One unit of debt against so much collateral, on two factors of value 1.
    fileprivate mutating func placeSimple(_ account: Int, collateral: Double, extraLegs: Int = 0) {
        var legs = [Leg(.supply, 1), Leg(.borrow, 1)]
        var weights = [collateral, -1]
        for extra in 0..<extraLegs {
            legs.append(Leg(ReserveIndex(2 + extra), .collateral, 1))
            weights.append(0.01)
        }
        for leg in legs where leg.factor.position >= factorCount || value(of: leg.factor) == 0 {
            include(leg.factor)
            setScale(leg.factor, to: 0.01)
            set(leg.factor, to: 1)
        }
        var form = AccountForm()
        for (leg, weight) in zip(legs, weights) { form.add(leg.factor, weight: weight) }
        place(AccountIndex(account), form)
    }
}

/// Random accounts, random ticks, and a plain second opinion.
private struct World: ~Copyable {
    struct Plain {
        var legs: [(factor: Int, weight: Double)]
        var slack: Double
    }

    var generator: SeededGenerator
    var index: RiskIndex
    var values: [Double]
    var scales: [Double]
    var plain: [Plain?]
    var failures: [String] = []

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        var settings = RiskSettings()
        settings.hotMax = generator.within(2...24)
        settings.hotDistanceMax = 0.5 + 4 * generator.fraction()
        index = RiskIndex(settings: settings)
        let factors = generator.within(1...6)
        values = []
        scales = []
        plain = []
        for factor in 0..<factors {
            values.append(0.5 + generator.fraction())
            scales.append(values[factor] * (0.001 + 0.02 * generator.fraction()))
            let id = FactorIndex(raw: UInt32(factor))
            index.setScale(id, to: scales[factor])
            index.set(id, to: values[factor])
        }
        plain = Array(repeating: nil, count: generator.within(1...60))
        for account in plain.indices { place(account) }
        check()
    }

    mutating func run(ticks: Int) {
        for _ in 0..<ticks where failures.isEmpty {
            index.clearTouched()
            switch generator.below(12) {
            case 0: place(Int(generator.below(UInt64(plain.count))))
            case 1: remove(Int(generator.below(UInt64(plain.count))))
            case 2: rescale()
            case 3: _ = index.rebalance(budget: generator.within(1...30))
            default: tick()
            }
            check()
        }
    }

    private mutating func place(_ account: Int) {
        var weights: [Double] = []
        var legs: [Leg] = []
        var known: [(factor: Int, weight: Double)] = []
        for factor in values.indices where generator.below(2) == 0 {
            let weight = (generator.fraction() - 0.45) * 100
            legs.append(Leg(FactorIndex(raw: UInt32(factor)), 1))
            weights.append(weight)
            known.append((factor, weight))
        }
        let slack: Double = generator.below(3) == 0 ? 0.002 : 0
        plain[account] = known.isEmpty ? nil : Plain(legs: known, slack: slack)
        var form = AccountForm()
        form.slack = slack
        for (leg, weight) in zip(legs, weights) { form.add(leg.factor, weight: weight) }
        index.place(AccountIndex(account), form)
    }

    private mutating func remove(_ account: Int) {
        index.remove(AccountIndex(account))
        plain[account] = nil
    }

    private mutating func rescale() {
        let factor = Int(generator.below(UInt64(values.count)))
        scales[factor] *= 0.5 + generator.fraction()
        index.setScale(FactorIndex(raw: UInt32(factor)), to: scales[factor])
    }

    /// Mostly small steps, now and then a jump; sometimes two factors at once, as a price moves both sides of a reserve.
    private mutating func tick() {
        let first = Int(generator.below(UInt64(values.count)))
        let moved =
            generator.below(4) == 0 ? Set([first, Int(generator.below(UInt64(values.count)))]).sorted() : [first]
        for factor in moved {
            let size = generator.below(10) == 0 ? 0.3 : 0.01
            values[factor] *= 1 + size * (generator.fraction() * 2 - 1)
            index.set(FactorIndex(raw: UInt32(factor)), to: values[factor])
        }
        for factor in moved { index.process(FactorIndex(raw: UInt32(factor))) }
    }

    /// Every account, by a loop: its side must be what the index says, and the order must be the full sort's.
    private mutating func check() {
        if let wrong = index.violatedInvariant() { failures.append(wrong) }
        var all: [(Double, Int)] = []
        for account in plain.indices {
            let zone = index.book.zone(of: AccountIndex(account))
            guard let known = plain[account] else {
                if zone != .absent, zone != .fixed { failures.append("account \(account) should not be watched") }
                continue
            }
            let excess = known.legs.reduce(0) { $0 + $1.weight * values[$1.factor] }
            let gross = known.legs.reduce(0) { $0 + abs($1.weight * values[$1.factor]) }
            let spread = known.legs.reduce(0) { $0 + abs($1.weight) * scales[$1.factor] }
            let tolerance = gross * 1e-11
            if zone == .cold, excess < -tolerance { failures.append("account \(account) crossed unnoticed: \(excess)") }
            if zone == .sunk, excess + Double(known.slack) * gross > tolerance {
                failures.append("account \(account) may have recovered unnoticed: \(excess)")
            }
            if zone != .sunk { all.append((excess / spread, account)) }
        }
        let sorted = all.sorted { $0 < $1 }
        let wanted = min(sorted.count, 7)
        let nearest = index.nearest(wanted)
        for (rank, found) in nearest.enumerated()
        where abs(found.distance - sorted[rank].0) > 1e-9 * (1 + abs(found.distance)) {
            failures.append("rank \(rank) is \(found), should be \(sorted[rank])")
        }
        if nearest.count != wanted { failures.append("\(nearest.count) of the nearest \(wanted)") }
    }
}
