import CompoundV3
import Domain
import Mechanisms
import OfferList
import PlainNumbers
import Testing
import Units

/// `absorb` and `buyCollateral` worked by hand, and against plain arithmetic.
@Suite struct CompoundV3SaleTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static func terms(held: TokenAmount, isOpen: Bool = true) -> CompoundV3SaleTerms {
        CompoundV3SaleTerms(
            assetPrice: Price(baseUnits: 2_000_00000000), assetUnit: wad, basePrice: Price(baseUnits: 1_00000000),
            baseUnit: 1_000_000, liquidationFactor: Wad(930_000_000_000_000_000),
            storeFrontFactor: Wad(600_000_000_000_000_000), held: held, isOpen: isOpen)
    }

    @Test func `three fifths of the penalty are the buyer's discount`() throws {
        let sale = try #require(
            CompoundV3Sale(
                Self.terms(held: 10 * Self.wad), pays: ReserveIndex(0), receives: ReserveIndex(1), at: .start))
        // 2 000 less 4.2 % is 1 916.
        #expect(sale.terms.discountedPrice == 1_916_00000000)
        #expect(try sale.exchange(paying: 1_916_000_000).get().received == Self.wad)
        #expect(try sale.exchange(paying: sale.payable.upperBound).get().received <= 10 * Self.wad)
        #expect(sale.exchange(paying: sale.payable.upperBound + 1) == .failure(.insufficientReserves))
    }

    @Test func `nothing is for sale once the reserves reach their target`() {
        let closed = Self.terms(held: 10 * Self.wad, isOpen: false)
        #expect(CompoundV3Sale(closed, pays: ReserveIndex(0), receives: ReserveIndex(1), at: .start) == nil)
    }

    @Test(arguments: 0..<40)
    func `quotes and the largest payment are plain arithmetic's`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var terms = Self.terms(held: generator.number(bits: 1...90))
            terms.assetPrice = UInt256(generator.number(bits: 20...60))
            terms.basePrice = UInt256(generator.number(bits: 20...40))
            terms.liquidationFactor = UInt256(generator.number(bits: 50...59))
            let scale = Natural.ten(18), paying = generator.number(bits: 1...80)
            let discount = Natural(terms.storeFrontFactor) * (scale - Natural(terms.liquidationFactor)) / scale
            let price = Natural(terms.assetPrice) * (scale - discount) / scale
            let top = Natural(terms.basePrice) * Natural(terms.assetUnit)
            let quote = Natural(paying) * top / price / Natural(terms.baseUnit)
            #expect(terms.quote(for: paying)?.description == "\(quote)", "seed \(seed)")
            let most = try #require(terms.largestPayment, "seed \(seed)")
            let atMost = Natural(most) * top / price / Natural(terms.baseUnit)
            let beyond = (Natural(most) + Natural(1)) * top / price / Natural(terms.baseUnit)
            #expect(atMost <= Natural(terms.held) && beyond > Natural(terms.held), "seed \(seed)")
        }
    }

    @Test func `an account below its edge offers the absorption, then its collateral for sale`() throws {
        let base = ReserveIndex(0), asset = ReserveIndex(1)
        var reserves = ReserveTable()
        for (reserve, decimals) in [(base, 6), (asset, 18)] as [(ReserveIndex, UInt8)] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: decimals, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
            reserves.set(reserve, terms: .lending(LendingTerms(collateralFactor: Wad(850_000_000_000_000_000))))
        }
        reserves.define(MarketIndex(0), cash: base)
        reserves.set(base, price: Price(baseUnits: 1_00000000))
        reserves.set(base, supply: Ray(1_000_000_000_000_000), borrow: Ray(1_000_000_000_000_000))
        reserves.set(asset, price: Price(baseUnits: 2_000_00000000))
        reserves.set(asset, .liquidationFactor, to: 930_000_000_000_000_000)
        reserves.set(base, .storeFrontFactor, to: 600_000_000_000_000_000)
        reserves.update(base) { $0.totals = Totals(assets: 0, shares: 1) }
        let legs = [Leg(asset, .collateral, Self.wad), Leg(base, .debt, 1_800_000_000)]
        let offers = CompoundV3Rules().offers(on: legs, in: reserves)
        #expect(offers.map(\.mechanism) == [.absorption, .storefront])
        #expect(try offers[0].exchange(paying: 0).get().rewards == .none)
        #expect(offers[1].pays == base && offers[1].receives == asset)
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        let found = CompoundV3Rules().absorption(factors: factors.span, amounts: amounts.span, in: reserves)
        // 2 000 · 0.93 = 1 860: 60 are left, and 1 860 paid out.
        let absorption = try #require(found)
        #expect(absorption.balanceAfter == 60_000_000 && absorption.paidOut == 1_860_000_000)
        #expect(absorption.loss == .zero)
        let safe = [Leg(asset, .collateral, Self.wad), Leg(base, .debt, 1_700_000_000)]
        #expect(CompoundV3Rules().offers(on: safe, in: reserves).isEmpty)
    }
}
