import Deribit
import Portfolio
import Testing

/// The parameter sets say what the venue published.
@Suite struct DeribitRulesTests {
    @Test func `nine buckets with three volatilities, and far moves that are damped`() {
        let scenarios = DeribitRules.portfolioMargin.scenarios
        #expect(scenarios.filter { $0.weight == 1 }.count == 27)
        #expect(scenarios.filter { $0.weight == 1 }.map(\.spot).max() == 0.16)
        #expect(
            scenarios.filter { $0.weight < 1 }.allSatisfy { $0.volatility == .up && abs($0.spot * $0.weight) < 0.17 })
        #expect(scenarios.map(\.spot).min() == -0.66 && scenarios.map(\.spot).max() == 5)
    }

    @Test func `every name has its rules`() {
        #expect(DeribitRules.names == ["deribit-sm", "deribit-pm"] && DeribitRules.all.count == 2)
    }
}
