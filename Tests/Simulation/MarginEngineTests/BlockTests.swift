import Domain
import MarginEngine
import Submission
import Testing
import Units

struct BlockTests {
    @Test func `a settled order moves debt, collateral, cash and gas to the unit`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_800))
        let order = try fixture.order(repay: 7_000_000_000)
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        let result = fixture.world.closeBlock()
        #expect(result.block.number == BlockNumber(101))
        let figures = try fixture.figures(of: order)
        // ⌊7 000 / 1 800⌋ in wei, times 1.05, half up; a tenth of the bonus is the protocol's.
        let gross: UInt128 = 4_083_333_333_333_333_332
        let fee = gross - figures.seized
        #expect(figures.repaid == 7_000_000_000)
        #expect(fee == fixture.world.ledger.protocolFees[weth.position])
        #expect(fee / 1_000_000 == 19_444_444_444)
        #expect(figures.gasPaid == 450_000 * 21_000_000_000)
        #expect(fixture.world.ledger.liquidators[0].cash == Cash(units: 1_000_000_000_000) + figures.cash)
        #expect(fixture.world.ledger.liquidators[0].gasMoney == 10 * oneETH - figures.gasPaid)
        let state = try fixture.victim()
        #expect(state.version == 2)
        #expect(state.legs == [Leg(weth, .collateral, 10 * oneETH - gross), Leg(usdc, .debt, 8_000_000_000)])
        #expect(result.endings == fixture.world.ledger.rows)
    }

    @Test func `the pool keeps what was sold into it until the episode states it anew`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_800))
        let before = try fixture.pool(of: weth)
        let order = try fixture.order()
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        _ = fixture.world.takeChanges()
        _ = fixture.world.closeBlock()
        let figures = try fixture.figures(of: order)
        let after = try fixture.pool(of: weth)
        #expect(after.assetReserve == before.assetReserve + figures.seized)
        #expect(Cash.proceeds(before.cashReserve - after.cashReserve) == figures.cash + .proceeds(figures.repaid))
        let changes = fixture.world.takeChanges()
        #expect(changes.pools == [weth] && changes.accounts.count == 1)
        #expect(fixture.world.takeChanges().isEmpty)
        fixture.world.apply(.pool(weth, before))
        #expect(fixture.world.reserves.row(weth)?.pool == before)
    }

    @Test func `the better payer goes first, and the other is outbid and pays for the failure`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_870))
        let first = try fixture.order(by: "ann", tip: 1_000_000_000)
        let better = try fixture.order(by: "bob", tip: 2_000_000_000)
        #expect(fixture.world.submit(first, digest: []) == .accepted)
        #expect(fixture.world.submit(better, digest: []) == .accepted)
        let result = fixture.world.closeBlock()
        #expect(result.endings.map(\.id) == [better.id, first.id])
        #expect(fixture.world.ending(of: better) == .settled)
        #expect(fixture.world.ending(of: first) == .outbid)
        #expect(try fixture.figures(of: first).gasPaid == 300_000 * 21_000_000_000)
        #expect(try fixture.figures(of: first).cash == .zero)
    }

    @Test func `of equal payers the first to come goes first`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_870))
        let late = try fixture.order(by: "ann")
        let early = try fixture.order(by: "bob")
        #expect(fixture.world.submit(early, digest: []) == .accepted)
        #expect(fixture.world.submit(late, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        #expect(fixture.world.ending(of: early) == .settled)
        #expect(fixture.world.ending(of: late) == .outbid)
    }

    @Test func `failing without anybody's doing is a revert`() throws {
        var fixture = WorldFixture()
        let order = try fixture.order()
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        #expect(fixture.world.ending(of: order) == .reverted)
    }

    @Test func `too little left for the order's minimum is a revert`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_800))
        let order = try fixture.order(margin: 1_000_000_000_000)
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        #expect(fixture.world.ending(of: order) == .reverted)
    }

    @Test func `capital must be there, a flash loan brings it and costs its fee`() throws {
        var fixture = WorldFixture(cash: 1_000_000)
        fixture.world.apply(price(weth, 1_800))
        let own = try fixture.order()
        let borrowed = try fixture.order(funding: .flashLoan, tip: 0)
        #expect(fixture.world.submit(own, digest: []) == .accepted)
        #expect(fixture.world.submit(borrowed, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        #expect(fixture.world.ending(of: own) == .reverted)
        #expect(fixture.world.ending(of: borrowed) == .settled)
        #expect(fixture.world.ledger.flashLoanFees[usdc.position] == 6_300_000)
    }

    @Test func `a cap below the base fee waits, and expires without gas`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_800))
        let order = try fixture.order(cap: 19_000_000_000, deadline: 102)
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        #expect(fixture.world.ending(of: order) == nil)
        _ = fixture.world.closeBlock()
        #expect(fixture.world.ending(of: order) == .expired)
        #expect(fixture.world.ledger.liquidators[0].gasMoney == 10 * oneETH)
    }

    @Test func `the tip is what the cap leaves over the base fee`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_800))
        let order = try fixture.order(cap: 20_500_000_000, tip: 1_000_000_000)
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        #expect(try fixture.figures(of: order).gasPaid == 450_000 * 20_500_000_000)
    }

    @Test func `debt without collateral is written off, and the fund covers what it can`() throws {
        var settings = WorldSettings()
        settings.insuranceFund = 1_000_000_000
        var fixture = WorldFixture(settings: settings)
        fixture.world.apply(price(weth, 500))
        let order = try fixture.order(repay: 15_000_000_000)
        #expect(fixture.world.liquidatableCount == 1)
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        let repaid = try fixture.figures(of: order).repaid
        let ledger = fixture.world.ledger
        #expect(ledger.writtenOff[usdc.position] == 15_000_000_000 - repaid)
        #expect(ledger.covered == 1_000_000_000 && ledger.insuranceFund == 0)
        #expect(ledger.badDebt == 15_000_000_000 - repaid - 1_000_000_000)
        #expect(fixture.world.state(named: "victim")?.legs == [])
        #expect(fixture.world.liquidatableCount == 0)
    }
}
