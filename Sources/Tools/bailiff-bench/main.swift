import CAllocations
import Domain
import Engine
import Glibc
import Margin

// Measures P1, P2, P5 and P8 of the figures to reach, as ratios within this one run. Absolute times are this machine's.
// With words as arguments only those figures: `bailiff-bench P2`. P1, P5 and P8 come together, from one world. `mixed` measures a
// book of all models instead, `mixed P2` its quiet ticks at ten times as many accounts as well, `mixed P2 long` at a hundred times. `model`
// measures the round trip of an outside model, from the project's folder.
// `simulate` measures one bid simulation.
if CommandLine.arguments.count == 2, ReferenceTool.run(CommandLine.arguments[1]) { exit(0) }
if CommandLine.arguments.contains("model") {
    ModelBench.run()
    exit(0)
}
if CommandLine.arguments.contains("mixed") {
    MixedBench.run()
    if CommandLine.arguments.contains("P2") { MixedBench.runScale(isLong: CommandLine.arguments.contains("long")) }
    exit(0)
}
if CommandLine.arguments.contains("simulate") {
    SimulationBench.run()
    exit(0)
}
let accounts = 1_000_000

let before = callocations_resident_bytes()
var world = BenchWorld(accounts: accounts, seed: 1)
report(
    "P8", "resident bytes per account, 1 M accounts of 2.5 legs",
    Double(callocations_resident_bytes() - before) / Double(accounts), goal: "<= 200")

let scan = Stopwatch.nanosecondsPerRound(20) { _ = world.engine.index.scanAll() }
let looksBefore = world.engine.index.evaluations
let ticks = 6_000_000
let tick = Stopwatch.nanosecondsPerRound(ticks) { world.fallingTick() }
let looks = Double(world.engine.index.evaluations - looksBefore) / Double(ticks)
report("P1", "million ticks/s through the engine, 1 M accounts, falling market", 1_000 / tick, goal: ">= 5")
report("P1", "a full scan of the same columns over one tick", scan / tick, goal: ">= 20 000")
report("P1", "looks taken a tick", looks, goal: "")
report("P1", "crossings found", Double(world.engine.counters.crossings), goal: "")

var quiet = 0
for _ in 0..<100_000 { world.quietTick(quiet); quiet += 1 }
let allocations = callocations_count()
for _ in 0..<1_000_000 { world.quietTick(quiet); quiet += 1 }
report("P5", "heap allocations in 1 M quiet ticks", Double(callocations_count() - allocations), goal: "0")
world.stateDepth()
let allocationsBefore = callocations_count()
for _ in 0..<1_000_000 { world.quietTick(quiet); quiet += 1 }
report(
    "P5", "the same with streamed depth and a kept asset", Double(callocations_count() - allocationsBefore), goal: "0")

guard CommandLine.arguments.count == 1 || CommandLine.arguments.contains("P2") else { exit(0) }
let small = quietTime(accounts: 100_000)
let large = quietTime(accounts: 10_000_000)
report("P2", "time of a quiet tick, 10 M accounts over 100 k", large / small, goal: "<= 1.5")

func quietTime(accounts: Int) -> Double {
    var world = BenchWorld(accounts: accounts, seed: 2)
    var number = 0
    for _ in 0..<100_000 { world.quietTick(number); number += 1 }
    return (0..<5).map { _ in
        Stopwatch.nanosecondsPerRound(400_000) {
            world.quietTick(number); number += 1
        }
    }.min() ?? 0
}
