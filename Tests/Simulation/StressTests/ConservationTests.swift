import Testing
import Units

@testable import Stress

/// Whatever happens, no unit of anything appears or goes: parties and books are kept apart, and compared block by block.
@Suite struct StressConservationTests {
    @Test func `the books of every scenario and design close to the unit after every block`() {
        var (bad, drawn, lost, deals) = (0, 0, 0, UInt64(0))
        for seed in 1...2 as ClosedRange<UInt64> {
            var study = StressStudy(seed: seed)
            study.accounts = 12
            study.severity = StressSeverity(75 + seed * 50)
            study.risk["blocks"] = 60
            // A small fund, so that it runs out.
            study.risk["insurance_opening_bps"] = seed.isMultiple(of: 2) ? 20 : 0
            for scenario in StressScenario.allCases {
                for design in StressDesign.existing {
                    var world = study.world(scenario, design)
                    #expect(world.audit == nil, "seed \(seed), \(scenario), \(design.name), before")
                    for block in 0..<study.risk["blocks"] {
                        world.turn(block)
                        guard let fault = world.audit else { continue }
                        Issue.record("seed \(seed), \(scenario), \(design.name), block \(block): \(fault)")
                        break
                    }
                    bad += world.result.badDebt > 0 ? 1 : 0
                    drawn += world.result.insurance > 0 ? 1 : 0
                    lost += world.result.socialised > 0 ? 1 : 0
                    deals += world.result.liquidations
                }
            }
        }
        // The worlds must have been lively, or this proves nothing.
        #expect(bad > 30 && drawn > 15 && lost > 30 && deals > 500, "\(bad) \(drawn) \(lost) \(deals)")
    }

    /// The audit itself must notice: a unit of debt forgotten, a unit of collateral found.
    @Test func `the audit notices one unit`() {
        let study = StressStudy(seed: 3)
        let world = study.world(.cascade, StressDesign(.cross, .fixedClose))
        var forgotten = world
        forgotten.accounts[0].debt += 1
        var found = world
        found.accounts[0].held[0] += 1
        var cut = world
        cut.claims[5] -= 1
        #expect(world.audit == nil && forgotten.audit != nil && found.audit != nil && cut.audit != nil)
    }
}
