import Strategy
import Testing
import Units

@Suite struct BidPlanTests {
    private static func candidates(_ count: Int, _ random: inout SeededGenerator) -> [BidPlan.Candidate] {
        (0..<count).map { _ in
            BidPlan.Candidate(
                expectedValue: Cash(units: Int128(random.below(1_000)) - 50), capital: TokenAmount(random.below(600)),
                gas: GasUnits(random.below(500)))
        }
    }

    private static func sums(_ candidates: [BidPlan.Candidate], _ set: Int) -> (Cash, TokenAmount, UInt64) {
        var (value, capital, gas) = (Cash.zero, TokenAmount(0), UInt64(0))
        for position in candidates.indices where set & 1 << position != 0 {
            value += candidates[position].expectedValue
            capital += candidates[position].capital
            gas += candidates[position].gas.count
        }
        return (value, capital, gas)
    }

    @Test(arguments: 0..<20)
    func `up to twelve candidates the plan is the best of all sets, and spends no more than there is`(block: UInt64) {
        for seed in block * 50..<(block + 1) * 50 {
            var random = SeededGenerator(seed: seed)
            let list = Self.candidates(random.within(0...12), &random)
            let (capital, gas) = (TokenAmount(random.below(2_000)), random.below(1_500))
            let plan = BidPlan(list.span, capital: capital, gas: GasUnits(gas))
            var best = Cash.zero
            for set in 0..<(1 << list.count) {
                let (value, spent, burnt) = Self.sums(list, set)
                if spent <= capital, burnt <= gas { best = max(best, value) }
            }
            let (value, spent, burnt) = Self.sums(list, Int(plan.chosen))
            #expect(plan.isExact && plan.expectedValue == best && value == best, "seed \(seed)")
            #expect(spent <= capital && burnt <= gas, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<40)
    func `many candidates never cost more than there is, and bring what greed would`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let list = Self.candidates(32, &random)
        let plan = BidPlan(list.span, capital: 3_000, gas: GasUnits(2_500))
        let (value, spent, burnt) = Self.sums(list, Int(plan.chosen))
        #expect(value == plan.expectedValue && spent <= 3_000 && burnt <= 2_500, "seed \(seed)")
        var (greedy, capital, gas) = (Cash.zero, TokenAmount(3_000), UInt64(2_500))
        for candidate in list.sorted(by: { $0.expectedValue > $1.expectedValue })
        where candidate.expectedValue > .zero && candidate.capital <= capital && candidate.gas.count <= gas {
            greedy += candidate.expectedValue
            capital -= candidate.capital
            gas -= candidate.gas.count
        }
        #expect(plan.expectedValue >= greedy, "seed \(seed)")
    }

    @Test func `what needs nothing and earns something is always taken`() {
        let free = BidPlan.Candidate(expectedValue: Cash(units: 1), capital: 0, gas: GasUnits(0))
        let plan = BidPlan([free, free].span, capital: 0, gas: GasUnits(0))
        #expect(plan.chosen == 0b11)
    }
}
