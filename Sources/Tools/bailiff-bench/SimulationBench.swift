import CAllocations
import Domain
import Mechanisms
import Strategy
import Units
import Winning

/// Times a whole bid simulation: twelve pairs of one account, each asset's depth over three venues.
enum SimulationBench {
    private static let accounts = 512
    private static let rounds = 20_480

    static func run() {
        let world = SimulationWorld(accounts: accounts, seed: 1)
        measure("alone", world) { _ in }
        measure("against four rivals in a sealed auction", world) {
            ($0.contestants.model, $0.contestants.rivals) = (.rivals, 4)
        }
        measure("against four rivals in the public pool", world) {
            ($0.contestants.model, $0.contestants.rivals, $0.contestants.rule) = (.rivals, 4, .priorityGas)
        }
    }

    private static func measure(
        _ name: String, _ world: SimulationWorld, _ change: (inout StrategyParameters) -> Void
    ) {
        var parameters = StrategyParameters()
        change(&parameters)
        var times = ContiguousArray<Int64>(repeating: 0, count: rounds)
        var bids = 0
        for round in 0..<accounts { bids += simulate(world, round, parameters) ? 1 : 0 }
        let before = callocations_count()
        for round in 0..<rounds {
            let start = Stopwatch.now()
            _ = simulate(world, round, parameters)
            times[round] = Stopwatch.now() - start
        }
        let allocations = callocations_count() - before
        times.sort()
        let figure = "bid simulation, 12 pairs, 3 venues, \(name)"
        report("P10", "\(figure), p50 in µs", Double(times[rounds / 2]) / 1_000, goal: "< 20")
        report("P10", "\(figure), p99 in µs", Double(times[rounds * 99 / 100]) / 1_000, goal: "")
        report("P10", "heap allocations in \(rounds) simulations", Double(allocations), goal: "0")
        report("P10", "accounts worth a bid, of \(accounts)", Double(bids), goal: "")
    }

    private static func simulate(_ world: SimulationWorld, _ round: Int, _ parameters: StrategyParameters) -> Bool {
        let account = world.accounts[round % accounts]
        let simulation = BidSimulation(
            rules: world.rules, market: world.market, reserves: world.reserves, gas: world.gas, parameters: parameters,
            depth: world.depth)
        // Every fourth account is taken with borrowed money.
        let purse = Purse(
            cash: Cash(units: round % 4 == 0 ? 0 : 1_000_000_000_000_000), gasMoney: 1_000_000_000_000_000_000_000)
        let bid = simulation.best(
            factors: account.factors.span, amounts: account.amounts.span, health: account.health, traits: .none, purse)
        if case .success = bid { return true }
        return false
    }
}
