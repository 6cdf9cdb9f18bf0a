import Domain
import Mechanisms
import PlainNumbers
import Testing
import Units

/// `tend`, `dent`, `deal` and `tick`, worked by hand; and the least bids against trying.
@Suite struct EnglishAuctionTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static let begun = Moment(nanoseconds: 5_000_000_000)
    private static func rad(_ whole: UInt128) -> UInt256 { UInt256(whole * wad) * AuctionCurve.ray }
    private static let auction = EnglishAuction(lot: UInt256(10 * wad), tab: rad(1_000), at: begun)

    @Test func `a bid must be five per cent higher, except the tab itself`() throws {
        let first = try Self.auction.tend(bid: Self.rad(100), at: Self.begun).get()
        #expect(first.bidEnds == Self.begun + .seconds(10_800))
        #expect(first.nextBid == Self.rad(105))
        #expect(first.tend(bid: Self.rad(105) - 1, at: Self.begun) == .failure(.bidTooLow))
        #expect(try first.tend(bid: Self.rad(105), at: Self.begun).get().bid == Self.rad(105))
        let high = try first.tend(bid: Self.rad(999), at: Self.begun).get()
        #expect(high.nextBid == Self.rad(1_000))
        #expect(try high.tend(bid: Self.rad(1_000), at: Self.begun).get().isRising == false)
        #expect(high.tend(bid: Self.rad(1_000) + 1, at: Self.begun) == .failure(.tooMuchRepay))
    }

    @Test func `once the tab is bid, the lot falls by five per cent`() throws {
        #expect(Self.auction.dent(lot: 1, at: Self.begun) == .failure(.bidTooLow))
        let full = try Self.auction.tend(bid: Self.rad(1_000), at: Self.begun).get()
        let most = try #require(full.nextLot)
        #expect(most == 9_523_809_523_809_523_809)
        #expect(full.dent(lot: most + 1, at: Self.begun) == .failure(.bidTooLow))
        #expect(try full.dent(lot: most, at: Self.begun).get().lot == most)
    }

    @Test func `a bid stands for three hours, the auction two days, and both strictly`() throws {
        let bid = try Self.auction.tend(bid: Self.rad(100), at: Self.begun).get()
        let end = Self.begun + .seconds(10_800)
        #expect(!bid.canBeDealt(at: end) && !bid.isOpen(at: end))
        #expect(bid.canBeDealt(at: end + .seconds(1)))
        let over = Self.begun + .seconds(172_800)
        #expect(!Self.auction.canBeDealt(at: over + .seconds(1)), "nobody has bid")
        #expect(Self.auction.restarted(at: over) == nil)
        #expect(Self.auction.restarted(at: over + .seconds(1))?.ends == over + .seconds(172_801))
    }

    @Test(arguments: 0..<40)
    func `the next bid and lot are the least and the largest that are accepted`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var auction = Self.auction
        auction.tab = UInt256(generator.number(bits: 30...120))
        auction.lot = UInt256(generator.number(bits: 2...80))
        auction.step = UInt256(Self.wad + generator.number(bits: 1...58))
        for _ in 0..<200 where auction.isRising {
            let next = try #require(auction.nextBid)
            #expect(auction.tend(bid: next - 1, at: Self.begun) == .failure(.bidTooLow), "seed \(seed)")
            auction = try auction.tend(bid: next, at: Self.begun).get()
        }
        if auction.isRising { auction = try auction.tend(bid: auction.tab, at: Self.begun).get() }
        for _ in 0..<50 {
            guard let next = auction.nextLot else { break }
            #expect(auction.dent(lot: next + 1, at: Self.begun) == .failure(.bidTooLow), "seed \(seed)")
            auction = try auction.dent(lot: next, at: Self.begun).get()
        }
    }

    @Test func `an offer asks the next bid at least and hands over the lot`() throws {
        let bid = try Self.auction.tend(bid: Self.rad(100), at: Self.begun).get()
        let offer = try #require(
            EnglishBid(bid, pays: ReserveIndex(1), receives: ReserveIndex(0), at: Self.begun + .seconds(60)))
        #expect(offer.payable == (105 * Self.wad)...(1_000 * Self.wad))
        #expect(offer.settles == Self.begun + .seconds(10_860))
        #expect(try offer.exchange(paying: 105 * Self.wad).get().received == 10 * Self.wad)
        #expect(offer.exchange(paying: 105 * Self.wad - 1) == .failure(.bidTooLow))
        let full = try bid.tend(bid: Self.rad(1_000), at: Self.begun).get()
        let less = try #require(EnglishBid(full, pays: ReserveIndex(1), receives: ReserveIndex(0), at: Self.begun))
        #expect(less.payable == (1_000 * Self.wad)...(1_000 * Self.wad))
        #expect(try less.exchange(paying: 1_000 * Self.wad).get().received == 9_523_809_523_809_523_809)
    }
}
