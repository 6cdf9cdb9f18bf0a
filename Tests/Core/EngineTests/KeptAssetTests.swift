import Domain
import Engine
import Limits
import Strategy
import Testing
import Units

@Suite struct KeptAssetTests {
    private static let ether: TokenAmount = 1_000_000_000_000_000_000

    private func world(cash: Int128 = 50_000_000_000, heldMax: TokenAmount = 5, held: TokenAmount = 0) -> LendingWorld {
        var world = LendingWorld(cash: cash, rules: LendingWorld.rules) {
            $0.limits.dailyLossMax = 1_000_000_000
            $0.parameters.tipShare = .zero
        }
        world.step(
            .use(
                LendingWorld.weth,
                .keep(
                    AssetUse.Keeping(
                        haircut: .basisPoints(100), heldMax: heldMax * Self.ether, held: held * Self.ether))))
        return world
    }

    @Test func `what is kept counts at the oracle's price less the haircut, and leaves no cash`() throws {
        var world = world()
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        let intent = try #require(world.take().intents.first)
        #expect(intent.isKept)
        #expect(intent.funding == .capital)
        // 4.4 WETH at 1 900, one per cent less.
        #expect(intent.figures.proceeds == 8_276_400_000)
        #expect(intent.cash == .cost(8_000_000_000))
        // At least half of the margin must be left, all of it in WETH.
        #expect(intent.minimumMargin == Cash(units: 276_400_000 / 2 - 8_276_400_000))
    }

    @Test func `nothing that is kept pays back a loan`() {
        var world = world(cash: 0)
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        #expect(world.take().refusals == [.capitalExhausted])
    }

    @Test func `open bids and what was kept share the room that is left`() throws {
        var world = world()
        world.open(0, weth: 10, usdc: 16_000)
        world.open(1, weth: 10, usdc: 16_000)
        world.price(1_900)
        let outputs = world.take()
        let first = try #require(outputs.intents.first)
        #expect(outputs.intents.count == 1)
        #expect(outputs.refusals == [.assetExposure])
        world.block(2)
        let second = try #require(world.take().intents.first)
        #expect(first.figures.seize + second.figures.seize <= 5 * Self.ether)
        #expect(second.figures.seize > Self.ether / 2)
        // The first ends and is kept, the second fails and gives its room back.
        world.settle(first, cash: -8_000_000_000)
        world.settle(second, .reverted)
        #expect(world.engine.held(of: LendingWorld.weth) == first.figures.seize)
        world.block(3)
        let third = try #require(world.take().intents.first)
        #expect(third.figures.seize == second.figures.seize)
    }

    @Test func `what is held at the start counts too`() {
        var world = world(heldMax: 5, held: 5)
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        #expect(world.take().intents.isEmpty)
    }

    @Test func `a settled bid whose collateral was kept is no loss of the day`() throws {
        var world = world()
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        world.settle(try #require(world.take().intents.first), cash: -8_000_000_000)
        #expect(world.engine.tradingState == .active)
        #expect(world.engine.purse.cash == Cash(units: 42_000_000_000))
    }

    @Test func `what is kept is worth what the oracle says when the bid is made`() throws {
        var world = world()
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        world.settle(try #require(world.take().intents.first), .rejected)
        world.price(1_800)
        world.block(2)
        let intent = try #require(world.take().intents.first)
        // ⌊seize · 1 800 · 0.99⌋ in millionths.
        #expect(intent.figures.proceeds == intent.figures.seize / 1_000_000 * 1_782 / 1_000_000)
    }
}
