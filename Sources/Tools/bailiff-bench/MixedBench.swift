import CAllocations
import Engine
import Margin

/// P1, P2 and P5 for a mixed book: 60 % lending, 20 % perpetuals, 10 % vaults, 10 % options under portfolio margin.
enum MixedBench {
    private static let accounts = 1_000_000
    private static let few = 100_000
    private static let ticks = 30_000
    private static let quietTicks = 500_000
    /// Accounts of options that are judged to find what a full scan would cost.
    private static let sample = 2_000

    static func run() {
        let start = Stopwatch.now()
        var world = MixedWorld(accounts: accounts, seed: 1)
        report("P1m", "seconds to open 1 M mixed accounts", Double(Stopwatch.now() - start) / 1e9, goal: "")
        let scan = fullScan(world)
        let (looks, crossings) = (world.engine.index.evaluations, world.engine.counters.crossings)
        let tick = Stopwatch.nanosecondsPerRound(ticks) { world.fallingTick() }
        report("P1m", "thousand ticks/s through the engine, 1 M mixed accounts, falling market", 1e6 / tick, goal: "")
        report("P1m", "a full scan, options judged anew, over one tick", scan / tick, goal: ">= 20 000")
        report("P1m", "looks taken a tick", Double(world.engine.index.evaluations - looks) / Double(ticks), goal: "")
        report("P1m", "crossings found", Double(world.engine.counters.crossings - crossings), goal: "")
        quiet(&world)
    }

    /// Every linear account's form, and every options account's judgement: those from a sample, since all would take minutes.
    private static func fullScan(_ world: borrowing MixedWorld) -> Double {
        let linear = Stopwatch.nanosecondsPerRound(5) { _ = world.engine.index.scanAll() }
        let local = Stopwatch.nanosecondsPerRound(sample) { _ = world.judgeOptions() }
        report("P1m", "microseconds to judge an account of two options", local / 1_000, goal: "")
        return linear + local * Double(accounts) / 10
    }

    private static func quiet(_ world: inout MixedWorld) {
        var number = 0
        for _ in 0..<100_000 { world.quietTick(number, withOptions: false); number += 1 }
        var before = callocations_count()
        for _ in 0..<quietTicks { world.quietTick(number, withOptions: false); number += 1 }
        let allocations = callocations_count() - before
        report(
            "P5m", "heap allocations in 500 k quiet ticks of lending, vaults, perpetuals", Double(allocations),
            goal: "0")
        before = callocations_count()
        let looks = world.engine.index.evaluations
        for _ in 0..<quietTicks / 10 { world.quietTick(number, withOptions: true); number += 1 }
        let forms = world.engine.index.evaluations - looks
        report("P5m", "in 50 k quiet ticks with options: looks taken", Double(forms), goal: "")
        report(
            "P5m", "heap allocations for each of those looks",
            forms > 0 ? Double(callocations_count() - before) / Double(forms) : 0, goal: "")
    }

    /// Ten times as many accounts, and with `isLong` a hundred times: that takes minutes to open.
    static func runScale(isLong: Bool) {
        let small = quietTime(few)
        let many = few * (isLong ? 100 : 10)
        report(
            "P2m", "time of a quiet tick, \(many / 1_000_000) M mixed accounts over 100 k", quietTime(many) / small,
            goal: "<= 1.5")
    }

    private static func quietTime(_ accounts: Int) -> Double {
        var world = MixedWorld(accounts: accounts, seed: 2)
        var number = 0
        for _ in 0..<100_000 { world.quietTick(number, withOptions: false); number += 1 }
        let best = (0..<5).map { _ in
            Stopwatch.nanosecondsPerRound(400_000) {
                world.quietTick(number, withOptions: false); number += 1
            }
        }.min()
        return best ?? 0
    }
}
