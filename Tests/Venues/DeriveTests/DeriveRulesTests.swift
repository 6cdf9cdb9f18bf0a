import Derive
import Portfolio
import Testing

/// The parameter sets say what the venue published.
@Suite struct DeriveRulesTests {
    @Test func `the first portfolio margin has twenty-three scenarios`() {
        let scenarios = DeriveRules.portfolioMargin.scenarios
        #expect(scenarios.count == 23 && Set(scenarios).count == 23)
        #expect(scenarios.filter { abs($0.spot) > 0.19 }.map(\.volatility) == [.up, .up])
        #expect(scenarios.allSatisfy { $0.weight == 1 && abs($0.spot) <= 0.2 })
    }

    @Test func `every name has its rules`() {
        #expect(DeriveRules.names == ["derive-sm", "derive-pmrm"] && DeriveRules.all.count == 2)
    }
}
