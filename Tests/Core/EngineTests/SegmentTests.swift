import Aave
import Domain
import Engine
import Margin
import Testing
import Units

/// Tags that the configuration excludes: watched, refused, counted.
@Suite struct SegmentTests {
    @Test func `an account with an excluded tag is watched, and refused with the reason`() {
        var world = LendingWorld(rules: AaveRules.all) { settings in settings.excluded = .tag(2) }
        world.tagged(0, .tag(2))
        world.tagged(1, .tag(1))
        world.price(900)
        #expect(world.liquidatable == [0, 1])
        let outputs = world.take()
        #expect(outputs.refusals == [.excludedSegment])
        #expect(outputs.intents.map(\.account.raw) == [1])
        #expect(world.engine.counters[.excludedSegment] == 1)
    }

    @Test func `a market with an excluded tag is left alone as a whole`() {
        var world = LendingWorld(rules: AaveRules.all) { settings in settings.excluded = .tag(0) }
        world.define(market: .tag(0))
        world.tagged(0, [])
        world.price(900)
        let outputs = world.take()
        #expect(outputs.refusals == [.excludedSegment])
        #expect(outputs.intents.isEmpty)
    }

    @Test func `an attested account crosses where its level says, and is refused for want of a mechanism`() {
        var world = LendingWorld(rules: AaveRules.all + [AttestedRules()]) { _ in }
        world.define(market: [], rules: AaveRules.all.count)
        world.open(0, legs: [Leg(LendingWorld.weth, .collateral, 1_500_00000000)], nil)
        world.open(1, legs: [Leg(LendingWorld.weth, .debt, 2_500_00000000)], nil)
        world.open(2, legs: [Leg(LendingWorld.weth, .entry, 1)], nil)
        #expect(world.liquidatable == [2])
        world.price(1_501)
        #expect(world.liquidatable == [2])
        world.price(1_500)
        #expect(world.liquidatable == [0, 2])
        world.price(2_500)
        #expect(world.liquidatable == [1, 2])
        #expect(world.engine.counters[.noMechanism] == 3)
        #expect(world.take().intents.isEmpty)
    }
}

extension LendingWorld {
    mutating func tagged(_ account: Int, _ segments: Segments) {
        step(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(account), market: Self.market, kind: .state, reserve: Self.weth, version: 1,
                    legs: 2, segments: segments)))
        step(.accountLeg(Leg(Self.weth, .collateral, 1_000_000_000_000_000_000)))
        step(.accountLeg(Leg(Self.usdc, .debt, 1_000_000_000)))
    }

    mutating func define(market segments: Segments, rules: Int = 1) {
        step(
            .market(
                MarketDefinition(
                    market: Self.market, rules: RulesIndex(rules), closeFactor: .basisPoints(5_000), cash: Self.usdc,
                    native: Self.weth, flashLoanFee: .basisPoints(9), segments: segments)))
    }
}
