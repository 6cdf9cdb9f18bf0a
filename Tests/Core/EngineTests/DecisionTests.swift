import Domain
import Engine
import Strategy
import Testing
import Units

@Suite struct DecisionTests {
    @Test func `the tick that crosses an account submits a bid in the same step`() throws {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)  // health 1.03 at 2 000
        #expect(world.take() == [])
        world.price(1_900)
        let outputs = world.take()
        let intent = try #require(outputs.intents.first)
        #expect(outputs.first == .crossed(AccountIndex(0), Moment(nanoseconds: world.clock)))
        #expect(intent.figures.repay == 8_000_000_000)  // half of 16 000 USDC
        // 8 000 / 1 900 WETH with 5 % on top, a tenth of the bonus to the protocol, to the wei.
        #expect(intent.figures.seize == 4_400_000_000_000_000_000)
        #expect(intent.figures.protocolFee == 21_052_631_578_947_368)
        #expect(intent.funding == .flashLoan)
        #expect(intent.figures.flashLoanFee == 7_200_000)
        #expect(intent.figures.netProfit > .zero)
        #expect(intent.deadline == BlockNumber(26))
    }

    @Test func `an account that crossed is bid for once, however many ticks follow`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        for dollars in [1_900, 1_890, 1_895, 1_880] { world.price(UInt64(dollars)) }
        world.block(2)
        #expect(world.take().intents.count == 1)
        #expect(world.engine.counters[.inFlight] == 1)
    }

    @Test func `nothing is decided before the bot is armed, and everything that waited is afterwards`() {
        var world = LendingWorld()
        world.step(.armed(false))
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        #expect(world.take().refusals == [.notArmed])
        world.step(.armed(true))
        world.block(2)
        #expect(world.take().intents.count == 1)
    }

    @Test func `a stream with a hole stops its market until it is whole`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        world.step(.stream(.broken))
        world.price(1_900)
        #expect(world.take().refusals == [.streamBroken])
        world.step(.stream(.whole))
        world.block(2)
        #expect(world.take().intents.count == 1)
    }

    @Test func `a second stream that feeds the market must be whole too`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        let other = StreamIndex(7)
        world.engine.step(
            .price(LendingWorld.weth, Price(baseUnits: 1_900_00000000)), from: other, at: .start, into: &world.outputs)
        #expect(world.take().refusals == [.streamBroken])
    }

    @Test func `an account whose message was bad is left alone until its whole state arrives`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        world.step(.accountQuarantined(AccountIndex(0), LendingWorld.market, .badAmount))
        world.price(1_900)
        world.block(2)
        #expect(world.take().intents.isEmpty)
        world.open(0, weth: 10, usdc: 16_000, version: 2)
        #expect(world.take().intents.count == 1)
    }

    @Test func `two bids never count on the same money`() {
        // 9 000 USDC of capital, two accounts that each want 8 000.
        var world = LendingWorld(cash: 9_000_000_000) { $0.usesFlashLoans = false }
        world.open(0, weth: 10, usdc: 16_000)
        world.open(1, weth: 10, usdc: 16_000)
        world.price(1_900)
        let first = world.take()
        #expect(first.intents.count == 1)
        #expect(first.refusals == [.capitalExhausted])
        #expect(world.engine.purse.cash == Cash(units: 1_000_000_000))
        world.settle(first.intents[0], cash: 200_000_000)
        #expect(world.engine.purse.cash == Cash(units: 9_200_000_000))
        world.block(2)
        #expect(world.take().intents.count == 1)
    }

    @Test func `gas money that a bid may need is held back for it`() {
        // Each bid may cost 500 000 gas at a fee cap above 40 gwei: more than 0.02 ETH.
        var world = LendingWorld(gasMoney: 30_000_000_000_000_000) { $0.tipShare = .zero }
        world.open(0, weth: 10, usdc: 16_000)
        world.open(1, weth: 10, usdc: 16_000)
        world.price(1_900)
        #expect(world.take().refusals == [.gasMoneyExhausted])
    }

    @Test func `a bid below the minimum profit or return is refused with that reason`() {
        var poor = LendingWorld { $0.minimumProfitMicros = 1_000_000_000_000 }
        poor.open(0, weth: 10, usdc: 16_000)
        poor.price(1_900)
        #expect(poor.take().refusals == [.belowMinimumProfit])
        var meagre = LendingWorld { $0.minimumReturn = .basisPoints(9_000) }
        meagre.open(0, weth: 10, usdc: 16_000)
        meagre.price(1_900)
        #expect(meagre.take().refusals == [.belowMinimumReturn])
    }

    @Test func `no more bids are open than the limit says`() {
        var world = LendingWorld { $0.openIntentsMax = 3 }
        for account in 0..<5 { world.open(account, weth: 10, usdc: 16_000) }
        world.price(1_900)
        let outputs = world.take()
        #expect(outputs.intents.count == 3)
        #expect(outputs.refusals == [.tooManyOpen, .tooManyOpen])
    }

    @Test func `after a settlement the account waits for the feed to show it`() throws {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        let intent = try #require(world.take().intents.first)
        world.settle(intent)
        world.block(2)
        #expect(world.take().refusals == [.awaitingFeed])
        world.open(0, weth: 6, usdc: 9_700, version: 2)  // still under the edge
        world.block(3)
        #expect(world.take().intents.count == 1)
    }

    @Test func `a feed that was faster than the outcome is not waited for again`() throws {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        let intent = try #require(world.take().intents.first)
        world.open(0, weth: 6, usdc: 9_700, version: 2)
        world.settle(intent)
        world.block(2)
        #expect(world.take().intents.count == 1)
    }
}
