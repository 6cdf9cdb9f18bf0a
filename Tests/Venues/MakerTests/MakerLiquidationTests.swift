import Domain
import Maker
import Mechanisms
import OfferList
import PlainNumbers
import Testing
import Units

/// `Dog.bark` worked by hand, and against plain arithmetic.
@Suite struct MakerLiquidationTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static func rad(_ whole: UInt128) -> UInt256 { UInt256(whole * wad) * AuctionCurve.ray }
    private static let penalty = UInt256(1_130_000_000_000_000_000)

    @Test func `the room bounds what is auctioned, unless dust would be left`() throws {
        let terms = MakerTerms(chop: Self.penalty, dust: Self.rad(100), room: Self.rad(1_130))
        let part = try MakerBark.bark(
            ink: UInt256(20 * Self.wad), art: UInt256(2_000 * Self.wad), rate: AuctionCurve.ray, terms: terms
        ).get()
        #expect(part.dart == UInt256(1_000 * Self.wad) && part.dink == UInt256(10 * Self.wad))
        #expect(part.tab == Self.rad(1_130))
        let whole = try MakerBark.bark(
            ink: UInt256(20 * Self.wad), art: UInt256(1_099 * Self.wad), rate: AuctionCurve.ray, terms: terms
        ).get()
        #expect(whole.dart == UInt256(1_099 * Self.wad) && whole.dink == UInt256(20 * Self.wad))
        // Exactly the dust may be left.
        let edge = try MakerBark.bark(
            ink: UInt256(20 * Self.wad), art: UInt256(1_100 * Self.wad), rate: AuctionCurve.ray, terms: terms
        ).get()
        #expect(edge.dart == UInt256(1_000 * Self.wad))
    }

    @Test func `too little room for more than dust, or none, starts no auction`() {
        var terms = MakerTerms(chop: Self.penalty, dust: Self.rad(100), room: Self.rad(112))
        let art = UInt256(2_000 * Self.wad)
        #expect(
            MakerBark.bark(ink: art, art: art, rate: AuctionCurve.ray, terms: terms) == .failure(.mustNotLeaveDust))
        terms.room = .zero
        #expect(MakerBark.bark(ink: art, art: art, rate: AuctionCurve.ray, terms: terms) == .failure(.limitReached))
    }

    @Test func `an unsafe vault offers the tip and the share of the tab for barking at it`() throws {
        var reserves = ReserveTable()
        let ilk = ReserveIndex(0), dai = ReserveIndex(1)
        for reserve in [ilk, dai] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        reserves.define(MarketIndex(0), cash: dai)
        reserves.set(ilk, price: Price(baseUnits: 100 * Ray.one.value))
        reserves.set(ilk, supply: .one, borrow: .one)
        let legs = [Leg(ilk, .collateral, 9 * Self.wad), Leg(ilk, .debt, 1_000 * Self.wad)]
        #expect(MakerRules().offers(on: legs, in: reserves).isEmpty, "the ilk's numbers were never sent")
        let numbers: [(MarginParameter, UInt128)] = [
            (.auctionPenalty, 1_130_000_000_000_000_000), (.debtFloor, 100 * Self.wad),
            (.liquidationRoom, 5_000 * Self.wad), (.keeperTip, 300 * Self.wad), (.keeperChip, Self.wad / 1_000),
        ]
        for (parameter, value) in numbers { reserves.set(ilk, parameter, to: Int128(value)) }
        let offer = try #require(MakerRules().offers(on: legs, in: reserves).first)
        #expect(offer.mechanism == .keeperWork && offer.payable == 0...0)
        let reward = try offer.exchange(paying: 0).get().rewards.first
        // 300 and a thousandth of 1 130.
        #expect(reward == Reward(dai, 301_130_000_000_000_000_000))
        let safe = [Leg(ilk, .collateral, 10 * Self.wad), Leg(ilk, .debt, 1_000 * Self.wad)]
        #expect(MakerRules().offers(on: safe, in: reserves).isEmpty)
    }

    @Test(arguments: 0..<40)
    func `what goes to auction is plain arithmetic's`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let ink = generator.number(bits: 1...90), art = generator.number(bits: 1...100)
            let rate = generator.number(bits: 89...93), chop = generator.number(bits: 60...61)
            let dust = generator.number(bits: 1...90), room = generator.number(bits: 1...95)
            let terms = MakerTerms(
                chop: UInt256(chop), dust: UInt256(dust) * AuctionCurve.ray, room: UInt256(room) * AuctionCurve.ray)
            let found = MakerBark.bark(ink: UInt256(ink), art: UInt256(art), rate: UInt256(rate), terms: terms)
            let (wad, ray) = (Natural.ten(18), Natural.ten(27))
            var dart = min(Natural(art), Natural(room) * ray * wad / Natural(rate) / Natural(chop))
            var expected: LiquidationRevert?
            if Natural(art) > dart {
                if (Natural(art) - dart) * Natural(rate) < Natural(dust) * ray {
                    dart = Natural(art)
                } else if dart * Natural(rate) < Natural(dust) * ray {
                    expected = .mustNotLeaveDust
                }
            }
            let dink = Natural(ink) * dart / Natural(art)
            if expected == nil, dink.isZero { expected = .amountIsZero }
            guard expected == nil else {
                #expect(found == expected.map { .failure($0) }, "seed \(seed)")
                continue
            }
            let bark = try found.get()
            #expect("\(bark.dart)" == "\(dart)" && "\(bark.dink)" == "\(dink)", "seed \(seed)")
            #expect("\(bark.tab)" == "\(dart * Natural(rate) * Natural(chop) / wad)", "seed \(seed)")
        }
    }
}
