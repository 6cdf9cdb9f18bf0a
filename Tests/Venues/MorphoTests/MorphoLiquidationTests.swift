import Domain
import Margin
import Mechanisms
import Morpho
import OfferList
import PlainNumbers
import Testing
import Units

/// `Morpho.liquidate` and `PreLiquidation` worked by hand, and against plain arithmetic.
@Suite struct MorphoLiquidationTests {
    private static let ether: UInt128 = 1_000_000_000_000_000_000
    /// 2 000 loan units of 6 decimals for one of 18.
    private static let price = Price(baseUnits: 2_000_000_000_000_000_000_000_000_000)
    private static let lltv = Wad(860_000_000_000_000_000)
    private static let totals = Totals(assets: 10_000_000_000, shares: 10_000_000_000_000_000)

    @Test func `repaying all that is owed seizes its worth and the incentive`() throws {
        let position = MorphoPosition(
            collateral: Self.ether, borrowShares: 1_800_000_000_000_000, totals: Self.totals, price: Self.price,
            lltv: Self.lltv)
        let incentive = try #require(MorphoMath.liquidationIncentive(lltv: Self.lltv))
        let taking = try #require(position.taking(paying: 1_800_000_000, incentive: incentive))
        #expect(taking.repaidAssets == 1_800_000_000)
        // ⌊1 800 000 000 · 1.0438…⌋ = 1 878 914 405, at 2 000 a piece.
        #expect(taking.seized == 939_457_202_500_000_000)
        #expect(taking.after.borrowShares == 0)
    }

    @Test func `when the collateral does not suffice all of it is taken for less, and the rest is written off`() throws
    {
        let market = MorphoMarket(price: Self.price.baseUnits, lltv: Self.lltv.value, Self.totals)
        let legs = market.legs(Self.ether, 2_500_000_000_000_000)
        let offer = try #require(MorphoRules().offers(on: legs, in: market.reserves).first)
        let done = try offer.exchange(paying: offer.payable.upperBound).get()
        #expect(done.received == Self.ether)
        // ⌈2 000 000 000 / 1.043841336116910229⌉ = 1 916 000 001.
        #expect(done.paid == 1_916_000_001)
        #expect(done.badDebt == 583_999_999)
    }

    @Test(arguments: 0..<40)
    func `repaid shares, assets, seizure and bad debt are plain arithmetic's`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let plain = PlainMorpho(&generator)
            let market = MorphoMarket(price: plain.price, lltv: plain.lltv, plain.totals)
            let legs = market.legs(plain.collateral, plain.shares)
            guard let offer = MorphoRules().offers(on: legs, in: market.reserves).first else { continue }
            for paying in [1, offer.payable.upperBound, generator.number(bits: 1...100)] {
                guard paying <= offer.payable.upperBound else { continue }
                let expected = plain.liquidation(paying: paying)
                switch offer.exchange(paying: paying) {
                case .success(let done):
                    #expect("\(done.paid)" == "\(expected.paid)", "seed \(seed)")
                    #expect("\(done.received)" == "\(expected.seized)", "seed \(seed)")
                    #expect("\(done.badDebt)" == "\(expected.badDebt)", "seed \(seed)")
                    #expect(done.paid <= paying, "seed \(seed)")
                case .failure(let reason): #expect(reason == .amountIsZero && expected.shares.isZero, "seed \(seed)")
                }
            }
        }
    }

    @Test func `half way between the thresholds the part and the bonus are half way too`() throws {
        // 0.8 to 0.9: 1 700 owed of 2 000 is 0.85. Part 0.1 to 0.5, bonus 1.01 to 1.05.
        var market = MorphoMarket(price: Self.price.baseUnits, lltv: 900_000_000_000_000_000, Self.totals)
        market.allowPreLiquidation()
        let legs = market.legs(Self.ether, 1_700_000_000_000_000)
        let traits = AccountTraits(category: MorphoRules.allowsPreLiquidation)
        #expect(MorphoRules().offers(on: legs, in: market.reserves).isEmpty, "not without the owner's leave")
        let offer = try #require(MorphoRules().offers(on: legs, traits: traits, in: market.reserves).first)
        #expect(offer.mechanism == .preLiquidation)
        let pre = try #require(offer as? PreLiquidation)
        #expect(pre.incentive == 1_030_000_000_000_000_000 && pre.closeFactor == 300_000_000_000_000_000)
        #expect(pre.payable.upperBound == 510_000_000)
        let done = try pre.exchange(paying: 510_000_000).get()
        // 510 · 1.03 / 2 000.
        #expect(done.paid == 510_000_000 && done.received == 262_650_000_000_000_000)
        #expect(pre.exchange(paying: 510_000_001) == .failure(.tooMuchRepay))
    }

    @Test func `at the first threshold and above the second there is no pre-liquidation`() {
        var market = MorphoMarket(price: Self.price.baseUnits, lltv: 900_000_000_000_000_000, Self.totals)
        market.allowPreLiquidation()
        let traits = AccountTraits(category: MorphoRules.allowsPreLiquidation)
        for (shares, count) in [(1_600, 0), (1_601, 1), (1_800, 1)] as [(UInt128, Int)] {
            let legs = market.legs(Self.ether, shares * 1_000_000_000_000)
            #expect(MorphoRules().offers(on: legs, traits: traits, in: market.reserves).count == count, "\(shares)")
        }
        let above = MorphoRules().offers(
            on: market.legs(Self.ether, 1_801_000_000_000_000), traits: traits, in: market.reserves)
        #expect(above.map(\.mechanism) == [.fixedPenalty])
    }
}

