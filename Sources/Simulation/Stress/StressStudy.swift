import Units

/// Scenarios by designs: the same people, the same trouble, other rules.
///
/// Example: `StressStudy(seed: 1).run()` is every scenario under every design that exists.
package struct StressStudy: Sendable {
    package var scenarios: [StressScenario] = StressScenario.allCases
    package var designs: [StressDesign] = StressDesign.existing
    package var accounts = 300
    package var seed: UInt64 = 1
    package var severity = StressSeverity.one
    package var risk = StressParameters()
    package var hasFeedback = true

    package init(seed: UInt64 = 1) { self.seed = seed }

    package var population: StressPopulation {
        StressPopulation(count: accounts, idle: risk.share("idle_bps"), seed: seed)
    }

    package func path(_ scenario: StressScenario) -> StressPath {
        StressPath(scenario, severity, seed: seed, blocks: risk["blocks"])
    }

    package func world(_ scenario: StressScenario, _ design: StressDesign) -> StressWorld {
        StressWorld(
            population, scenario, severity, design, risk, path: path(scenario), hasFeedback: hasFeedback)
    }

    /// `progress` hears how many are done.
    package func run(progress: (Int) -> Void = { _ in }) -> [StressResult] {
        let people = population
        var results: [StressResult] = []
        for scenario in scenarios {
            let path = path(scenario)
            for design in designs where design.absence == nil {
                var world = StressWorld(
                    people, scenario, severity, design, risk, path: path, hasFeedback: hasFeedback)
                world.play()
                results.append(world.result)
                progress(results.count)
            }
        }
        return results
    }
}
