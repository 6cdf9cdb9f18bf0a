import Mechanisms
import Testing
import Units

@testable import Stress

/// One account of ten ether at 2 000, owing 15 000, safe at a threshold of 80 %. The market falls to 1 600 within a block, so that
/// 10 · 1 600 · 0.8 = 12 800 no longer cover it. Pools are so deep that a sale fetches the price less 0.3 %, gas is free.
@Suite struct StressClosedFormTests {
    static func world(_ design: StressDesign, _ change: (inout StressParameters) -> Void = { _ in }) -> StressWorld {
        var risk = StressParameters()
        risk["gas_gwei"] = 0
        risk["depth_bps"] = 100_000
        risk["bot_capital_bps"] = 100_000
        risk["protocol_fee_bps"] = 0
        risk["insurance_opening_bps"] = 0
        risk["blocks"] = 60
        change(&risk)
        let one = StressAccount(
            owner: 0, held: [10_000_000_000_000_000_000, 0, 0], debt: 15_000_000_000)
        // Somebody safe, who makes the pool of ether deep: ten thousand of it.
        let whale = StressAccount(owner: 1, held: [10_000_000_000_000_000_000_000, 0, 0], debt: 1_000_000)
        let people = StressPopulation([one, whale], claims: [10_000_000_000, 5_001_000_000])
        // Half of the scenario's 40 %: a fall by a fifth.
        let path = StressPath(.instantCrash, StressSeverity(50), seed: 1, blocks: risk["blocks"])
        return StressWorld(
            people, .instantCrash, StressSeverity(50), design, risk, path: path, hasFeedback: false)
    }

    /// The oracle's price of the block in which it falls: the noise is known, so the sums below are of it.
    static func fallen(_ world: StressWorld) -> UInt128 {
        2_000 * StressAsset.one * UInt128(world.path.blocks[StressScenario.start].market[0]) / 1_000_000
    }

    static func played(_ world: StressWorld, blocks: Int = StressScenario.start + 1) -> StressWorld {
        var world = world
        for block in 0..<blocks { world.turn(block) }
        return world
    }

    @Test func `the whole is repaid and eight per cent more is taken`() {
        let world = Self.played(Self.world(StressDesign(.cross, .fixedWhole)))
        // 15 000 / price · 1.08 would be more than ten ether from 1 620 down: all ten go, for 10 · price / 1.08.
        let price = Self.fallen(world)
        let bare = 10 * price * 100 / 108 / 100
        #expect(world.result.liquidations == 1)
        #expect(world.accounts[0].held[0] == 0 && world.accounts[0].debt == 0)
        #expect(world.result.volume.distance(to: bare).magnitude <= 1, "\(world.result.volume) for \(bare)")
        #expect(world.result.badDebt == 15_000_000_000 - world.result.volume)
        #expect(world.result.socialised == world.result.badDebt && world.audit == nil)
        // Two claims of 10 000 and 5 001: the first loses its part rounded down, the last the rest.
        let first = world.result.socialised * 10_000_000_000 / 15_001_000_000
        #expect(world.claims == [10_000_000_000 - first, 5_001_000_000 - (world.result.socialised - first)])
    }

    @Test func `half at a time comes to the same where all is lost`() {
        let whole = Self.played(Self.world(StressDesign(.isolated, .fixedWhole)))
        let half = Self.played(
            Self.world(StressDesign(.isolated, .fixedClose)), blocks: StressScenario.start + 3)
        // At a health of 12 800 / 15 000 = 0.853 Aave lets the whole be taken: the close factor does not hold below 0.95.
        #expect(half.result.badDebt.distance(to: whole.result.badDebt).magnitude <= 4)
    }

    @Test func `a part a block repays its value without the penalty`() {
        let world = Self.played(Self.world(StressDesign(.cross, .partial)))
        // A tenth of ten ether, for price / 1.08.
        #expect(world.accounts[0].held[0] == 9_000_000_000_000_000_000)
        #expect(world.result.volume == Self.fallen(world) / 100 * 10_000 / 10_800)
        #expect(world.accounts[0].debt == 15_000_000_000 - world.result.volume && world.result.badDebt == 0)
    }

