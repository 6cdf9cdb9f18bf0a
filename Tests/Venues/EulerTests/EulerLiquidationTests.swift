import Domain
import Euler
import Mechanisms
import OfferList
import PlainNumbers
import Testing
import Units

/// `calculateLiquidation` worked by hand, and against plain arithmetic.
@Suite struct EulerLiquidationTests {
    private static func offer(_ state: EulerLiquidationState) -> EulerLiquidation? {
        EulerLiquidation(state, pays: ReserveIndex(1), receives: ReserveIndex(0), at: .start)
    }

    private static let state = EulerLiquidationState(
        weighted: 950_000_000, liability: 1_000_000_000, debt: 500_000_000, balance: 3_000_000_000,
        worth: 1_200_000_000,
        discountMaximum: 150_000_000_000_000_000)

    @Test func `an account five per cent short is sold five per cent below its worth`() throws {
        let offer = try #require(Self.offer(Self.state))
        #expect(offer.factor == 950_000_000_000_000_000)
        // 1 000 of debt buy 1 052.63 of the 1 200 that 3 000 shares are worth.
        #expect(offer.maximumRepay == 500_000_000)
        #expect(offer.maximumYield == 2_631_578_945)
        let half = try offer.exchange(paying: 250_000_000).get()
        #expect(half.received == 1_315_789_472 && half.badDebt == 0)
        #expect(offer.exchange(paying: 500_000_001) == .failure(.tooMuchRepay))
    }

    @Test func `the discount ends at its bound, and what the collateral does not cover is written off`() throws {
        var state = Self.state
        (state.weighted, state.worth) = (500_000_000, 600_000_000)
        let offer = try #require(Self.offer(state))
        #expect(offer.factor == 850_000_000_000_000_000)
        // 600 · 0.85 = 510 of 1 000: half of the debt and a little.
        #expect(offer.maximumRepay == 255_000_000 && offer.maximumYield == 3_000_000_000)
        #expect(try offer.exchange(paying: 255_000_000).get().badDebt == 245_000_000)
        state.isOnlyCollateral = false
        #expect(try #require(Self.offer(state)).exchange(paying: 255_000_000).get().badDebt == 0)
    }

    @Test func `at equality there is an offer without a discount, above it none, and worthless collateral is free`()
        throws
    {
        var state = Self.state
        state.weighted = state.liability
        #expect(try #require(Self.offer(state)).factor == 1_000_000_000_000_000_000)
        state.weighted = state.liability + 1
        #expect(Self.offer(state) == nil)
        (state.weighted, state.worth) = (.zero, .zero)
        let free = try #require(Self.offer(state))
        #expect(free.payable == 0...0)
        #expect(try free.exchange(paying: 0).get().received == 3_000_000_000)
    }

    @Test func `nothing is taken before the cool-off is over`() throws {
        var state = Self.state
        state.opens = Moment.start + .seconds(60)
        #expect(try #require(Self.offer(state)).window.opens == Moment.start + .seconds(60))
    }

    @Test(arguments: 0..<40)
    func `repayment and yield are plain arithmetic's`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let liability = generator.number(bits: 1...100)
            let weighted = UInt128(generator.below(1_000_001)) * (liability / 1_000_000)
            let debt = generator.number(bits: 1...100), balance = generator.number(bits: 1...100)
            let worth = generator.number(bits: 1...100), points = UInt128(generator.below(3_000))
            let found = Self.offer(
                EulerLiquidationState(
                    weighted: UInt256(weighted), liability: UInt256(liability), debt: UInt256(debt),
                    balance: UInt256(balance), worth: UInt256(worth),
                    discountMaximum: UInt256(points * 100_000_000_000_000)))
            let wad = Natural.ten(18)
            let least = wad - wad * Natural(points) / Natural(10_000)
            let factor = max(Natural(weighted) * wad / Natural(liability), least)
            var (repay, yield) = (Natural(liability), Natural(liability) * wad / factor)
            if Natural(worth) < yield { (repay, yield) = (Natural(worth) * factor / wad, Natural(worth)) }
            let most = repay * Natural(debt) / Natural(liability), all = yield * Natural(balance) / Natural(worth)
            guard most < Natural.ten(38) else { continue }
            let offer = try #require(found, "seed \(seed)")
            #expect("\(offer.maximumRepay)" == "\(most)" && "\(offer.maximumYield)" == "\(all)", "seed \(seed)")
            guard !most.isZero else { continue }
            let paying = max(1, generator.number(bits: 1...100) % offer.payable.upperBound)
            let received = try offer.exchange(paying: paying).get().received
            #expect("\(received)" == "\(Natural(paying) * all / most)", "seed \(seed)")
        }
    }
}
