import Glibc

enum Stopwatch {
    /// Mean nanoseconds of one round.
    static func nanosecondsPerRound(_ rounds: Int, _ body: () -> Void) -> Double {
        let start = now()
        for _ in 0..<rounds { body() }
        return Double(now() - start) / Double(rounds)
    }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// One line of the table of figures.
func report(_ figure: String, _ meaning: String, _ value: Double, goal: String) {
    let rounded = (value * 100).rounded() / 100
    print("\(figure)  \(meaning): \(rounded)\(goal.isEmpty ? "" : "  (goal \(goal))")")
}
