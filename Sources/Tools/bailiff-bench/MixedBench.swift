import CAllocations
import Engine
import Margin

/// P1, P2 and P5 for a mixed book: 60 % lending, 20 % perpetuals, 10 % vaults, 10 % options under portfolio margin.
enum MixedBench {
    private static let accounts = 1_000_000
    private static let few = 100_000
    private static let many = 10_000_000

    static func run() {
        let start = Stopwatch.now()
        var world = MixedWorld(accounts: accounts, seed: 1)
        report("P1m", "seconds to open 1 M mixed accounts", Double(Stopwatch.now() - start) / 1e9, goal: "")
        let scan = Stopwatch.nanosecondsPerRound(20) { _ = world.engine.index.scanAll() }
        let looksBefore = world.engine.index.evaluations
        let crossingsBefore = world.engine.counters.crossings
        let ticks = 400_000
        let tick = Stopwatch.nanosecondsPerRound(ticks) { world.fallingTick() }
        let looks = Double(world.engine.index.evaluations - looksBefore) / Double(ticks)
        report("P1m", "thousand ticks/s through the engine, 1 M mixed accounts, falling market", 1e6 / tick, goal: "")
        report("P1m", "a full scan of the same forms over one tick", scan / tick, goal: "")
        report("P1m", "looks taken a tick", looks, goal: "")
        report(
            "P1m", "crossings found", Double(world.engine.counters.crossings - crossingsBefore), goal: "")
        var quiet = 0
        for _ in 0..<100_000 { world.quietTick(quiet); quiet += 1 }
        let before = callocations_count()
        let forms = world.engine.index.evaluations
        for _ in 0..<1_000_000 { world.quietTick(quiet); quiet += 1 }
        report("P5m", "heap allocations in 1 M quiet ticks", Double(callocations_count() - before), goal: "0")
        report(
            "P5m", "looks in those ticks, thousands", Double(world.engine.index.evaluations - forms) / 1_000, goal: "")
    }

    static func runScale() {
        let small = quietTime(few)
        let large = quietTime(many)
        report("P2m", "time of a quiet tick, 10 M mixed accounts over 100 k", large / small, goal: "<= 1.5")
    }

    private static func quietTime(_ accounts: Int) -> Double {
        var world = MixedWorld(accounts: accounts, seed: 2)
        var number = 0
        for _ in 0..<100_000 { world.quietTick(number); number += 1 }
        let best = (0..<5).map { _ in
            Stopwatch.nanosecondsPerRound(400_000) {
                world.quietTick(number); number += 1
            }
        }.min()
        return best ?? 0
    }
}
