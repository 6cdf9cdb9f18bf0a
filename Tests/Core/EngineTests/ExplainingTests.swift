import Domain
import Margin
import Strategy
import Testing
import Units

@testable import Engine

@Suite struct ExplainingTests {
    private let account = AccountIndex(0)

    @Test func `what is explained is what is then done`() throws {
        var world = LendingWorld()
        world.step(.armed(false))
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        world.step(.armed(true))
        world.take()
        let found = world.engine.explain(account)
        let before = try #require(found)
        #expect(world.take().isEmpty && before.openIntents == 0)
        world.block(2)
        let intent = try #require(world.take().intents.first)
        let expected = Explanation.Verdict.bid(
            collateral: intent.collateral, debt: intent.debt, intent.funding, intent.figures)
        #expect(before.verdict == expected)
        #expect(before.pairs.map(\.verdict) == [expected])
        #expect(before.health?.isLiquidatable == true && before.legs.count == 2)
    }

    @Test func `the rule that stands against a bid is named`() {
        var world = LendingWorld { $0.minimumProfitMicros = 1_000_000_000_000 }
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        let refusals = world.take().refusals
        let found = world.engine.explain(account)
        #expect(refusals == [.belowMinimumProfit] && found?.verdict == .refused(.belowMinimumProfit))
        world.step(.armed(false))
        let disarmed = world.engine.explain(account)
        #expect(disarmed?.verdict == .refused(.notArmed))
    }

    @Test func `a bid under way, a safe account and an unknown one are told as such`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        let safe = world.engine.explain(account)
        #expect(safe != nil && safe?.verdict == nil && safe?.pairs.isEmpty == true)
        world.price(1_900)
        let bidden = world.engine.explain(account)
        #expect(bidden?.verdict == .refused(.inFlight) && bidden?.openIntents == 1)
        let unknown = world.engine.explain(AccountIndex(7))
        #expect(unknown == nil)
        #expect(world.engine.pricedAt(LendingWorld.weth) == Moment(nanoseconds: world.clock))
        #expect(world.engine.streams(pricing: LendingWorld.weth) == [LendingWorld.stream])
    }
}
