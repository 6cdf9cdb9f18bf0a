import Aave
import Domain
import Margin
import MarginEngine
import Mechanisms
import Submission
import Testing
import Units

@testable import Paper

/// How an order can end, one way a test.
@Suite struct PaperOrderTests {
    @Test func `an order settles at the figures of the practice venue, to the unit`() throws {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        small.submit(small.order())
        small.closeBlock()
        let ending = try #require(small.endings().first)
        let expected = try practiceFigures()
        #expect(ending.kind == .settled)
        #expect(ending.repaid == expected.repaid && ending.seized == expected.seized && ending.cash == expected.cash)
        #expect(ending.repaid == 7_000_000_000)
    }

    /// The same order in the other world.
    private func practiceFigures() throws -> SettlementFigures {
        let reserves = [("USDC", 6, 0), ("WETH", 18, 1_000), ("WBTC", 8, 0)] as [(String, UInt8, UInt32)]
        let episode = Episode(
            title: "", isSynthetic: true, marketName: "m", rulesName: "aave-3.0", closeFactor: .basisPoints(5_000),
            flashLoanFee: .basisPoints(9), cash: usdc, native: weth,
            reserves: reserves.enumerated().map { position, row in
                EpisodeReserve(
                    name: row.0,
                    definition: ReserveDefinition(
                        reserve: ReserveIndex(position), market: market, decimals: row.1,
                        liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(10_500),
                        protocolFee: .basisPoints(row.2), scalePartsPerMillion: 2_500))
            }, start: .start, end: .start, blockInterval: .seconds(12), firstBlock: BlockNumber(100), events: [])
        var world = World(
            episode: episode, rules: AaveRules(.v3_0),
            liquidators: [Liquidator(name: "me", cash: 1_000_000_000_000, gasMoney: 10 * oneETH)],
            settings: WorldSettings())
        world.apply(.price(usdc, Price(baseUnits: 100_000_000)))
        world.apply(.price(weth, Price(baseUnits: 2_000 * 100_000_000)))
        world.apply(
            .pool(weth, Pool(assetReserve: 50_000 * oneETH, cashReserve: 100_000_000_000_000, fee: .basisPoints(30))))
        world.apply(.gas(baseFee: GasPrice(weiPerGas: 20 * gwei), median: .zero, high: .zero))
        world.apply(
            .account(
                EpisodeAccount(
                    name: "v", fate: .open,
                    legs: [Leg(weth, .collateral, 10 * oneETH), Leg(usdc, .debt, 15_000_000_000)])))
        world.apply(.price(weth, Price(baseUnits: 1_800 * 100_000_000)))
        let me = world.liquidator(named: "me")
        let order = Order(
            id: IntentID(bits: 1), liquidator: try #require(me), account: "v",
            pair: LiquidationPair(collateral: weth, debt: usdc), repay: 7_000_000_000, minimumMargin: .zero,
            funding: .flashLoan, gasLimit: GasUnits(500_000), feeCap: GasPrice(weiPerGas: 100 * gwei),
            priorityFee: GasPrice(weiPerGas: gwei), deadline: BlockNumber(200))
        _ = world.submit(order, digest: [])
        let row = world.closeBlock().endings.first
        return try #require(row).figures
    }

    @Test func `a rival that tips more takes the account, and we pay gas for nothing`() throws {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        small.submit(small.order(.ours, repay: 7_500_000_000, tip: gwei))
        small.submit(small.order(.rival(0), repay: 7_500_000_000, tip: 2 * gwei))
        small.closeBlock()
        let endings = small.endings()
        #expect(endings.map(\.order.party) == [.rival(0), .ours])
        #expect(endings.map(\.kind) == [.settled, .outbid])
        #expect(endings[1].gasPaid == UInt128(21 * gwei) * 150_000 && endings[1].cash == .zero)
        #expect(endings[1].outcome.ending == .outbid)
    }

    @Test func `of equal tips the first to come is executed first`() throws {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        var late = small.order(.ours, repay: 7_500_000_000)
        late.arrival = late.arrival + .milliseconds(5)
        small.submit(late)
        small.submit(small.order(.rival(0), repay: 7_500_000_000))
        small.closeBlock()
        #expect(small.endings().map(\.order.party) == [.rival(0), .ours])
    }

