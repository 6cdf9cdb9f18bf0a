import CompoundV2
import Domain
import Margin
import Mechanisms
import OfferList
import PlainNumbers
import Testing
import Units

/// `liquidateBorrow` worked by hand, and against plain arithmetic.
@Suite struct CompoundV2LiquidationTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000

    @Test func `half the borrow buys its worth and eight per cent, of which the reserves keep 2,8 per cent`() throws {
        // 1 cToken unit is 0.02 units of ETH at 2 000; 1 500 000 owed at 1. Everything has 18 decimals.
        let pool = Pool(price: 2_000 * Self.wad, rate: Self.wad / 50, owedPrice: Self.wad, index: Self.wad)
        let legs = pool.legs(held: 40_000 * Self.wad, owed: 1_500_000 * Self.wad, settled: Self.wad)
        let offers = CompoundV2Rules().offers(on: legs, in: pool.reserves)
        try #require(offers.count == 1)
        #expect(offers[0].mechanism == .fixedPenalty)
        #expect(offers[0].pays == Pool.owed && offers[0].receives == Pool.held)
        #expect(offers[0].payable == 1...(750_000 * Self.wad))
        let whole = try offers[0].exchange(paying: 750_000 * Self.wad).get()
        // 750 000 · 1.08 / 2 000 = 405 ETH, of which 11.34 stay.
        #expect(whole.received == 393_660_000_000_000_000_000)
        #expect(whole.protocolFee == 11_340_000_000_000_000_000)
        #expect(offers[0].exchange(paying: 750_000 * Self.wad + 1) == .failure(.tooMuchRepay))
    }

    @Test func `a borrower with too few cTokens is taken only as far as they go`() throws {
        let pool = Pool(price: 2_000 * Self.wad, rate: Self.wad / 50, owedPrice: Self.wad, index: Self.wad)
        let legs = pool.legs(held: 1_000, owed: 1_500_000 * Self.wad, settled: Self.wad)
        let offer = try #require(CompoundV2Rules().offers(on: legs, in: pool.reserves).first)
        let most = offer.payable.upperBound
        #expect(try offer.exchange(paying: most).get().paid == most)
        let subject = try pool.subject(legs)
        #expect(
            CompoundV2Rules().liquidation(repaying: most + 1, of: subject, in: pool.reserves) == .failure(.seizeTooMuch)
        )
    }

    @Test func `a safe account offers nothing`() {
        let pool = Pool(price: 2_000 * Self.wad, rate: Self.wad / 50, owedPrice: Self.wad, index: Self.wad)
        let legs = pool.legs(held: 40_000 * Self.wad, owed: 1, settled: Self.wad)
        #expect(CompoundV2Rules().offers(on: legs, in: pool.reserves).isEmpty)
    }

    @Test(arguments: 0..<40)
    func `what is seized is plain arithmetic's, to the unit`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let price = generator.number(bits: 40...100), rate = generator.number(bits: 50...90)
            let owedPrice = generator.number(bits: 40...100), index = generator.number(bits: 60...63)
            let pool = Pool(price: price, rate: rate, owedPrice: owedPrice, index: index)
            let held = generator.number(bits: 1...90), owed = generator.number(bits: 1...100)
            let settled = generator.number(bits: 59...60)
            let legs = pool.legs(held: held, owed: owed, settled: settled)
            guard let subject = try? pool.subject(legs), subject.health.isLiquidatable else { continue }
            let scale = Natural.ten(18)
            let balance = Natural(owed) * Natural(index) / Natural(settled)
            let most = Natural(Self.wad / 2) * balance / scale
            let numerator = Natural(1_080_000_000_000_000_000 as UInt128) * Natural(owedPrice) / scale
            let denominator = Natural(price) * Natural(rate) / scale
            guard !denominator.isZero, (numerator * scale).fitsWord else { continue }
            let ratio = numerator * scale / denominator
            for repay in [1, generator.number(bits: 1...100)] {
                let found = CompoundV2Rules().liquidation(repaying: repay, of: subject, in: pool.reserves)
                let seized = ratio * Natural(repay) / scale
                if Natural(repay) > most {
                    #expect(found == .failure(.tooMuchRepay), "seed \(seed)")
                } else if seized > Natural(held) {
                    #expect(found == .failure(.seizeTooMuch), "seed \(seed)")
                } else {
                    let kept = seized * Natural(28_000_000_000_000_000 as UInt128) / scale
                    let amounts = try found.get()
                    #expect("\(amounts.seize)" == "\(Natural(rate) * (seized - kept) / scale)", "seed \(seed)")
                    #expect("\(amounts.protocolFee)" == "\(Natural(rate) * kept / scale)", "seed \(seed)")
                    #expect("\(amounts.scaledDebtAfter)" == "\(balance - Natural(repay))", "seed \(seed)")
                    #expect("\(amounts.scaledCollateralAfter)" == "\(Natural(held) - seized)", "seed \(seed)")
                }
            }
            // The capped size goes through, and one unit more does not; nothing is repaid for nothing.
            guard !ratio.isZero else { continue }
            let cap = CompoundV2Rules().repayAvoidingDust(of: subject, in: pool.reserves)
            let beyond = ratio * (Natural(cap) + Natural(1)) / scale > Natural(held) || Natural(cap) == most
            #expect(ratio * Natural(cap) / scale <= Natural(held) && beyond, "seed \(seed)")
        }
    }
}

/// One market that is held and one that is borrowed from.
private struct Pool {
    static let held = ReserveIndex(0)
    static let owed = ReserveIndex(1)
    var reserves = ReserveTable()

    init(price: UInt128, rate: UInt128, owedPrice: UInt128, index: UInt128) {
        for reserve in [Self.held, Self.owed] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                    liquidationBonus: .basisPoints(10_800), protocolFee: .basisPoints(280), scalePartsPerMillion: 10_000
                ))
            reserves.set(reserve, terms: .lending(LendingTerms(collateralFactor: Wad(750_000_000_000_000_000))))
        }
        reserves.define(MarketIndex(0), cash: Self.owed)
        reserves.set(Self.owed, .closeFactor, to: 500_000_000_000_000_000)
        reserves.set(Self.held, price: Price(baseUnits: price))
        reserves.set(Self.owed, price: Price(baseUnits: owedPrice))
        reserves.set(Self.held, supply: Ray(rate), borrow: Ray(1))
        reserves.set(Self.owed, supply: Ray(1), borrow: Ray(index))
    }

    func legs(held: TokenAmount, owed: TokenAmount, settled: UInt128) -> [Leg] {
        [Leg(Self.held, .collateral, held), Leg(Self.owed, .debt, owed), Leg(Self.owed, .accrual, settled)]
    }

    func subject(_ legs: [Leg]) throws -> LiquidationSubject {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        let judged = CompoundV2Rules().health(
            factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
        let health = try #require(judged)
        return LiquidationSubject(
            pair: LiquidationPair(collateral: Self.held, debt: Self.owed), scaledCollateral: amounts[0],
            scaledDebt: amounts[1], health: health, closeFactor: .basisPoints(5_000), settledIndex: amounts[2])
    }
}
