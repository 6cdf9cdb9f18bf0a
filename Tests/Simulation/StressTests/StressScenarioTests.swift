import Foundation
import Testing
import Units

@testable import Stress

@Suite struct StressScenarioTests {
    private func small(_ seed: UInt64) -> StressStudy {
        var study = StressStudy(seed: seed)
        study.accounts = 30
        study.risk["blocks"] = 100
        return study
    }

    @Test func `a quiet day loses nothing under any design`() {
        var study = small(2)
        study.accounts = 12
        study.risk["blocks"] = 60
        study.severity = StressSeverity(0)
        let results = study.run()
        #expect(results.count == 9 * 17)
        for found in results {
            let name = "\(found.scenario), \(found.design.name)"
            #expect(found.badDebt == 0 && found.owedBeyond == 0 && found.others == 0, "\(name)")
            #expect(found.liquidations == 0 && found.botProfit == 0 && found.gas == 0, "\(name)")
            #expect(found.blocksToSolvency == 0 && found.lowestImpact >= 9_999, "\(name)")
        }
    }

    /// What was lost and what is still owed.
    private func lost(_ study: StressStudy, _ scenario: StressScenario, _ design: StressDesign) -> StressResult {
        var world = study.world(scenario, design)
        world.play()
        return world.result
    }

    @Test func `a cascade costs more where sales move the oracle`() {
        var (worse, deeper) = (0, 0)
        for seed in 1...4 as ClosedRange<UInt64> {
            var study = small(seed)
            // A market in which sales matter.
            study.risk["depth_bps"] = 1_000
            study.severity = StressSeverity(150)
            let with = lost(study, .cascade, StressDesign(.cross, .fixedWhole))
            study.hasFeedback = false
            let without = lost(study, .cascade, StressDesign(.cross, .fixedWhole))
            #expect(with.badDebt >= without.badDebt, "seed \(seed)")
            worse += with.badDebt > without.badDebt ? 1 : 0
            deeper += with.liquidations > without.liquidations ? 1 : 0
        }
        #expect(worse >= 3 && deeper >= 3, "\(worse) and \(deeper) of 4")
    }

    /// The fund does not act: what it has changes who pays, and nothing else.
    @Test func `more insurance never means more socialised loss, and the bad debt is the same`() {
        var spared = 0
        for design in [StressDesign(.cross, .fixedClose), StressDesign(.isolated, .dutch)] {
            var last: StressResult?
            for opening in [0, 50, 500, 10_000] {
                var study = small(5)
                study.severity = StressSeverity(150)
                study.risk["insurance_opening_bps"] = opening
                let found = lost(study, .correlatedCollapse, design)
                if let last {
                    #expect(found.socialised <= last.socialised && found.badDebt == last.badDebt, "\(design.name)")
                    spared += found.socialised < last.socialised ? 1 : 0
                }
                last = found
            }
        }
        #expect(spared >= 2, "\(spared)")
    }

