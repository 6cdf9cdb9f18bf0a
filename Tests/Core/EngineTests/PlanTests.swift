import Aave
import Domain
import Engine
import Limits
import Strategy
import Testing
import Units

@Suite struct PlanTests {
    @Test func `of accounts that cross together the most valuable set is bid for`() {
        // 10 000 USDC of capital: one bid of 8 000, or two of 4 000 that are worth less together, or one of each size short.
        var world = LendingWorld(cash: 10_000_000_000) { $0.usesFlashLoans = false }
        world.open(0, weth: 5, usdc: 8_000)
        world.open(1, weth: 5, usdc: 8_000)
        world.open(2, weth: 10, usdc: 16_000)
        world.price(1_900)
        let outputs = world.take()
        #expect(outputs.intents.map(\.account.raw) == [2])
        #expect(outputs.refusals == [.capitalExhausted, .capitalExhausted])
    }

    @Test func `what capital does not suffice for is funded in another way`() {
        var world = LendingWorld(cash: 8_500_000_000)
        world.open(0, weth: 10, usdc: 16_000)
        world.open(1, weth: 10, usdc: 16_000)
        world.price(1_900)
        let intents = world.take().intents
        #expect(Set(intents.map(\.funding)) == [.capital, .flashLoan] && intents.count == 2)
    }

    @Test func `block gas bounds the bids between two blocks, and the next block has its own`() {
        var world = LendingWorld(rules: AaveRules.all) { $0.limits.blockGasMax = GasUnits(1_000_000) }
        for account in 0..<4 { world.open(account, weth: 10, usdc: 16_000) }
        world.price(1_900)
        let outputs = world.take()
        #expect(outputs.intents.count == 2 && outputs.refusals == [.notInPlan, .notInPlan])
        world.block(2)
        #expect(world.take().intents.count == 2)
    }

    @Test(arguments: 0..<40)
    func `no step ever spends more than there is`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let cash = Int128(random.below(60_000_000_000))
        var world = LendingWorld(cash: cash) { $0.usesFlashLoans = seed % 2 == 0 }
        for account in 0..<40 { world.open(account, weth: 10, usdc: 15_300 + random.below(1_000)) }
        world.price(1_850)
        let outputs = world.take()
        let spent = outputs.intents.reduce(Int128(0)) {
            $1.funding == .capital ? $0 + Int128($1.figures.repayCost) : $0
        }
        #expect(spent <= cash && world.engine.purse.cash == Cash(units: cash - spent), "seed \(seed)")
        // Whoever crossed was bid for or refused with a reason.
        #expect(outputs.intents.count + outputs.refusals.count == 40, "seed \(seed)")
    }
}