    @Test func `an absorbed account is the venue's debt and its collateral the storefront's`() {
        let world = Self.played(Self.world(StressDesign(.cross, .absorption)) { $0["bot_capital_bps"] = 0 })
        let credit = 10 * Self.fallen(world) / 100 * 92 / 100
        #expect(credit < 15_000_000_000)
        // Nothing is left to the owner; nobody has bought yet, and nothing is lost yet.
        #expect(world.advance == 15_000_000_000 && world.claims == [10_000_000_000, 5_001_000_000, 0])
        #expect(world.books.amount(.ether, .inventory) == 10_000_000_000_000_000_000)
        #expect(world.result.badDebt == 0 && world.accounts[0].debt == 0 && world.audit == nil)
    }

    @Test func `depositors pay what they have and get five per cent more of it in kind`() {
        let world = Self.played(Self.world(StressDesign(.isolated, .stabilityPool)) { $0["pool_bps"] = 10_000 })
        // Depositors have 15 001; a coin stays. 105 % of the debt at the price is theirs, the gas compensation is half a per cent of all.
        let collateral: UInt128 = 10_000_000_000_000_000_000
        let theirs = 15_750 * 1_000_000_000_000_000_000 * StressAsset.one / Self.fallen(world)
        #expect(world.books.cash(.depositors) == 1_000_000)
        #expect(world.books.amount(.ether, .depositors) == theirs)
        #expect(world.accounts[0].held[0] == collateral - collateral / 200 - theirs)
        #expect(world.accounts[0].debt == 0 && world.result.badDebt == 0)
    }

    @Test func `a Dutch auction asks the start over the price and falls until it pays`() throws {
        let world = Self.played(Self.world(StressDesign(.isolated, .dutch)))
        let lot = try #require(world.lots.first)
        let clip = try #require(lot.clip)
        #expect(lot.debt == 15_000_000_000 && lot.amount == 10_000_000_000_000_000_000)
        #expect(clip.top == UInt256(Self.fallen(world) * 12 / 10) * UInt256(10_000_000_000_000_000_000 as UInt128))
        // 15 000 and 8 % on it, with 45 decimals.
        #expect(clip.tab == UInt256(16_200_000_000 as UInt128) * StressWorld.rad)
        // 1.2 · 0.99^n is below 0.997 from n = 19 on.
        let before = Self.played(Self.world(StressDesign(.isolated, .dutch)), blocks: StressScenario.start + 18)
        let after = Self.played(Self.world(StressDesign(.isolated, .dutch)), blocks: StressScenario.start + 23)
        #expect(before.result.volume == 0 && before.lots.count == 1)
        #expect(after.lots.isEmpty && after.result.volume > 14_000_000_000)
    }

    @Test func `an English bid is what the sale fetches less a hundredth and wins after its time`() throws {
        let world = Self.played(Self.world(StressDesign(.isolated, .english)))
        let lot = try #require(world.lots.first)
        // 10 ether fetch about 15 950 or less after 0.3 %: below 16 200, so the bid is for the whole lot.
        let most = 10 * Self.fallen(world) / 100 * 997 / 1_000 * 99 / 100
        #expect(lot.bid > most * 999 / 1_000 && lot.bid <= most && lot.amount == 10_000_000_000_000_000_000)
        let before = Self.played(Self.world(StressDesign(.isolated, .english)), blocks: StressScenario.start + 11)
        let after = Self.played(Self.world(StressDesign(.isolated, .english)), blocks: StressScenario.start + 12)
        #expect(before.lots.count == 1 && after.lots.isEmpty)
        #expect(after.result.volume == min(lot.bid, 15_000_000_000))
    }

    @Test func `a backstop pays the debt, and without one those who win by the fall do`() {
        let backed = Self.played(Self.world(StressDesign(.cross, .backstop)) { $0["backstop_bps"] = 10_000 })
        #expect(backed.result.volume == 15_000_000_000 && backed.result.badDebt == 0 && backed.accounts[0].debt == 0)
        // Above water still (16 000 for 15 000): nobody is deleveraged yet.
        let bare = Self.played(Self.world(StressDesign(.cross, .backstop)) { $0["backstop_bps"] = 0 })
        #expect(bare.result.volume == 0 && bare.accounts[0].debt == 15_000_000_000)
        var sunk = Self.world(StressDesign(.cross, .backstop)) { $0["backstop_bps"] = 0 }
        sunk.accounts[0].debt = 17_000_000_000
        sunk.claims[0] += 2_000_000_000
        let done = Self.played(sunk)
        #expect(done.accounts[0].debt == 0 && done.accounts[0].held[0] == 0 && done.result.badDebt == 0)
        #expect(done.result.others == 17_000_000_000 - 10 * Self.fallen(done) / 100)
    }
}
