import Units

/// Scenarios by designs: the same people, the same trouble, other rules.
///
/// Example: `StressStudy(seed: 1).run()` is every scenario under every design that exists.
public struct StressStudy: Sendable {
    public var scenarios: [StressScenario] = StressScenario.allCases
    public var designs: [StressDesign] = StressDesign.existing
    public var accounts = 300
    public var seed: UInt64 = 1
    public var severity = StressSeverity.one
    public var risk = StressParameters()
    public var hasFeedback = true

    public init(seed: UInt64 = 1) { self.seed = seed }

    public var population: StressPopulation {
        StressPopulation(count: accounts, idle: risk.share("idle_bps"), seed: seed)
    }

    public func path(_ scenario: StressScenario) -> StressPath {
        StressPath(scenario, severity, seed: seed, blocks: risk["blocks"])
    }

    public func world(_ scenario: StressScenario, _ design: StressDesign) -> StressWorld {
        StressWorld(
            population, scenario, severity, design, risk, path: path(scenario), hasFeedback: hasFeedback)
    }

    /// `progress` hears how many are done.
    public func run(progress: (Int) -> Void = { _ in }) -> [StressResult] {
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
