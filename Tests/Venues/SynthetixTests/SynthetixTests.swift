import Domain
import Margin
import PlainNumbers
import Synthetix
import Testing
import Units

/// Available margin, requirements and the keepers' reward by hand, and against plain arithmetic.
@Suite struct SynthetixTests {
    private static let cash = ReserveIndex(0)
    private static let synth = ReserveIndex(1)
    private static let ether = ReserveIndex(2)
    private static let wad: Int128 = 1_000_000_000_000_000_000

    private struct Terms {
        var price: UInt128 = 1_000 * UInt128(SynthetixTests.wad)
        var funding: Int128 = 0
        /// Initial margin 4 % and half of it, no impact.
        var market: [MarginParameter: Int128] = [
            .minimumInitialMargin: wad / 25, .impactMargin: wad, .maintenanceScalar: wad / 2, .skewScale: 0,
            .minimumPositionMargin: 0, .flagReward: 0, .liquidationWindowMaximum: 0,
        ]
        var keeper: [MarginParameter: Int128] = [
            .keeperRewardMinimum: 0, .keeperRewardMaximum: 1_000 * wad, .keeperProfitMinimum: 0, .keeperScaling: wad,
            .flagCost: 0, .liquidateCost: 0, .collateralReward: 0,
        ]
        var weight: Int128 = wad
        var synthPrice: UInt128 = 2 * UInt128(SynthetixTests.wad)
    }

    private func table(_ terms: Terms) -> ReserveTable {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: Self.cash)
        for reserve in [Self.cash, Self.synth, Self.ether] {
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        table.set(Self.ether, price: Price(baseUnits: terms.price))
        table.set(Self.synth, price: Price(baseUnits: terms.synthPrice))
        table.set(Self.synth, .collateralWeight, to: terms.weight)
        table.update(Self.ether) { $0.cumulativeFunding = terms.funding }
        for (parameter, value) in terms.market { table.set(Self.ether, parameter, to: value) }
        for (parameter, value) in terms.keeper { table.set(Self.cash, parameter, to: value) }
        return table
    }

    private func health(_ legs: [Leg], _ terms: Terms = Terms()) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        let table = table(terms)
        return SynthetixRules().health(factors: factors.span, amounts: amounts.span, traits: .none, in: table)
    }

    /// A size at an entry of 1 000, and cash, both whole.
    private func account(size: Int128, cash: Int128, settled: Int128 = 0) -> [Leg] {
        [
            Leg(Self.ether, size < 0 ? .debt : .collateral, (size * Self.wad).magnitude),
            Leg(Self.ether, .entry, signed: 1_000 * Self.wad), Leg(Self.ether, .accrual, signed: settled),
            Leg(Self.cash, cash < 0 ? .debt : .collateral, (cash * Self.wad).magnitude),
        ]
    }

    private func dollars(_ value: Int) -> UInt256 { UInt256(value) * UInt256(UInt128(Self.wad)) }

    @Test func `at equality an account is safe, one unit less is not`() {
        // 10 at 1 000 need 2 %: 200.
        var legs = account(size: 10, cash: 200)
        #expect(health(legs)?.debt == dollars(200))
        #expect(health(legs)?.isLiquidatable == false)
        legs[3].amount -= 1
        #expect(health(legs)?.isLiquidatable == true)
    }

    @Test func `profit, loss and funding of either sign count for longs and shorts`() {
        var terms = Terms()
        terms.price = 1_010 * UInt128(Self.wad)
        #expect(health(account(size: 10, cash: 200), terms)?.collateral == dollars(300))
        #expect(health(account(size: -10, cash: 200), terms)?.collateral == dollars(100))
        terms.funding = -3 * Self.wad
        #expect(health(account(size: 10, cash: 200), terms)?.collateral == dollars(270))
        #expect(health(account(size: -10, cash: 200), terms)?.collateral == dollars(130))
        #expect(health(account(size: -10, cash: 200, settled: -5 * Self.wad), terms)?.collateral == dollars(80))
    }

    @Test func `a size that is large for its market needs more`() {
        var terms = Terms()
        terms.market[.skewScale] = 1_000 * Self.wad
        // Impact 1 %: (1 % + 4 %) / 2.
        #expect(health(account(size: 10, cash: 0), terms)?.debt == dollars(250))
    }

    @Test func `the keepers' possible reward stands in the condition`() {
        var terms = Terms()
        terms.market[.flagReward] = Self.wad / 1_000
        #expect(health(account(size: 10, cash: 300), terms)?.debt == dollars(210))
        terms.keeper[.flagCost] = 3 * Self.wad
        terms.keeper[.liquidateCost] = 2 * Self.wad
        #expect(health(account(size: 10, cash: 300), terms)?.debt == dollars(215))
        // The least: costs and 20 more.
        terms.keeper[.keeperRewardMinimum] = 20 * Self.wad
        #expect(health(account(size: 10, cash: 300), terms)?.debt == dollars(225))
        // Four windows of 3: three times the reward without flagging more.
        terms.market[.liquidationWindowMaximum] = 3 * Self.wad
        #expect(health(account(size: 10, cash: 300), terms)?.debt == dollars(225 + 3 * 22))
    }

    @Test func `the most that a keeper is paid wins over the least`() {
        var terms = Terms()
        terms.keeper[.keeperRewardMinimum] = 50 * Self.wad
        terms.keeper[.keeperRewardMaximum] = 10 * Self.wad
        #expect(health(account(size: 10, cash: 300), terms)?.debt == dollars(210))
        // And by a share of the collateral; without any, by the market's bound.
        terms.keeper[.keeperScaling] = Self.wad / 100
        #expect(health(account(size: 10, cash: 300), terms)?.debt == dollars(203))
        #expect(health(account(size: 10, cash: -1), terms)?.debt == dollars(210))
    }

    @Test func `other collateral counts with its discount, and its reward without`() {
        var terms = Terms()
        terms.weight = Self.wad * 9 / 10
        terms.keeper[.collateralReward] = Self.wad / 100
        let legs = account(size: 10, cash: 0) + [Leg(Self.synth, .collateral, UInt128(100 * Self.wad))]
        #expect(health(legs, terms)?.collateral == dollars(180))
        #expect(health(legs, terms)?.debt == dollars(202))
    }

    @Test func `a fresh position is filled between the premium before and after`() {
        let wad = Self.wad
        #expect(
            FillPrice.fill(size: 10 * wad, skew: 0, skewScale: UInt128(100 * wad), price: UInt128(1_000 * wad))
                == Int256(1_050 * wad))
        #expect(
            FillPrice.fill(size: 10 * wad, skew: -10 * wad, skewScale: UInt128(100 * wad), price: UInt128(1_000 * wad))
                == Int256(950 * wad))
        #expect(FillPrice.fill(size: 1, skew: 5, skewScale: 0, price: 7) == 7)
    }

    @Test(arguments: 0..<30)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var terms = Terms()
            terms.price = generator.number(bits: 40...75)
            terms.synthPrice = generator.number(bits: 40...75)
            terms.weight = Int128(generator.number(bits: 50...60))
            terms.funding = generator.signed(bits: 1...70)
            for parameter in terms.market.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                terms.market[parameter] = generator.below(5) == 0 ? 0 : Int128(generator.number(bits: 40...66))
            }
            for parameter in terms.keeper.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                terms.keeper[parameter] = generator.below(5) == 0 ? 0 : Int128(generator.number(bits: 40...66))
            }
            let (size, cash) = (generator.signed(bits: 1...70), generator.signed(bits: 1...80))
            let (entry, settled) = (Int128(generator.number(bits: 40...75)), generator.signed(bits: 1...70))
            let held = generator.below(3) == 0 ? 0 : generator.number(bits: 1...70)
            let legs = [
                Leg(Self.ether, size < 0 ? .debt : .collateral, size.magnitude), Leg(Self.ether, .entry, signed: entry),
                Leg(Self.ether, .accrual, signed: settled),
                Leg(Self.cash, cash < 0 ? .debt : .collateral, cash.magnitude), Leg(Self.synth, .collateral, held),
            ].shuffled(using: &generator)
            let plain = PlainAccount(
                size: size, cash: cash, entry: entry, settled: settled, held: held, price: terms.price,
                synthPrice: terms.synthPrice, weight: terms.weight, funding: terms.funding, market: terms.market,
                keeper: terms.keeper)
            let found = health(legs, terms)
            #expect(found?.collateral.description == plain.available.shown.description, "seed \(seed): \(legs)")
            #expect(found?.debt.description == plain.required.description, "seed \(seed): \(legs)")
            #expect(found?.isLiquidatable == (plain.required > plain.available), "seed \(seed): \(legs)")
        }
    }

}

