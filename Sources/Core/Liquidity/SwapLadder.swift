import Units

/// A pool's ways up and down, worked out when the pool is made: what has gone in and out when each stop is reached.
///
/// A swap begins at the last stop that it passes and works out one step. That is exact: a step to a stop takes and gives the
/// same whatever remains, and it is taken just when what goes in (out) reaches the stop's sum.
struct SwapLadder: Equatable, Sendable {
    private let rungs: ContiguousArray<SwapWalk>

    /// A stop costs two steps to work out; a swap that passes more goes on one by one.
    static let rungsMax = 48

    init(_ pool: ConcentratedPool, _ direction: ConcentratedPool.Direction) {
        var walk = SwapWalk(pool, direction)
        var rungs: ContiguousArray<SwapWalk> = [walk]
        rungs.reserveCapacity(Self.rungsMax)
        while rungs.count < Self.rungsMax, walk.advance(in: pool) { rungs.append(walk) }
        self.rungs = rungs
    }

    /// The last stop before so much has gone in or out.
    func rung(before wanted: SwapStep.Remaining) -> SwapWalk {
        var (low, high) = (1, rungs.count)
        while low < high {
            let middle = (low + high) / 2
            if rungs[middle].isReached(before: wanted) { low = middle + 1 } else { high = middle }
        }
        return rungs[low - 1]
    }
}