    @Test func `an account that recovered first is late, and costs gas in the public pool only`() throws {
        for costsGas in [true, false] {
            var preset = PaperPreset.unhindered
            preset.failuresCostGas = costsGas
            let small = SmallMarket(preset)
            small.victim()
            small.price(weth, 1_800)
            small.submit(small.order(deadline: firstBlock + 3))
            small.price(weth, 2_000)
            small.closeBlock()
            let first = small.endings()
            #expect(first.map(\.kind) == (costsGas ? [.late] : []))
            #expect(first.allSatisfy { $0.gasPaid > 0 && $0.outcome.ending == .reverted })
            for _ in 0..<3 { small.closeBlock() }
            #expect(small.endings().map(\.kind) == (costsGas ? [] : [.expired]))
        }
    }

    @Test func `asking for more than the close factor allows settles in part`() throws {
        let small = SmallMarket(rules: .v2)
        small.victim()
        small.price(weth, 1_800)
        small.submit(small.order(repay: 12_000_000_000))
        small.closeBlock()
        let ending = try #require(small.endings().first)
        #expect(ending.kind == .settledInPart && ending.repaid == 7_500_000_000)
        #expect(ending.outcome.ending == .settled)
    }

    @Test func `less than the minimum that was asked for reverts`() throws {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        small.submit(small.order(margin: 7_000_000_000))
        small.closeBlock()
        #expect(small.endings().map(\.kind) == [.reverted])
    }

    @Test func `an order whose cap is below the base fee waits, and expires at its deadline`() throws {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        small.submit(small.order(cap: 10 * gwei, deadline: firstBlock + 2))
        small.closeBlock()
        #expect(small.endings().isEmpty)
        small.closeBlock()
        let ending = try #require(small.endings().first)
        #expect(ending.kind == .expired && ending.gasPaid == 0)
    }

    @Test func `an order that arrives after the block is in the next one`() throws {
        let small = SmallMarket()
        small.victim()
        small.price(weth, 1_800)
        var order = small.order()
        order.arrival = order.arrival + .seconds(13)
        small.submit(order)
        small.closeBlock()
        #expect(small.endings().isEmpty)
        small.closeBlock()
        #expect(small.endings().map(\.kind) == [.settled])
    }

    @Test func `a block holds no more gas of liquidations than it may, the best payer first`() throws {
        var preset = PaperPreset.unhindered
        preset.blockGas = GasUnits(500_000)
        let small = SmallMarket(preset)
        small.victim(0)
        small.victim(1)
        small.price(weth, 1_800)
        small.submit(small.order(account: 0, tip: gwei))
        small.submit(small.order(account: 1, tip: 2 * gwei))
        small.closeBlock()
        #expect(small.endings().map(\.order.account) == [AccountIndex(1)])
        small.closeBlock()
        #expect(small.endings().map(\.order.account) == [AccountIndex(0)])
    }

    @Test func `what blocks really cost is the tape's base fee times the preset's factor`() throws {
        var preset = PaperPreset.unhindered
        preset.baseFeeFactor = .basisPoints(13_000)
        let small = SmallMarket(preset)
        small.victim()
        small.price(weth, 1_800)
        small.submit(small.order(tip: gwei))
        small.closeBlock()
        let ending = try #require(small.endings().first)
        #expect(ending.gasPaid == UInt128(27 * gwei) * 450_000 && ending.tipPaid == UInt128(gwei) * 450_000)
    }

    @Test func `a block may leave an order out, by the seed, and more often with a small tip`() throws {
        var preset = PaperPreset.unhindered
        (preset.inclusionHigh, preset.inclusionLow) = (.basisPoints(9_000), .basisPoints(3_000))
        func waits(tip: UInt64) -> Int {
            var waited = 0
            for seed in 0..<100 as Range<UInt64> {
                let small = SmallMarket(preset, seed: seed)
                small.gas(20 * gwei, median: 2 * gwei, high: 3 * gwei)
                small.victim()
                small.price(weth, 1_800)
                small.submit(small.order(tip: tip))
                small.closeBlock()
                if small.endings().isEmpty { waited += 1 }
            }
            return waited
        }
        #expect((2...22).contains(waits(tip: 3 * gwei)))
        #expect((55...85).contains(waits(tip: gwei)))
    }
}
