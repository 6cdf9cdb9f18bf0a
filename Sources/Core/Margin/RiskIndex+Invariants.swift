import Domain

extension RiskIndex {
    /// Whether every structure agrees with every other: for tests, O(everything). Returns what is wrong, or `nil`.
    public func violatedInvariant() -> String? {
        if stale.count > 0 { return "\(stale.count) accounts wait for a new form" }
        if let wrong = violatedLegs() { return wrong }
        for f in 0..<queues.count {
            for i in 1..<max(1, queues[f].below.count)
            where queues[f].below.key(at: i) < queues[f].below.key(at: (i - 1) / 4) { return "factor \(f): heap below" }
            for i in 1..<max(1, queues[f].above.count)
            where queues[f].above.key(at: i) < queues[f].above.key(at: (i - 1) / 4) { return "factor \(f): heap above" }
        }
        for i in 1..<max(1, heap.count) where heap.distances[i] < heap.distances[(i - 1) / 4] { return "risk heap" }
        return nil
    }

    private func violatedLegs() -> String? {
        var legs = 0
        for account in 0..<book.accountCount where book.accounts[account].zone.isQueued {
            let zone = book.accounts[account].zone
            for leg in book.range(account) {
                legs += 1
                let f = book.factors[leg].position
                let position = Int(book.legs[leg].position)
                let isBelow = (book.legs[leg].weight > 0) == (zone == .cold)
                let found =
                    zone == .hot
                    ? queues[f].hot[position]
                    : isBelow ? queues[f].below.leg(at: position) : queues[f].above.leg(at: position)
                if Int(found) != leg || Int(book.legs[leg].owner) != account { return "account \(account): leg \(leg)" }
            }
            if zone == .hot, !book.accounts[account].isLocal,
                heap.distance(of: UInt32(account)) != book.evaluate(account, queues).distance
            {
                return "account \(account): its distance in the risk heap is not exact"
            }
        }
        return legs == waitingLegs ? nil : "\(waitingLegs) legs wait, \(legs) are known"
    }
}