/// A random position, and its liquidation on paper.
private struct PlainMorpho {
    let price, lltv, collateral, shares: UInt128
    let totals: Totals

    init(_ generator: inout SeededGenerator) {
        price = generator.number(bits: 80...121)
        lltv = generator.number(bits: 57...59)
        collateral = generator.number(bits: 20...90)
        let pool = generator.number(bits: 40...100)
        totals = Totals(assets: pool, shares: pool / 7 * 1_000_000 + generator.number(bits: 1...40))
        shares = min(generator.number(bits: 20...110), totals.shares)
    }

    func liquidation(paying: UInt128) -> (shares: Natural, paid: Natural, seized: Natural, badDebt: Natural) {
        let wad = Natural.ten(18), scale = Natural.ten(36)
        let (all, count) = (Natural(totals.assets) + Natural(1), Natural(totals.shares) + Natural(1_000_000))
        let discount = wad - Natural(300_000_000_000_000_000) * (wad - Natural(lltv)) / wad
        let incentive = min(Natural(1_150_000_000_000_000_000), wad * wad / discount)
        var repaid = min(Natural(paying) * count / all, Natural(shares))
        var seized = repaid * all / count * incentive / wad * scale / Natural(price)
        if seized > Natural(collateral) {
            seized = Natural(collateral)
            let quoted = (seized * Natural(price)).dividedRoundingUp(by: scale)
            repaid = ((quoted * wad).dividedRoundingUp(by: incentive) * count).dividedRoundingUp(by: all)
        }
        let paid = (repaid * all).dividedRoundingUp(by: count)
        guard seized == Natural(collateral) else { return (repaid, paid, seized, Natural(0)) }
        let pool = Natural(totals.assets) > paid ? Natural(totals.assets) - paid : Natural(0)
        let owed = ((Natural(shares) - repaid) * (pool + Natural(1))).dividedRoundingUp(by: count - repaid)
        return (repaid, paid, seized, min(pool, owed))
    }
}

private struct MorphoMarket {
    static let collateral = ReserveIndex(0)
    static let loan = ReserveIndex(1)
    var reserves = ReserveTable()

    init(price: UInt128, lltv: UInt128, _ totals: Totals) {
        for reserve in [Self.collateral, Self.loan] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        reserves.set(Self.collateral, price: Price(baseUnits: price))
        reserves.set(Self.collateral, terms: .lending(LendingTerms(collateralFactor: Wad(lltv))))
        reserves.update(Self.loan) { $0.totals = totals }
    }

    mutating func allowPreLiquidation() {
        let percent: Int128 = 10_000_000_000_000_000
        for (parameter, value) in [
            (.preThreshold, 80), (.preCloseFactorLow, 10), (.preCloseFactorHigh, 50), (.preIncentiveLow, 101),
            (.preIncentiveHigh, 105),
        ] as [(MarginParameter, Int128)] {
            reserves.set(Self.collateral, parameter, to: value * percent)
        }
    }

    func legs(_ collateral: TokenAmount, _ shares: UInt128) -> [Leg] {
        [Leg(Self.collateral, .collateral, collateral), Leg(Self.loan, .debt, shares)]
    }
}
