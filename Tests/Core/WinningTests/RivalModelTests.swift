import Testing
import Units
import Winning

@Suite struct RivalModelTests {
    private let soon = Contest(.sealedBid, timeLeft: .seconds(12))

    private func rivals(_ count: UInt32, opening: UInt32 = 10_000, reaction: Chance = .none) -> RivalModel {
        RivalModel(
            count: count, reservation: Quantiles(from: 0, to: 8_000), openingBasisPoints: opening, reaction: reaction,
            latency: Quantiles(from: 10_000, to: 20_000), ownLatency: Quantiles(from: 10_000, to: 20_000))
    }

    @Test(arguments: [0, 1, 2, 5])
    func `in a sealed auction every rival must be below`(count: UInt32) {
        for tip in stride(from: Int64(0), through: 10_000, by: 500) {
            let one = min(Double(tip) / 8_000, 1)
            let expected = (0..<count).reduce(1.0) { product, _ in product * one }
            let chance = rivals(count).chance(tip: tip, in: soon).approximate
            #expect((chance - expected).magnitude < 1e-7, "\(count) rivals, tip \(tip)")
        }
    }

    @Test func `who is late does not win, and does not beat anybody`() {
        let late = Contest(.sealedBid, timeLeft: .milliseconds(5))
        #expect(rivals(3).chance(tip: 10_000, in: late) == .none)
        var fast = rivals(3)
        fast.ownLatency = Quantiles(from: 100, to: 200)
        #expect(fast.chance(tip: 0, in: late) == .certain)
    }

    @Test func `rivals that see a tip are harder to beat than those that do not`() {
        let open = Contest(.priorityGas, timeLeft: .seconds(12))
        let blind = rivals(2, opening: 5_000).chance(tip: 3_000, in: open)
        let halfSeeing = rivals(2, opening: 5_000, reaction: Chance(partsPerBillion: 500_000_000))
            .chance(tip: 3_000, in: open)
        let seeing = rivals(2, opening: 5_000, reaction: .certain).chance(tip: 3_000, in: open)
        #expect(blind > halfSeeing && halfSeeing > seeing)
        #expect(seeing == rivals(2).chance(tip: 3_000, in: soon))
    }

    @Test(arguments: [1, 2, 3, 7])
    func `among equally fast ones the first is any of them, whatever is offered`(count: UInt32) {
        let race = Contest(.firstCome, timeLeft: .seconds(12))
        let chance = rivals(count).chance(tip: 0, in: race)
        #expect(chance == rivals(count).chance(tip: 9_000, in: race))
        // The midpoint rule over sixteen steps is off by less than a hundredth.
        #expect((chance.approximate - 1 / Double(count + 1)).magnitude < 0.01)
    }

    @Test(arguments: 0..<50)
    func `a chance never falls as the tip rises`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let knots = (0...Quantiles.steps).map { _ in Int64(random.below(10_000)) }.sorted()
        let model = RivalModel(
            count: UInt32(random.below(8)), reservation: Quantiles(knots: knots),
            openingBasisPoints: UInt32(random.below(10_001)),
            reaction: Chance(partsPerBillion: UInt32(random.below(1_000_000_001))),
            latency: Quantiles(from: 0, to: 1_000_000), ownLatency: Quantiles(from: 0, to: 1_000_000))
        for rule in ContestRule.allCases {
            let contest = Contest(rule, timeLeft: .milliseconds(Int64(random.below(1_500))))
            var last = Chance.none
            for tip in stride(from: Int64(0), through: 10_000, by: 50) {
                let chance = model.chance(tip: tip, in: contest)
                #expect(chance >= last, "\(rule), tip \(tip), seed \(seed)")
                last = chance
            }
        }
    }
}
