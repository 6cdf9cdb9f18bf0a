import Aave
import Domain
import Margin
import MarginEngine
import Mechanisms
import Strategy
import Submission
import Testing
import Units

/// A random venue: accounts near the edge, prices that fall, orders of all kinds, rivals.
private struct RandomWorld: ~Copyable {
    var world: World
    var generator: SeededGenerator
    private var sent: UInt128 = 0
    let assets = [usdc, weth, wbtc]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        var settings = WorldSettings()
        settings.seed = seed
        settings.insuranceFund = 5_000_000_000
        // A rival searches for its best size, which is most of the work: every third world has one.
        let rivals = [
            RivalProfile(
                liquidator: Liquidator(name: "rival", cash: 50_000_000_000, gasMoney: 10 * oneETH),
                delayBlocks: 0...3, presence: .basisPoints(7_000))
        ]
        if seed % 3 == 0 { settings.rivals = rivals }
        let rules = AaveRules.all[Int(seed % UInt64(AaveRules.all.count))]
        world = World(
            episode: episode(), rules: rules,
            liquidators: [Liquidator(name: "ann", cash: 200_000_000_000, gasMoney: 10 * oneETH)], settings: settings)
        movePrices(by: 100...100)
        for reserve in [weth, wbtc] { restate(reserve) }
        world.apply(.gas(baseFee: GasPrice(weiPerGas: 2_000_000_000), median: .zero, high: .zero))
        for number in 0..<30 { open(number) }
    }

    static let dollars: [UInt64] = [1, 2_000, 30_000]
    static let units: [UInt128] = [1_000_000, 1_000_000_000_000_000_000, 100_000_000]

    /// Percent of the first prices; cash stays.
    mutating func movePrices(by percent: ClosedRange<Int>) {
        for (reserve, dollars) in zip(assets, Self.dollars) {
            let share = reserve == usdc ? 100 : UInt128(generator.within(percent))
            world.apply(.price(reserve, Price(baseUnits: UInt128(dollars) * 1_000_000 * share)))
        }
    }

    mutating func restate(_ reserve: ReserveIndex) {
        let depth = UInt128(generator.within(200_000...50_000_000))
        let p = reserve.position
        world.apply(
            .pool(
                reserve,
                Pool(
                    assetReserve: depth * Self.units[p] / UInt128(Self.dollars[p]), cashReserve: depth * Self.units[0],
                    fee: .basisPoints(30))))
    }

    /// Legs worth whole dollars at the first prices; all assets on both sides, the same one on both too.
    private mutating func open(_ number: Int) {
        var legs: [Leg] = []
        for side in [Side.collateral, .debt] {
            for reserve in assets where generator.below(2) == 0 {
                let p = reserve.position
                let dollars = UInt128(generator.within(500...20_000))
                let scaled = side == .debt ? dollars * 3 / 4 : dollars
                legs.append(
                    Leg(reserve, side, scaled * Self.units[p] / UInt128(Self.dollars[p]) + UInt128(generator.below(99)))
                )
            }
        }
        world.apply(account("a\(number)", legs))
    }

    mutating func sendOrders() {
        guard let ann = world.liquidator(named: "ann") else { return }
        for _ in 0..<6 {
            sent += 1
            let pair = LiquidationPair(
                collateral: assets[generator.within(0...2)], debt: assets[generator.within(0...2)])
            let order = Order(
                id: IntentID(bits: sent), liquidator: ann, account: "a\(generator.within(0...29))", pair: pair,
                repay: generator.below(4) == 0
                    ? TokenAmount(Int128.max) : UInt128(generator.below(10_000)) * Self.units[pair.debt.position] / 100,
                minimumMargin: Cash(units: -10_000_000_000), funding: generator.below(2) == 0 ? .capital : .flashLoan,
                gasLimit: GasUnits(500_000), feeCap: GasPrice(weiPerGas: 1_000_000_000 * (1 + generator.below(5))),
                priorityFee: GasPrice(weiPerGas: generator.below(1_000_000_000)),
                deadline: world.block.number + 1 + generator.below(3))
            _ = world.submit(order, digest: [])
        }
    }
}

struct ConservationTests {
    @Test func `two hundred worlds neither make nor lose a unit of any asset`() {
        var endings = [Int](repeating: 0, count: IntentOutcome.Ending.allCases.count)
        var writtenOff = 0
        for seed in 0..<200 as Range<UInt64> {
            var fixture = RandomWorld(seed: seed)
            for _ in 0..<12 {
                fixture.movePrices(by: 30...110)
                fixture.sendOrders()
                let before = fixture.world.totals()
                for row in fixture.world.closeBlock().endings { endings[Int(row.ending.rawValue)] += 1 }
                #expect(fixture.world.totals() == before, "seed \(seed)")
            }
            writtenOff += fixture.world.ledger.accountsWrittenOff
        }
        // The worlds must have been lively, or this proves nothing.
        #expect(endings[Int(IntentOutcome.Ending.settled.rawValue)] > 500, "\(endings)")
        #expect(endings[Int(IntentOutcome.Ending.reverted.rawValue)] > 500, "\(endings)")
        #expect(endings[Int(IntentOutcome.Ending.outbid.rawValue)] > 5, "\(endings)")
        #expect(writtenOff > 50, "\(writtenOff)")
    }

    @Test func `the same seed plays the same world`() {
        func play(_ seed: UInt64) -> Ledger {
            var fixture = RandomWorld(seed: seed)
            for _ in 0..<20 {
                fixture.movePrices(by: 60...110)
                fixture.sendOrders()
                _ = fixture.world.closeBlock()
            }
            return fixture.world.ledger
        }
        for seed in 0..<10 as Range<UInt64> { #expect(play(seed) == play(seed), "seed \(seed)") }
        #expect(play(1) != play(2))
    }

    @Test func `who is liquidatable is who the exact rules say, after every price`() {
        for seed in 0..<60 as Range<UInt64> {
            var fixture = RandomWorld(seed: seed)
            for _ in 0..<12 {
                fixture.movePrices(by: 40...140)
                var expected: [AccountIndex] = []
                for position in 0..<fixture.world.accountCount {
                    let account = fixture.world.state(of: AccountIndex(position))
                    let isSecured = account.legs.contains { $0.factor.side == .collateral }
                    if isSecured, fixture.world.isLiquidatable(named: account.name) == true {
                        expected.append(AccountIndex(position))
                    }
                }
                #expect(fixture.world.liquidatable == expected, "seed \(seed)")
            }
        }
    }
}
