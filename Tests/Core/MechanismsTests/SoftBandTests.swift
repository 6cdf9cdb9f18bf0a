import Domain
import Mechanisms
import PlainNumbers
import Testing
import Units

/// The band above the edge, and a repayment at a discount.
@Suite struct SoftBandTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static let band = SoftBand(
        edge: UInt256(wad), width: UInt256(wad / 20), discountAtEdge: UInt256(wad / 25))

    @Test func `the discount falls from the edge to nothing at the end of the band`() {
        #expect(Self.band.discount(at: UInt256(Self.wad)) == UInt256(Self.wad / 25))
        #expect(Self.band.discount(at: UInt256(Self.wad / 10_000 * 10_125)) == UInt256(Self.wad / 100 * 3))
        #expect(Self.band.discount(at: UInt256(Self.wad / 20 * 21 - 1)) == .zero)
        #expect(Self.band.discount(at: UInt256(Self.wad / 20 * 21)) == nil, "the end is outside")
        #expect(Self.band.discount(at: UInt256(Self.wad - 1)) == nil, "below the edge it may be forced")
    }

    @Test func `a repayment buys its worth and the discount, and no more than there is`() throws {
        var reserves = ReserveTable()
        let (owed, held) = (ReserveIndex(0), ReserveIndex(1))
        for (reserve, decimals, price) in [(owed, 6, 1_00000000), (held, 18, 2_000_00000000)]
            as [(ReserveIndex, UInt8, UInt128)]
        {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: decimals, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
            reserves.set(reserve, price: Price(baseUnits: price))
        }
        let offer = try #require(
            DiscountedRepayment(
                .softBand, debt: Reward(owed, 5_000_000_000), collateral: Reward(held, Self.wad),
                discount: UInt256(Self.wad / 100 * 3), window: OfferWindow(opens: .start), in: reserves))
        // 2 000 buy 1.03: all of one costs 1 941.747572.
        #expect(offer.payable == 1...1_941_747_572)
        #expect(try offer.exchange(paying: 1_000_000_000).get().received == 515_000_000_000_000_000)
        #expect(try offer.exchange(paying: 1_941_747_572).get().received <= Self.wad)
        #expect(offer.exchange(paying: 1_941_747_573) == .failure(.tooMuchRepay))
    }

    @Test(arguments: 0..<20)
    func `what is received is plain arithmetic's, and the limit the last that there is collateral for`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var reserves = ReserveTable()
            let prices = [generator.number(bits: 20...60), generator.number(bits: 20...60)]
            for i in 0..<2 {
                reserves.define(
                    ReserveDefinition(
                        reserve: ReserveIndex(i), market: MarketIndex(0), decimals: 6, liquidationThreshold: .zero,
                        liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
                reserves.set(ReserveIndex(i), price: Price(baseUnits: prices[i]))
            }
            let discount = UInt128(generator.below(200)) * Self.wad / 1_000
            let debt = generator.number(bits: 1...90), held = generator.number(bits: 1...60)
            let offer = DiscountedRepayment(
                .selfDeleveraging, debt: Reward(ReserveIndex(0), debt), collateral: Reward(ReserveIndex(1), held),
                discount: UInt256(discount), window: OfferWindow(opens: .start), in: reserves)
            let top = Natural(prices[0]) * (Natural.ten(18) + Natural(discount))
            let bottom = Natural(prices[1]) * .ten(18)
            guard let offer else {
                #expect(top / bottom > Natural(held), "seed \(seed)")
                continue
            }
            let most = offer.payable.upperBound
            #expect(Natural(most) * top / bottom <= Natural(held), "seed \(seed)")
            #expect(most == debt || (Natural(most) + Natural(1)) * top / bottom > Natural(held), "seed \(seed)")
            let received = try offer.exchange(paying: most).get().received
            #expect("\(received)" == "\(Natural(most) * top / bottom)", "seed \(seed)")
        }
    }
}
