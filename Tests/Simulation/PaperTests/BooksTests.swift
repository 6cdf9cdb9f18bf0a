import Aave
import Domain
import Margin
import Mechanisms
import Testing
import Units

@testable import Paper

/// The books close: whatever happens, of each asset everything that anybody has, less what came from outside, stays the same to
/// the unit; and so does the gas.
@Suite struct BooksTests {
    private static let assets = [usdc, weth, wbtc]
    private static let units: [UInt128] = [1_000_000, oneETH, 100_000_000]
    private static let dollars: [UInt128] = [1, 2_000, 30_000]

    private struct Counts {
        var endings: [PaperEnding.Kind: Int] = [:]
        var writtenOff: UInt64 = 0
        var drawn = 0
        var socialised = 0
        var suppliersHit = 0
        var oracleSteps: UInt64 = 0
        var ownersChanges: UInt64 = 0
        var rivals = 0
    }

    @Test func `a thousand worlds neither make nor lose a unit of any asset`() {
        var counts = Counts()
        for seed in 0..<1_000 as Range<UInt64> { play(seed, &counts) }
        // The worlds must have been lively, or this proves nothing.
        for (kind, least) in [
            (.settled, 1_000), (.settledInPart, 50), (.outbid, 30), (.late, 100), (.reverted, 20), (.expired, 100),
        ] as [(PaperEnding.Kind, Int)] {
            #expect(counts.endings[kind, default: 0] >= least, "\(kind): \(counts)")
        }
        #expect(counts.writtenOff > 50 && counts.oracleSteps > 100, "\(counts)")
        #expect(counts.drawn > 50 && counts.socialised > 50 && counts.suppliersHit > 20, "\(counts)")
        #expect(counts.ownersChanges > 100 && counts.rivals > 100, "\(counts)")
    }

    private func play(_ seed: UInt64, _ counts: inout Counts) {
        var random = SeededGenerator(seed: seed)
        var preset = PaperPreset.adversarial
        // A rival searches for its best size, which is most of the work: every fifth world has some.
        preset.rivals = seed % 5 == 0 ? 2 : 0
        preset.impactKept = BasisPoints(UInt32(random.below(10_001)))
        preset.failuresCostGas = seed % 3 != 0
        preset.insuranceOpening = seed % 3 == 0 ? 0 : random.below(5_000)
        preset.insuranceShare = BasisPoints(UInt32(random.below(10_001)))
        let versions = AaveVersion.allCases
        let small = SmallMarket(preset, rules: versions[Int(seed % UInt64(versions.count))], seed: seed)
        for account in 0..<6 { open(account, version: 1, small, &random) }
        var sums = small.totals()
        for round in 0..<5 {
            stir(small, &random, round)
            for _ in 0..<4 { send(small, &random) }
            small.closeBlock()
            let now = small.totals()
            #expect(now == sums, "seed \(seed), round \(round)")
            sums = now
            for ending in small.endings() {
                counts.endings[ending.kind, default: 0] += 1
                if case .rival = ending.order.party { counts.rivals += 1 }
            }
        }
        let (books, counters) = (small.books(), small.counters())
        #expect(books.ourGas + books.othersGas == books.burnt + books.tips, "seed \(seed)")
        counts.writtenOff += counters.accountsWrittenOff
        let insurance = books.insurance
        #expect(insurance.drawn + insurance.socialised == books.badDebt, "seed \(seed)")
        for asset in Self.assets {
            let parts = insurance[asset].drawn &+ insurance[asset].socialised
            #expect(parts == books[asset].writtenOff, "seed \(seed), asset \(asset)")
        }
        if insurance.drawn > .zero { counts.drawn += 1 }
        if insurance.socialised > .zero { counts.socialised += 1 }
        if insurance.accountsHit > 0 { counts.suppliersHit += 1 }
        counts.oracleSteps += counters.oracleSteps
        counts.ownersChanges += counters.ownersChanges
    }

    /// Prices fall, pools are restated, an owner does something.
    private func stir(_ small: SmallMarket, _ random: inout SeededGenerator, _ round: Int) {
        for asset in [weth, wbtc] {
            let share = UInt128(random.within(45...108))
            small.tell(.price(asset, Price(baseUnits: Self.dollars[asset.position] * 1_000_000 * share)))
            guard random.below(2) == 0 else { continue }
            let depth = UInt128(random.within(20_000...5_000_000))
            let p = asset.position
            small.pool(asset, depth * Self.units[p] / Self.dollars[p], depth * Self.units[0] * share / 100)
        }
        open(Int(random.below(6)), version: UInt64(round) + 2, small, &random)
    }

    /// Legs worth whole dollars at the first prices; all assets on both sides, the same one on both too.
    private func open(
        _ account: Int, version: UInt64, _ small: SmallMarket, _ random: inout SeededGenerator
    ) {
        var legs: [Leg] = []
        for side in [Side.collateral, .debt] {
            for asset in Self.assets where random.below(2) == 0 {
                let p = asset.position
                let dollars = UInt128(random.within(500...20_000)) * (side == .debt ? 3 : 4) / 4
                legs.append(Leg(asset, side, dollars * Self.units[p] / Self.dollars[p] + UInt128(random.below(99))))
            }
        }
        small.account(account, version: version, legs)
    }

    private func send(_ small: SmallMarket, _ random: inout SeededGenerator) {
        let pair = LiquidationPair(
            collateral: Self.assets[random.within(0...2)], debt: Self.assets[random.within(0...2)])
        let account = Int(random.below(6))
        let legs = small.held(account)
        // Mostly a pair that the account has: others only revert.
        let own = LiquidationPair(
            collateral: legs.first { $0.factor.side == .collateral }?.factor.reserve ?? pair.collateral,
            debt: legs.first { $0.factor.side == .debt }?.factor.reserve ?? pair.debt)
        let chosen = random.below(4) == 0 ? pair : own
        small.submit(
            small.order(
                random.below(3) == 0 ? .rival(9) : .ours, account: account,
                repay: random.below(3) == 0
                    ? TokenAmount(Int128.max)
                    : UInt128(random.below(9_000)) * Self.units[chosen.debt.position] / 50
                        / Self.dollars[chosen.debt.position] + 1,
                tip: random.below(gwei), cap: (15 + random.below(30)) * gwei, margin: -100_000_000_000,
                deadline: firstBlock + 1 + random.below(8), pair: chosen,
                funding: random.below(2) == 0 ? .capital : .flashLoan))
    }
}
