import Domain
import Engine
import Limits
import Strategy
import Testing
import Units
import Winning

@Suite struct LearningTests {
    private func end(
        _ intent: Intent, _ ending: IntentOutcome.Ending, gasUsed: UInt64? = nil, _ world: inout LendingWorld
    ) {
        world.step(
            .outcome(
                IntentOutcome(
                    ordinal: intent.ordinal, ending: ending, repaid: 0, seized: 0, cash: .zero, gasPaid: 0,
                    block: BlockNumber(2), gasUsed: gasUsed.map { GasUnits($0) })))
    }

    /// The bid on one more account.
    private func bid(on account: Int, _ world: inout LendingWorld) throws -> Intent {
        world.price(2_000)
        world.open(account, weth: 10, usdc: 16_000)
        world.take()
        world.price(1_900)
        return try #require(world.take().intents.first { $0.account == AccountIndex(account) })
    }

    @Test func `after eight receipts a bid costs the gas that they used`() throws {
        var world = LendingWorld { $0.tipShare = .zero }
        for account in 0..<8 {
            let intent = try bid(on: account, &world)
            #expect(intent.figures.gasWei == 20_000_000_000 * 500_000)
            end(intent, .settled, gasUsed: 300_000, &world)
        }
        let intent = try bid(on: 8, &world)
        #expect(intent.figures.gasWei == 20_000_000_000 * 300_000)
        // The limit stays what is configured: one that does not suffice loses the bid.
        #expect(intent.gasLimit == GasUnits(500_000))
        #expect(world.engine.learnedGas(of: .liquidation, in: LendingWorld.market) == GasUnits(300_000))
        #expect(world.engine.learnedGas(of: .revert, in: LendingWorld.market) == nil)
    }

    @Test
    func `where more gas is used than configured the limit is a quarter above it, and that much gas money is held`()
        throws
    {
        var world = LendingWorld { $0.tipShare = .zero }
        for _ in 0..<8 { world.step(.gasUsed(LendingWorld.market, .liquidation, GasUnits(800_000))) }
        let before = world.engine.purse.gasMoney
        let intent = try bid(on: 0, &world)
        #expect(intent.gasLimit == GasUnits(1_000_000))
        #expect(before - world.engine.purse.gasMoney == intent.feeCap * GasUnits(1_000_000))
    }

    @Test func `receipts far from what is configured move the estimate no further than fourfold`() {
        var world = LendingWorld()
        for _ in 0..<8 { world.step(.gasUsed(LendingWorld.market, .liquidation, GasUnits(5))) }
        #expect(world.engine.learnedGas(of: .liquidation, in: LendingWorld.market) == GasUnits(125_000))
    }

    @Test func `a rollup's fee for the bytes is part of the cost`() throws {
        var plain = LendingWorld { $0.tipShare = .zero }
        let without = try bid(on: 0, &plain)
        var world = LendingWorld { $0.tipShare = .zero }
        world.step(
            .gas(
                GasUpdate(
                    market: LendingWorld.market, baseFee: GasPrice(weiPerGas: 20_000_000_000),
                    priorityFeeMedian: .zero, priorityFeeHigh: .zero,
                    rollup: RollupPrices(
                        rule: .fjord, baseFee: 30_000_000_000, blobBaseFee: 2_000_000_000, baseFeeScalar: 5_227,
                        blobBaseFeeScalar: 1_014_213))))
        let with = try bid(on: 0, &world)
        // 836 500 · 230 − 42 585 600 millionths of a byte, at 16 · 5 227 · 30 gwei + 1 014 213 · 2 gwei.
        let fee: UInt128 = (16 * 5_227 * 30_000_000_000 + 1_014_213 * 2_000_000_000) * 149_809_400 / 1_000_000_000_000
        #expect(with.figures.gasWei == without.figures.gasWei + fee)
        #expect(with.figures.netProfit < without.figures.netProfit)
    }

    private func contested(weight: UInt32?) -> LendingWorld {
        LendingWorld(rules: LendingWorld.rules) {
            $0.parameters.contestants.model = .table
            $0.winTableWeight = weight
            $0.limits.revertRatioMax = nil
        }
    }

    @Test func `bids that are lost at a tip raise the next one`() throws {
        var world = contested(weight: 2)
        let first = try bid(on: 0, &world)
        end(first, .outbid, &world)
        for account in 1..<8 { end(try bid(on: account, &world), .outbid, &world) }
        let last = try bid(on: 8, &world)
        #expect(last.priorityFee > first.priorityFee)
        #expect(world.engine.winning?.outcomes == 8)
    }

    @Test func `without leave to learn the tip stays`() throws {
        var world = contested(weight: nil)
        let first = try bid(on: 0, &world)
        end(first, .outbid, &world)
        for account in 1..<8 { end(try bid(on: account, &world), .outbid, &world) }
        #expect(try bid(on: 8, &world).priorityFee == first.priorityFee)
    }

    @Test func `a table that is handed in decides the tip`() throws {
        // Nothing is gained by a tip above the first sixteenth.
        let flat = try #require(WinTable(partsPerBillion: [UInt32](repeating: 500_000_000, count: 16)))
        var world = LendingWorld(rules: LendingWorld.rules) {
            $0.parameters.contestants.model = .table
            $0.winTable = flat
        }
        #expect(try bid(on: 0, &world).priorityFee == .zero)
        var other = contested(weight: nil)
        #expect(try bid(on: 0, &other).priorityFee > .zero)
    }
}
