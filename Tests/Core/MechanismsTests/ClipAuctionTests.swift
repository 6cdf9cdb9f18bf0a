import Domain
import Mechanisms
import PlainNumbers
import Testing
import Units

/// `status`, `take` and `redo` worked by hand, and against plain arithmetic.
@Suite struct ClipAuctionTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static let ray = AuctionCurve.ray

    private static func rad(_ whole: UInt128) -> UInt256 { UInt256(whole * wad) * ray }

    /// Ten at a top of 150, 1 000 to raise, an hour's line, restarted after 45 minutes or at 40 %; floor 100.
    private static let auction = ClipAuction(
        lot: 10 * wad, tab: rad(1_000), top: UInt256(150) * ray, started: Moment(nanoseconds: 1_000_000_000_000),
        curve: .linear(duration: 3_600), tail: 2_700, cusp: UInt256(400_000_000_000_000_000_000_000_000),
        chost: rad(100))

    private static func after(_ seconds: Int64) -> Moment { auction.started + .seconds(seconds) }

    @Test func `at exactly the tail or the cusp it can still be taken, past either it must be restarted`() {
        // The cusp of 40 % is reached after 2 160 s.
        #expect(Self.auction.status(at: Self.after(2_160))?.needsReset == false)
        #expect(Self.auction.status(at: Self.after(2_161))?.needsReset == true)
        var flat = Self.auction
        flat.curve = .exponential(cut: Self.ray)
        #expect(flat.status(at: Self.after(2_700))?.needsReset == false)
        #expect(flat.status(at: Self.after(2_701))?.needsReset == true)
        #expect(flat.taking(1, at: Self.after(2_701)) == .failure(.needsReset))
    }

    @Test func `the whole tab buys less than the lot while the price is high`() throws {
        let taking = try Self.auction.taking(UInt256(10 * Self.wad), at: Self.after(0)).get()
        #expect(taking.owe == Self.rad(1_000) && taking.tabLeft == .zero && taking.isLast)
        // 1 000 / 150, rounded down.
        #expect(taking.slice == 6_666_666_666_666_666_666)
    }

    @Test func `a part that would leave less than the floor is lowered to leave just the floor`() throws {
        // 6.2 at 150 are 930: 70 would be left; 900 are taken instead, for 6.
        let taking = try Self.auction.taking(UInt256(6_200_000_000_000_000_000), at: Self.after(0)).get()
        #expect(taking.owe == Self.rad(900) && taking.slice == UInt256(6 * Self.wad))
        #expect(taking.tabLeft == Self.rad(100))
    }

    @Test func `with no more than the floor to raise no part is sold`() {
        var small = Self.auction
        small.tab = Self.rad(100)
        #expect(small.taking(UInt256(Self.wad / 10), at: Self.after(0)) == .failure(.noPartialPurchase))
    }

    @Test func `an offer takes any size, and never more than was paid`() throws {
        let pays = ReserveIndex(1), receives = ReserveIndex(0)
        let offer = try #require(ClipOffer(Self.auction, pays: pays, receives: receives, at: Self.after(900)))
        // 112.5: the lot is worth 1 125, the tab 1 000.
        #expect(offer.payable == 1...(1_000 * Self.wad))
        #expect(offer.window.closes == Self.after(2_700))
        let all = try offer.exchange(paying: 1_000 * Self.wad).get()
        #expect(all.paid == 1_000 * Self.wad && all.received == 8_888_888_888_888_888_888)
        let part = try offer.exchange(paying: 450 * Self.wad).get()
        #expect(part.paid == 450 * Self.wad && part.received == 4 * Self.wad)
        let lowered = try offer.exchange(paying: 950 * Self.wad).get()
        #expect(lowered.paid == 900 * Self.wad && lowered.received == 8 * Self.wad)
    }

    @Test(arguments: 0..<40)
    func `what is owed, sold and left is plain arithmetic's, and nothing is lost`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var auction = Self.auction
            auction.lot = UInt256(generator.number(bits: 40...80))
            auction.top = UInt256(generator.number(bits: 80...110))
            auction.tab = UInt256(generator.number(bits: 60...127)) * UInt256(generator.number(bits: 30...50))
            auction.chost = UInt256(generator.number(bits: 60...127)) * UInt256(generator.number(bits: 20...48))
            let amount = UInt256(generator.number(bits: 40...81)), age = generator.below(2_100)
            let price = Natural(try #require(auction.status(at: Self.after(Int64(age)))).price)
            let expected = PlainTake.take(auction, amount, at: price)
            switch auction.taking(amount, at: Self.after(Int64(age))) {
            case .failure(let reason): #expect(reason == .noPartialPurchase && expected == nil, "seed \(seed)")
            case .success(let taking):
                guard let plain = expected else {
                    Issue.record("seed \(seed): nothing was to be sold")
                    continue
                }
                #expect("\(taking.owe)" == "\(plain.owe)" && "\(taking.slice)" == "\(plain.slice)", "seed \(seed)")
                #expect(taking.owe + taking.tabLeft == auction.tab, "seed \(seed)")
                #expect(taking.slice + taking.lotLeft == auction.lot, "seed \(seed)")
                #expect(
                    taking.tabLeft.isZero || taking.lotLeft.isZero || taking.tabLeft >= auction.chost, "seed \(seed)")
            }
        }
    }

    @Test func `the first second at which taking pays is just below the resale value and the costs`() throws {
        // A slice of 4 worth 480 with costs of 20: from a price below 115 on. After 840 s it is, by a rounding.
        let slice = UInt256(4 * Self.wad)
        let found = Self.auction.firstWorthwhile(
            slice: slice, worth: Self.rad(480), cost: Self.rad(20), from: Self.after(0))
        #expect(found == Self.after(840))
        #expect(
            Self.auction.firstWorthwhile(slice: slice, worth: Self.rad(480), cost: Self.rad(20), from: Self.after(900))
                == Self.after(900))
        // Below 40 % of the top it cannot be taken any more.
        #expect(
            Self.auction.firstWorthwhile(slice: slice, worth: Self.rad(100), cost: .zero, from: Self.after(0)) == nil)
    }

    @Test func `restarting takes the feed's price anew and pays only where enough is at stake`() throws {
        let keeper = ClipKeeper(
            tip: Self.rad(300), chip: UInt256(1_000_000_000_000_000), buf: Self.ray.dividedRoundingDown(by: 10) * 12)
        #expect(keeper.reward(forTab: Self.rad(1_000)) == Self.rad(301))
        let feed = UInt256(90) * Self.ray
        #expect(throws: LiquidationRevert.notOpen) {
            try keeper.restart(Self.auction, feedPrice: feed, at: Self.after(2_160)).get()
        }
        let (anew, reward) = try keeper.restart(Self.auction, feedPrice: feed, at: Self.after(2_161)).get()
        #expect(anew.top == UInt256(108) * Self.ray && anew.started == Self.after(2_161))
        #expect(reward == Self.rad(301))
        var small = Self.auction
        small.tab = Self.rad(99)
        #expect(try keeper.restart(small, feedPrice: feed, at: Self.after(2_161)).get().reward == .zero)
        // 10 at 9.99 are worth less than the floor.
        let cheap = UInt256(999) * Self.ray.dividedRoundingDown(by: 100)
        #expect(try keeper.restart(Self.auction, feedPrice: cheap, at: Self.after(2_161)).get().reward == .zero)
    }
}

/// `take` on numbers without a width.
private enum PlainTake {
    static func take(_ auction: ClipAuction, _ amount: UInt256, at price: Natural) -> (owe: Natural, slice: Natural)? {
        let (tab, lot, chost) = (Natural(auction.tab), Natural(auction.lot), Natural(auction.chost))
        var slice = min(lot, Natural(amount))
        var owe = slice * price
        if owe > tab {
            (owe, slice) = (tab, tab / price)
        } else if owe < tab && slice < lot && tab - owe < chost {
            if tab <= chost { return nil }
            owe = tab - chost
            slice = owe / price
        }
        return (owe, slice)
    }
}
