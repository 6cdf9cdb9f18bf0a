import Domain

/// A walk over all accounts that replants the cold ones for a larger hot distance, a bounded number at a time.
struct Sweep {
    var next = 0
    /// The smallest hot distance that anything was planted for since the walk began.
    var smallest: Double
}

/// How often the hot distance has grown in vain, and for how many calls it is left alone for it.
struct Growth {
    var pause = 0
    var patience = 0
    /// Whether it has grown since it last shrank.
    var isRecent = false

    static let factor = 4.0
    static let patienceMax = 2_048
}

extension RiskIndex {
    /// Too many hot accounts: the hot distance shrinks until half of `hotMax` remain beside those that straddle the edge,
    /// and the others turn cold. Triggers planted earlier for the larger distance stay: they fire early, never late.
    mutating func coolDown() {
        thin()
        crowd = max(settings.hotMax, (heap.count + stale.count) * 2)
    }

    private mutating func thin() {
        var straddling = 0
        for position in 0..<heap.count where heap.distances[position] <= 0 { straddling += 1 }
        guard let border = distance(ranked: straddling + settings.hotMax / 2) else { return }
        let wanted = border / (1 + RiskSettings.hysteresis)
        guard wanted > RiskSettings.radiusMin, wanted < hotDistance else { return }
        // It had grown for nothing: a crowd that comes back again and again is not let in each time.
        if growth.isRecent { growth.patience = min(growth.patience * 2 + 1, Growth.patienceMax) }
        growth = Growth(pause: growth.patience, patience: growth.patience)
        hotDistance = wanted
        guaranteed = min(guaranteed, wanted)
        sweep?.smallest = wanted  // the hot distance only falls while a sweep lasts
        var position = heap.count
        while position > 0 {
            position -= 1
            guard position < heap.count, heap.distances[position] >= border else { continue }
            let account = heap.accounts[position]
            uproot(account)
            plant(account)
        }
    }

    /// Called when there is time: lets the hot distance grow back after it had shrunk, looking at no more than `budget`
    /// accounts. Returns whether there is more to do.
    public mutating func rebalance(budget: Int) -> Bool {
        crowd = max(settings.hotMax, min(crowd, heap.count * 2))
        if sweep == nil {
            guard heap.count < settings.hotMax / 8, guaranteed < settings.hotDistanceMax else { return false }
            guard growth.pause == 0 else {
                growth.pause -= 1
                return false
            }
            growth.isRecent = true
            hotDistance = min(max(hotDistance, guaranteed) * Growth.factor, settings.hotDistanceMax)
            sweep = Sweep(smallest: hotDistance)
        }
        guard var walk = sweep else { return false }
        let end = min(walk.next + budget, book.accountCount)
        for account in walk.next..<end where book.accounts[account].zone == .cold && !isPlantedFarEnough(account) {
            uproot(UInt32(account))
            plant(UInt32(account))
        }
        walk.next = end
        walk.smallest = min(walk.smallest, hotDistance)
        guard end == book.accountCount else {
            sweep = walk
            return true
        }
        guaranteed = walk.smallest
        sweep = nil
        if guaranteed == settings.hotDistanceMax { growth = Growth() }
        return false
    }

    /// The distance at a rank among the hot accounts, by counting: the heap is small. O(hot²), no allocation.
    private func distance(ranked rank: Int) -> Double? {
        for candidate in 0..<heap.count {
            let distance = heap.distances[candidate]
            var smaller = 0
            for other in 0..<heap.count where heap.distances[other] < distance { smaller += 1 }
            if smaller == rank { return distance }
        }
        return nil
    }
}
