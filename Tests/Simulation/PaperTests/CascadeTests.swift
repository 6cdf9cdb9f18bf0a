import Domain
import Margin
import Mechanisms
import Testing
import Units

@testable import Paper

/// Sales move the pool, the pool moves the oracle, the oracle makes others cross.
@Suite struct CascadeTests {
    /// A pool of 1 000 WETH and 2 000 000 USDC without a fee, and an oracle that follows it at once.
    private func market(follows: Bool) -> SmallMarket {
        var preset = PaperPreset.unhindered
        preset.impactKept = .whole
        preset.cascade = follows ? .init(deviation: .basisPoints(50), lagBlocks: 0) : nil
        let small = SmallMarket(preset, bonus: 10_000, protocolFee: 0)
        small.pool(weth, 1_000 * oneETH, 2_000_000_000_000, fee: 0)
        return small
    }

    /// Worked out by hand. Without bonus or fee, 80 000 USDC repaid at 1 600 seize 50 WETH. The pool of 1 000 then has 1 050, and
    /// its price is (1 000 / 1 050)² = 0.907 029 478 of what it was: the oracle says 1 451.24. The second account, 10 WETH
    /// against 12 000 USDC, has its edge at 12 000 / (10 · 0.8) = 1 500: safe at 1 600, not at 1 451. Nor is the first one any
    /// more: 150 WETH · 0.8 · 1 451.24 = 174 149 is less than the 180 000 USDC that are left.
    @Test func `the closed form of two accounts`() throws {
        let small = market(follows: true)
        small.account(0, [Leg(weth, .collateral, 200 * oneETH), Leg(usdc, .debt, 260_000_000_000)])
        small.account(1, [Leg(weth, .collateral, 10 * oneETH), Leg(usdc, .debt, 12_000_000_000)])
        small.price(weth, 1_600)
        #expect(small.counters().crossings == 1, "the first account only")
        small.submit(small.order(account: 0, repay: 80_000_000_000, margin: -1_000_000_000_000))
        small.closeBlock()
        let ending = try #require(small.endings().first)
        #expect(ending.kind == .settled && ending.seized == 50 * oneETH)
        // 1 600 · 0.907 029 478, in 8 decimals, rounded down twice.
        #expect(small.price(of: weth) == Price(baseUnits: 145_124_716_480))
        #expect(small.isLiquidatable(0) && small.isLiquidatable(1))
        #expect(small.counters().crossings == 3, "the second one, and the first one again, because of the sale")
        #expect(small.pool(of: weth)?.assetReserve == 1_050 * oneETH)
    }

    @Test func `without the feedback the second account stays safe`() throws {
        let small = market(follows: false)
        small.account(0, [Leg(weth, .collateral, 200 * oneETH), Leg(usdc, .debt, 260_000_000_000)])
        small.account(1, [Leg(weth, .collateral, 10 * oneETH), Leg(usdc, .debt, 12_000_000_000)])
        small.price(weth, 1_600)
        small.submit(small.order(account: 0, repay: 80_000_000_000, margin: -1_000_000_000_000))
        small.closeBlock()
        #expect(small.price(of: weth) == Price(baseUnits: 1_600 * 100_000_000))
        #expect(small.counters().crossings == 1)
    }

    /// The same accounts and the same orders: whoever is liquidatable is taken, block by block.
    private func badDebt(follows: Bool) -> Cash {
        let small = market(follows: follows)
        for account in 0..<30 {
            // Edges from 1 690 down to 1 400.
            let edge = 1_690 - UInt128(account) * 10
            small.account(account, [Leg(weth, .collateral, 20 * oneETH), Leg(usdc, .debt, 16 * edge * 1_000_000)])
        }
        small.price(weth, 1_650)
        for _ in 0..<20 {
            for account in 0..<30 where small.isLiquidatable(account) {
                small.submit(
                    small.order(account: account, repay: TokenAmount(Int128.max), margin: -1_000_000_000_000))
            }
            small.closeBlock()
        }
        return small.lost()
    }

    @Test func `the same accounts leave strictly more bad debt with the feedback than without`() {
        let (with, without) = (badDebt(follows: true), badDebt(follows: false))
        #expect(without == .zero)
        #expect(with > without, "\(with)")
    }

    @Test func `arbitrage takes back what is not kept, block by block`() throws {
        var preset = PaperPreset.unhindered
        preset.impactKept = .basisPoints(5_000)
        let small = SmallMarket(preset, bonus: 10_000, protocolFee: 0)
        small.pool(weth, 1_000 * oneETH, 2_000_000_000_000, fee: 0)
        small.account(0, [Leg(weth, .collateral, 200 * oneETH), Leg(usdc, .debt, 260_000_000_000)])
        small.price(weth, 1_600)
        small.submit(small.order(account: 0, repay: 80_000_000_000, margin: -1_000_000_000_000))
        var reserves: [TokenAmount] = []
        for _ in 0..<4 {
            small.closeBlock()
            reserves.append(small.pool(of: weth)?.assetReserve ?? 0)
        }
        let half = oneETH / 2
        #expect(reserves == [1_050 * oneETH, 1_025 * oneETH, 2_025 * half, 4_025 * half / 2])
    }

    @Test func `the oracle waits for its deviation and for its lag`() throws {
        for (deviation, lag, expected) in [(5_000, 0, 0), (50, 0, 1), (50, 2, 0)] as [(UInt32, UInt64, UInt64)] {
            var preset = PaperPreset.unhindered
            preset.impactKept = .whole
            preset.cascade = .init(deviation: .basisPoints(deviation), lagBlocks: lag)
            let small = SmallMarket(preset, bonus: 10_000, protocolFee: 0)
            small.pool(weth, 1_000 * oneETH, 2_000_000_000_000, fee: 0)
            small.account(0, [Leg(weth, .collateral, 200 * oneETH), Leg(usdc, .debt, 260_000_000_000)])
            small.price(weth, 1_600)
            small.submit(small.order(account: 0, repay: 80_000_000_000, margin: -1_000_000_000_000))
            small.closeBlock()
            #expect(small.counters().oracleSteps == expected)
            for _ in 0..<2 { small.closeBlock() }
            #expect(small.counters().oracleSteps == (deviation == 5_000 ? 0 : 1))
        }
    }
}

extension SmallMarket {
    func isLiquidatable(_ account: Int) -> Bool { world.watch.isLiquidatable(AccountIndex(account)) }
    /// Written off, and owed beyond what is there.
    func lost() -> Cash { world.books.badDebt + world.shortfall() }
}
