import Domain

/// Whether anybody can change sides while factors move within a box: what lets a stretch of ticks be taken as one.
///
/// A box is begun with `beginBox`, widened factor by factor, and asked with `isQuiet`. A factor that was not widened stands where
/// it is. The answer errs to one side: `true` is proved, for linear accounts by the box's worst corner.
extension RiskIndex {
    mutating func beginBox() { boxNumber &+= 1 }

    /// Between now and the last of these values the factor takes none but its present one and those between the two.
    mutating func widen(_ factor: FactorIndex, _ first: Double, _ second: Double) {
        let f = factor.position
        if queues[f].boxNumber != boxNumber {
            queues[f].boxNumber = boxNumber
            (queues[f].lowest, queues[f].highest) = (queues[f].value, queues[f].value)
        }
        queues[f].lowest = min(queues[f].lowest, first, second)
        queues[f].highest = max(queues[f].highest, first, second)
    }

    /// Nobody is waiting to be judged, and no hot account changes sides within the box. Who cannot be told apart by the form is asked
    /// `holds`.
    func isHotQuiet(orElse holds: (AccountIndex) -> Bool) -> Bool {
        guard touched.count == 0, stale.count == 0 else { return false }
        for position in 0..<heap.count {
            let account = heap.accounts[position]
            guard keepsSide(account) || isAskable(account) && holds(AccountIndex(account)) else { return false }
        }
        return true
    }

    /// Nobody whose trigger on the factor lies within the box changes sides there. A trigger that is reached proves nothing yet:
    /// it stands where the account would become hot.
    func isQuiet(on factor: FactorIndex, orElse holds: (AccountIndex) -> Bool) -> Bool {
        let f = factor.position
        func keeps(_ leg: UInt32) -> Bool {
            let account = book.legs[Int(leg)].owner
            return keepsSide(account) || isAskable(account) && holds(AccountIndex(account))
        }
        return queues[f].below.allReached(by: -queues[f].lowest, keeps)
            && queues[f].above.allReached(by: queues[f].highest, keeps)
    }

    /// Looks at every hot account, and at whoever the values that were put reach: once each, not once for each factor.
    mutating func settle() {
        // A list of them, since the heap is put in order anew with each.
        hotList.removeAll()
        for position in 0..<heap.count { hotList.append(heap.accounts[position]) }
        for i in 0..<hotList.count where book.accounts[Int(hotList[i])].zone == .hot { refreshHot(hotList[i]) }
        for i in 0..<unsettled.count { fire(unsettled[i]) }
        unsettled.removeAll()
    }

    private func isAskable(_ account: UInt32) -> Bool { !book.accounts[Int(account)].isLocal }

    /// Whether an account is proved to stay on the side that it was last proved to be on. `false` for a local form, which has to be
    /// made anew, and for one that only the exact rules can judge.
    private func keepsSide(_ account: UInt32) -> Bool {
        let row = book.accounts[Int(account)]
        guard !row.isLocal else { return false }
        var (least, most) = (row.constant, row.constant)
        var gross = abs(row.constant)
        var isMoved = false
        for leg in Int(row.start)..<Int(row.start) + Int(row.count) {
            let weight = book.legs[leg].weight
            let f = book.factors[leg].position
            guard queues[f].boxNumber == boxNumber else {
                let term = weight * queues[f].value
                least += term
                most += term
                gross += abs(term)
                continue
            }
            isMoved = true
            let (low, high) = (weight * queues[f].lowest, weight * queues[f].highest)
            least += min(low, high)
            most += max(low, high)
            gross += max(abs(low), abs(high))
        }
        guard isMoved else { return true }
        func look(_ excess: Double) -> Evaluation {
            Evaluation(
                excess: excess, gross: gross, spread: 0, slack: Double(row.slack), allowance: Double(row.allowance))
        }
        switch row.verdict {
        case .safe: return look(least).lowest > 0
        case .fallen: return look(most).highest < 0
        case .undecided: return false
        }
    }
}

extension TriggerHeap {
    /// Whether it holds for every trigger that the probe reaches. Cost: those, and at most three others each.
    func allReached(by probe: Double, _ holds: (UInt32) -> Bool, from position: Int = 0) -> Bool {
        guard position < count, key(at: position) <= probe else { return true }
        guard holds(leg(at: position)) else { return false }
        for child in 4 * position + 1...4 * position + 4 where !allReached(by: probe, holds, from: child) {
            return false
        }
        return true
    }
}
