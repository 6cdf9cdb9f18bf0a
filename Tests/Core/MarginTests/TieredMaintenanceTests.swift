import Domain
import Margin
import Testing
import Units

/// Brackets by notional, and how they look to the filter.
@Suite struct TieredMaintenanceTests {
    private static let percent: UInt128 = 10_000_000_000_000_000

    /// 1 % up to 1 000, 2 % from there, 5 % from 10 000, without leaps.
    private func brackets() throws -> TieredMaintenance {
        var table = ReserveTable()
        table.define(MarketIndex(0), cash: ReserveIndex(0))
        table.define(
            ReserveDefinition(
                reserve: ReserveIndex(1), market: MarketIndex(0), decimals: 6, liquidationThreshold: .zero,
                liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 1_000))
        for (i, tier) in [(0, 1, 0), (1_000, 2, 10), (10_000, 5, 310)].enumerated() {
            let added = table.set(
                ReserveIndex(1),
                tier: MarginTier(
                    floor: UInt128(tier.0), maintenanceMargin: Wad(UInt128(tier.1) * Self.percent),
                    deduction: UInt128(tier.2)), at: i)
            #expect(added)
        }
        return try #require(TieredMaintenance(of: ReserveIndex(1), flat: nil, in: table))
    }

    @Test(arguments: [(0, 0), (1, 1), (500, 5), (999, 10), (1_000, 10), (1_001, 11), (10_000, 190), (20_000, 690)])
    func `a notional needs its bracket's rate less the deduction, rounded up`(notional: Int, needed: Int) throws {
        #expect(try brackets().requirement(for: UInt256(notional)) == UInt256(needed))
    }

    @Test func `without brackets the flat rate holds, and without either there is nothing to say`() {
        let table = ReserveTable()
        let flat = TieredMaintenance(of: ReserveIndex(1), flat: Int128(Self.percent), in: table)
        #expect(flat?.requirement(for: 250) == 3)
        #expect(TieredMaintenance(of: ReserveIndex(1), flat: nil, in: table) == nil)
    }

    @Test func `within a bracket the slope is known exactly, up to the edge`() throws {
        let bend = try brackets().bend(around: 1_100)
        #expect(bend.here == 0.02 && bend.lowest == 0.02 && bend.highest == 0.02 && bend.leap == 0)
        #expect(bend.reach > 0.08 && bend.reach < 100.0 / 1_100)
        #expect(try brackets().bend(around: 5_000).reach == 0.25)
    }

    @Test func `close to an edge the slope lies between those on both sides`() throws {
        for notional in [995.0, 1_000, 1_005] {
            let bend = try brackets().bend(around: notional)
            #expect(bend.lowest == 0.01 && bend.highest == 0.02 && bend.reach == 0.02, "\(notional)")
            #expect(bend.leap < 1e-9, "deductions that fit leave no leap")
        }
    }

    @Test(arguments: 0..<50)
    func `no move within the box changes the requirement by more than the bounds say`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let brackets = try brackets()
        let here = generator.within(10...20_000)
        let bend = brackets.bend(around: Double(here))
        let most = Int(Double(here) * bend.reach)
        let there = here + generator.within(-most...most)
        let before = Double(try #require(brackets.requirement(for: UInt256(here))?.asUInt128))
        let after = Double(try #require(brackets.requirement(for: UInt256(there))?.asUInt128))
        let move = Double(there - here)
        let bounds = [bend.lowest * move, bend.highest * move].sorted()
        #expect(after - before >= bounds[0] - bend.leap - 2, "seed \(seed): \(here) to \(there)")
        #expect(after - before <= bounds[1] + bend.leap + 2, "seed \(seed): \(here) to \(there)")
    }
}
