import Domain
import FeedProtocol
import Testing
import Units

@testable import Paper

/// What becomes of a tape's word about an account after somebody here has taken from it.
@Suite struct TapeHistoryTests {
    /// 10 WETH against 15 000 USDC of which we have repaid 7 000: the tape does not know it.
    private func taken() -> SmallMarket {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        small.submit(small.order())
        small.closeBlock()
        return small
    }

    @Test func `the bot is told the account as it is now, under a newer version`() throws {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        _ = small.told()
        small.submit(small.order())
        small.closeBlock()
        let told = try #require(small.told())
        #expect(told.version == 2 && told.legs == small.held())
        #expect(small.held().contains(Leg(usdc, .debt, 8_000_000_000)))
    }

    @Test func `the liquidation that was recorded is left out`() throws {
        let small = taken()
        let before = small.held()
        let sums = small.totals()
        _ = small.told()
        small.victim(version: 2, weth: 6, usdc: 7_500)
        #expect(small.held() == before && small.totals() == sums)
        #expect(small.counters().framesLeftOut == 1)
        let told = try #require(small.told())
        #expect(told.version == 3 && told.legs == before)
    }

    @Test func `what the owner does is done to what is left`() {
        let small = taken()
        let left = small.held()
        let sums = small.totals()
        // By the tape he has put in 2 WETH and repaid 1 000 USDC: not both fall.
        small.victim(version: 2, weth: 12, usdc: 14_000)
        let now = small.held()
        #expect(now[0].amount == left[0].amount + 2 * oneETH)
        #expect(now[1].amount == left[1].amount - 1_000_000_000)
        #expect(small.counters().ownersChanges == 1 && small.totals() == sums)
    }

    @Test func `nothing falls below zero`() {
        let small = taken()
        small.victim(version: 2, weth: 10, usdc: 1)
        #expect(small.held() == [small.held()[0]], "7 000 were repaid here, 14 999 on the tape")
    }

    @Test func `a frame that changes nothing tells the account as it is here`() throws {
        let small = taken()
        let before = small.held()
        _ = small.told()
        small.victim(version: 1)
        #expect(small.held() == before && small.counters().ownersChanges == 0)
        #expect(try #require(small.told()).legs == before)
    }

    @Test func `an older frame changes nothing`() {
        let small = SmallMarket()
        small.victim(version: 5)
        small.victim(version: 4, weth: 3, usdc: 1)
        #expect(small.held()[0].amount == 10 * oneETH)
    }

    @Test func `whoever a snapshot does not mention has closed`() {
        let small = taken()
        small.victim(1)
        let sums = small.totals()
        small.tell(.snapshotBegins(stream))
        small.victim(1)
        small.tell(.snapshotEnds(stream))
        #expect(small.held(0).isEmpty && !small.held(1).isEmpty && small.totals() == sums)
    }

    @Test func `one position of a taken account is changed alone`() {
        let small = taken()
        let left = small.held()
        small.tell(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(0), market: market, kind: .position, reserve: weth, version: 2, legs: 1)))
        small.tell(.accountLeg(Leg(weth, .collateral, 11 * oneETH)))
        #expect(small.held()[0].amount == left[0].amount + oneETH && small.held()[1] == left[1])
    }
}