    /// At any one moment of prices a higher threshold makes nobody liquidatable who was not. (Over a run nothing of the kind holds:
    /// who is spared early may cost more later.)
    @Test func `a higher threshold makes fewer accounts liquidatable at the same prices`() {
        for seed in 1...3 as ClosedRange<UInt64> {
            let people = small(seed).population
            for margin in [StressMargin.isolated, .cross] {
                var last: Set<Int>?
                for threshold in [5_000, 6_500, 8_000, 9_500] {
                    var risk = StressParameters()
                    risk["liquidation_threshold_bps"] = threshold
                    var judge = StressJudge(StressDesign(margin, .fixedClose), risk)
                    for asset in StressAsset.allCases { judge.set(asset.reserve, asset.startPrice * 7 / 10) }
                    let now = Set(people.accounts.indices.filter { judge.isLiquidatable(people.accounts[$0]) })
                    if let last { #expect(now.isSubset(of: last) && now.count < last.count, "seed \(seed)") }
                    last = now
                }
            }
        }
    }

    /// The frozen day's prices fall as those of a day with an oracle that speaks: the difference is the oracle's silence alone.
    @Test func `a silent oracle costs more than the same fall told`() {
        var worse = 0
        for seed in 1...4 as ClosedRange<UInt64> {
            var study = small(seed)
            study.accounts = 60
            // Deep pools: nothing but the silence differs. (In thin ones it can even spare a spiral of sales.)
            study.risk["depth_bps"] = 100_000
            study.risk["bot_capital_bps"] = 100_000
            let design = StressDesign(.cross, .fixedWhole)
            let silent = study.path(.oracleFreeze)
            var told = StressWorld(
                study.population, .oracleFreeze, study.severity, design, study.risk, path: silent.speaking)
            told.play()
            let frozen = lost(study, .oracleFreeze, design)
            #expect(frozen.badDebt + frozen.owedBeyond >= told.result.badDebt + told.result.owedBeyond, "seed \(seed)")
            worse += frozen.badDebt > told.result.badDebt ? 1 : 0
        }
        #expect(worse >= 3, "\(worse) of 4")
    }

    @Test func `dear gas leaves small accounts alone`() {
        var study = small(3)
        study.accounts = 60
        study.risk["bot_capital_bps"] = 100_000
        let design = StressDesign(.cross, .fixedWhole)
        let dear = lost(study, .gasBlowout, design)
        study.risk["gas_gwei"] = 0
        let free = lost(study, .gasBlowout, design)
        #expect(dear.leftLiquidatable > free.leftLiquidatable && dear.liquidations < free.liquidations)
        // Of those left, none pays for its gas, and all would if there were none to pay.
        study.risk["gas_gwei"] = 20
        var world = study.world(.gasBlowout, design)
        world.play()
        let left = world.liquidatable()
        world.room = 1
        #expect(!left.isEmpty && left.allSatisfy { !pays($0, world) })
        world.gasCost = 0
        #expect(left.allSatisfy { pays($0, world) })
    }

    private func pays(_ position: Int, _ world: StressWorld) -> Bool {
        let account = world.accounts[position]
        guard let health = world.judge.health(account) else { return false }
        return StressAsset.allCases.contains { asset in
            guard account.held[asset.rawValue] > 0, let offer = world.judge.pair(asset, of: account, health) else {
                return false
            }
            return world.choice(offer, of: asset) != nil
        }
    }

    @Test func `manipulation costs nobody but the lenders, and only when the oracle lies`() {
        var study = small(4)
        let design = StressDesign(.isolated, .fixedClose)
        let lie = lost(study, .oracleManipulation, design)
        #expect(lie.badDebt + lie.owedBeyond > 0)
        study.severity = StressSeverity(0)
        let truth = lost(study, .oracleManipulation, design)
        #expect(truth.badDebt + truth.owedBeyond == 0)
    }

    @Test func `the watch spares looks and misses nobody`() {
        for design in [StressDesign(.cross, .fixedClose), StressDesign(.portfolio, .partial)] {
            var world = small(6).world(.correlatedCollapse, design)
            var seen = 0
            for block in 0..<60 {
                world.turn(block)
                let all = world.accounts.indices.filter { world.judge.isLiquidatable(world.accounts[$0]) }
                #expect(Set(world.liquidatable()) == Set(all), "\(design.name), block \(block)")
                seen += all.count
            }
            #expect(seen > 0, "\(design.name)")
        }
    }

    @Test func `the same seed is the same result and another one is not`() {
        var study = small(7)
        study.scenarios = [.cascade, .oracleFreeze]
        study.designs = [StressDesign(.cross, .absorption), StressDesign(.isolated, .english)]
        let (first, second) = (study.run(), study.run())
        study.seed = 8
        #expect(first == second && first != study.run())
    }

    @Test func `isolated accounts hold and owe what their owners do`() {
        for person in small(9).population.accounts {
            let parts = person.isolated()
            #expect(parts.reduce(0) { $0 + $1.debt } == person.debt)
            for asset in person.held.indices {
                #expect(parts.reduce(0) { $0 + $1.held[asset] } == person.held[asset])
            }
            #expect(parts.allSatisfy { part in part.held.count { $0 > 0 } == 1 })
        }
    }
}

extension StressPath {
    /// The same with an oracle that is never silent.
    fileprivate var speaking: StressPath {
        var path = self
        for block in path.blocks.indices { path.blocks[block].isFrozen = false }
        return path
    }
}

@Suite struct StressPageTests {
    @Test func `the documentation has every parameter, scenario and mechanism as they are`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let text = try String(contentsOf: root.appending(path: "docs/stress.md"), encoding: .utf8)
        for row in StressParameters.table {
            let line =
                "| `\(row.name)` | \(row.standard) | \(row.range.lowerBound) | \(row.range.upperBound) | \(row.meaning) |"
            #expect(text.contains(line), "\(line)")
        }
        for name in StressScenario.allCases.map(\.rawValue) + StressMechanism.allCases.map(\.rawValue) {
            #expect(text.contains("| `\(name)` |"), "\(name)")
        }
    }
}
