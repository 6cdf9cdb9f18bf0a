import Domain
import Mechanisms
import Opyn
import Testing
import Units

/// `_getDebtPrice` worked by hand.
@Suite struct OpynAuctionTests {
    private static let one = UInt256(1_000_000_000_000_000_000_000_000_000)

    /// A put struck at 2 000 with the spot at 1 900, ten of them against 1 500 in cash; deviation 2 %.
    private static let put = OpynAuction(
        kind: .put, strike: one * 2_000, spot: one * 1_900, deviation: one.dividedRoundingDown(by: 50),
        collateral: one * 1_500, debt: one * 10, began: Moment(nanoseconds: 1_000_000_000))

    @Test func `the price rises over an hour from the cash value less the deviation to all there is`() throws {
        let auction = try #require(Self.put)
        // 100 less 38 to begin with, 150 at the end.
        #expect(auction.start == Self.one * 62 && auction.end == Self.one * 150)
        #expect(auction.price(at: auction.began) == Self.one * 62)
        #expect(auction.price(at: auction.began + .seconds(1_800)) == Self.one * 106)
        #expect(auction.price(at: auction.began + .seconds(3_600)) == Self.one * 150)
        #expect(auction.price(at: auction.began + .seconds(90_000)) == Self.one * 150)
        #expect(auction.price(at: .start) == nil)
    }

    @Test func `a vault with less than an option is worth begins with all it has`() {
        let poor = OpynAuction(start: Self.one * 62, end: Self.one * 50, began: .start)
        #expect(poor.price(at: .start) == Self.one * 50)
    }

    @Test func `a call's price is in the underlying`() throws {
        let call = try #require(
            OpynAuction(
                kind: .call, strike: Self.one * 1_900, spot: Self.one * 2_000, deviation: .zero, collateral: Self.one,
                debt: Self.one * 10, began: .start))
        #expect(call.start == Self.one.dividedRoundingDown(by: 20))
    }

    @Test func `options buy collateral, all of them or so that dust does not remain`() throws {
        let auction = try #require(Self.put)
        let offer = try #require(
            OpynOffer(
                auction, pays: ReserveIndex(2), receives: ReserveIndex(0), amount: 10_00000000, seriesUnit: 1_00000000,
                deposited: 1_500_000_000, collateralUnit: 1_000_000, dust: 700_000_000,
                at: auction.began + .seconds(1_800)))
        #expect(try offer.exchange(paying: 5_00000000).get().received == 530_000_000)
        #expect(offer.exchange(paying: 8_00000000) == .failure(.mustNotLeaveDust))
        #expect(try offer.exchange(paying: 10_00000000).get().received == 1_060_000_000)
        #expect(offer.exchange(paying: 10_00000001) == .failure(.tooMuchRepay))
    }
}
