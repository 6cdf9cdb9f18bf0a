import Aave
import Domain
import Engine
import Limits
import Strategy
import Testing
import Units

@Suite struct LimitsInForceTests {
    private func world(_ change: (inout LimitSettings) -> Void) -> LendingWorld {
        LendingWorld(cash: 100_000_000_000, rules: AaveRules.all) {
            change(&$0.limits)
            $0.parameters.usesFlashLoans = false
        }
    }

    private func cross(_ world: inout LendingWorld, _ accounts: Range<Int> = 0..<1) -> [Output] {
        for account in accounts { world.open(account, weth: 10, usdc: 16_000) }
        world.price(1_900)
        return world.take()
    }

    @Test func `failures in a row halt the bot, and an operator resumes it`() throws {
        var world = world { $0.consecutiveFailuresMax = 2 }
        let intents = cross(&world, 0..<2).intents
        world.settle(intents[0], .reverted)
        world.settle(intents[1], .reverted)
        let moment = Moment(nanoseconds: world.clock)
        #expect(world.take().contains(.trading(TradingChange(.halted, .consecutiveFailures, at: moment))))
        world.block(2)
        #expect(world.take().refusals == [.halted, .halted] && world.engine.tradingState == .halted)
        world.step(.command(.resume))
        world.block(3)
        #expect(world.take().intents.count == 2)
    }

    @Test func `an operator's halt stops new bids at once and survives a restart`() {
        var world = world { _ in }
        world.step(.command(.halt))
        #expect(cross(&world).refusals == [.halted])
        var next = self.world { _ in }
        next.step(.restored(.halted))
        #expect(cross(&next).refusals == [.halted])
    }

    @Test func `what was lost before a restart still counts`() {
        var world = world { $0.dailyLossMax = 1_000 }
        world.step(
            .past(PastOutcome(ending: .reverted, profit: Cash(units: -1_001), gasPaid: 1, at: Moment(nanoseconds: 1))))
        #expect(cross(&world).refusals == [.halted])
    }

    @Test func `a price that was told too long ago is not acted on`() {
        var world = world { $0.priceAgeMax = Interval(nanoseconds: 1_000) }
        #expect(cross(&world).intents.count == 1)
        world.open(1, weth: 10, usdc: 17_000)
        world.take()
        world.clock += 2_000
        world.open(2, weth: 10, usdc: 17_000)
        #expect(world.take().refusals == [.priceStale])
    }

    @Test func `an oracle that has parted from the other prices is not acted on`() {
        var world = world { $0.disputeMax = .basisPoints(500) }
        var quotes = PerpetualQuotes()
        quotes.index = Price(baseUnits: 2_100_00000000)
        world.step(.quotes(LendingWorld.weth, quotes))
        #expect(cross(&world).refusals == [.priceDisputed])
        quotes.index = Price(baseUnits: 1_910_00000000)
        world.step(.quotes(LendingWorld.weth, quotes))
        world.block(2)
        #expect(world.take().intents.count == 1)
    }

    @Test func `exposure to one asset is bounded over all open bids`() {
        var world = world { $0.assetExposureMax = 10_000_000_000 }
        let outputs = cross(&world, 0..<3)
        #expect(outputs.intents.count == 1 && outputs.refusals == [.assetExposure, .assetExposure])
        world.settle(outputs.intents[0])
        world.block(2)
        #expect(world.take().intents.count == 1)
    }
}