/// The contract's sums on paper.
private struct PlainAccount {
    var size: Int128
    var cash: Int128
    var entry: Int128
    var settled: Int128
    var held: UInt128
    var price: UInt128
    var synthPrice: UInt128
    var weight: Int128
    var funding: Int128
    var market: [MarginParameter: Int128]
    var keeper: [MarginParameter: Int128]

    private func times(_ a: Whole, _ b: Whole) -> Whole { a * b / .ten(18) }
    private func market(_ parameter: MarginParameter) -> Whole { Whole(market[parameter] ?? 0) }
    private func keeper(_ parameter: MarginParameter) -> Whole { Whole(keeper[parameter] ?? 0) }
    private var synthValue: Whole { times(Whole(held), Whole(synthPrice)) }
    private var collateral: Whole { synthValue + max(.zero, Whole(cash)) }
    private var notional: Whole { times(Whole(size).abs, Whole(price)) }

    var available: Whole {
        times(synthValue, Whole(weight)) + Whole(cash) + times(Whole(size), Whole(price) - Whole(entry))
            + times(Whole(size), Whole(funding) - Whole(settled))
    }

    var required: Whole {
        let scale = market(.skewScale)
        let share = scale == .zero ? .zero : Whole(size).abs * .ten(18) / scale
        let initial = times(share, market(.impactMargin)) + market(.minimumInitialMargin)
        let needed = times(notional, times(initial, market(.maintenanceScalar))) + market(.minimumPositionMargin)
        let reward = max(times(notional, market(.flagReward)), times(collateral, keeper(.collateralReward)))
        let window = market(.liquidationWindowMaximum)
        let windows = window == .zero ? .zero : Whole(size).abs.raised(by: window)
        let cost = keeper(.flagCost) + keeper(.liquidateCost)
        let first = paid(reward, cost, collateral)
        let more = windows == .zero ? .zero : paid(.zero, keeper(.liquidateCost), .zero) * (windows - Whole(1))
        return needed + first + more
    }

    private func paid(_ reward: Whole, _ cost: Whole, _ margin: Whole) -> Whole {
        let least = max(
            cost + keeper(.keeperRewardMinimum), times(cost, .ten(18) + keeper(.keeperProfitMinimum)))
        let bound = keeper(.keeperRewardMaximum)
        let most = margin == .zero ? bound : min(times(margin, keeper(.keeperScaling)), bound)
        return min(max(least, reward + cost), most)
    }
}
