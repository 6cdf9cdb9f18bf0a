import Testing
import Units
import Winning

@Suite struct TipChoiceTests {
    private static let contest = Contest(.sealedBid, timeLeft: .seconds(12))

    private static func model(count: UInt32, _ reservation: Quantiles) -> WinModel {
        let fast = Quantiles(from: 0, to: 1)
        return .rivals(RivalModel(count: count, reservation: reservation, latency: fast, ownLatency: fast))
    }

    @Test(arguments: 0..<60)
    func `the tip chosen is within a part in a thousand of the best of all tips`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let knots = (0...Quantiles.steps).map { _ in Int64(random.below(10_000)) }.sorted()
        let model = Self.model(count: UInt32(random.below(6)), Quantiles(knots: knots))
        let (stake, losing) = (
            TokenAmount(1_000_000_000 + random.below(1_000_000)), TokenAmount(random.below(50_000_000))
        )
        let chosen = TipChoice.best(
            stake: stake, gain: .proceeds(stake), costOfLosing: losing, shareMax: .whole, model, in: Self.contest)
        var best = Cash(units: .min)
        for tip in stride(from: 0, through: 10_000, by: 3) {
            let chance = model.chance(tip: Int64(tip), in: Self.contest)
            let paid = Cash.proceeds(stake - BasisPoints(UInt32(tip)).shareRoundingUp(of: stake))
            best = max(best, .expected(chance, winning: paid, losing: .cost(losing)))
        }
        #expect(best.units - chosen.expectedValue.units <= Int128(stake / 1_000), "seed \(seed)")
    }

    @Test func `with nobody else there nothing is offered`() {
        let chosen = TipChoice.best(
            stake: 1_000, gain: .proceeds(1_000), costOfLosing: 10, shareMax: .whole, .always, in: Self.contest)
        #expect(chosen.tip == 0 && chosen.chance == .certain && chosen.expectedValue == .proceeds(1_000))
    }

    @Test(arguments: 0..<20)
    func `an expected value is rounded down, gains and losses alike`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let chance = Chance(parts: random.below(Chance.whole + 1))
            let money = Int128(Int64(bitPattern: random.next()) >> 8)
            let (exact, whole) = (money * Int128(chance.parts), Int128(Chance.whole))
            let floor = exact >= 0 ? exact / whole : -((-exact + whole - 1) / whole)
            #expect(chance.share(of: Cash(units: money)).units == floor, "\(money), \(chance), seed \(seed)")
        }
    }

    /// Identical rivals whose values are spread evenly, in a sealed first-price auction: in equilibrium each bids (N − 1) / N of
    /// its value (Vickrey 1961). Everybody believes that the others' tips are spread evenly up to some height, learns that
    /// height from the mean of the last round's tips, and answers with `TipChoice`.
    @Test(arguments: [2, 3, 5, 10], [500, 10_000] as [Int64])
    func `the tips of identical rivals converge to the equilibrium of a first-price auction`(count: Int, start: Int64) {
        let stake: TokenAmount = 1_000_000_000_000_000_000
        var height = start
        var tips: [Int64] = []
        for _ in 1...20 {
            let model = Self.model(count: UInt32(count - 1), Quantiles(from: 0, to: height))
            tips = (1...20).map { Self.answer(TokenAmount(2 * $0 - 1) * stake / 40, stake, model) }
            height = 2 * tips.reduce(0, +) / Int64(tips.count)
        }
        print("\(count) bidders from \(start): value, tip, equilibrium (basis points of the stake)")
        for bidder in stride(from: 1, to: 20, by: 2) {
            let value = Int64(2 * bidder + 1) * 250
            let equilibrium = value * Int64(count - 1) / Int64(count)
            print("  \(value)  \(tips[bidder])  \(equilibrium)")
            #expect((tips[bidder] - equilibrium).magnitude <= 20, "\(count) bidders, value \(value)")
        }
    }

    private static func answer(_ value: TokenAmount, _ stake: TokenAmount, _ model: WinModel) -> Int64 {
        TipChoice.best(
            stake: stake, gain: .proceeds(value), costOfLosing: 0, shareMax: .whole, model, in: contest
        ).share
    }
}
