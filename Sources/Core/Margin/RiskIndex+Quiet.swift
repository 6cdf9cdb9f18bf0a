import Domain

/// Whether anybody can change sides while factors move within a box: what lets a stretch of ticks be taken as one.
///
/// A box is begun with `beginBox` and widened factor by factor; a factor that was not widened stands where it is. `findSuspects` then
/// goes through everybody whom it can reach. The answers err to one side: who is no suspect is proved to stay, by the box's worst
/// corner, and stays a fortiori in every box within it.
extension RiskIndex {
    /// More suspects than this are not worth a list.
    private static let suspectsMax = 256

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

    /// Lists the hot accounts that their forms do not prove to keep their side within the box.
    ///
    /// - Returns: `false` where no list can be made: somebody waits to be judged, is watched by a local form, or there are too many.
    mutating func findHotSuspects() -> Bool {
        suspects.removeAll()
        guard touched.count == 0, stale.count == 0 else { return false }
        for position in 0..<heap.count where !suspect(heap.accounts[position]) { return false }
        return true
    }

    /// The same of those whose trigger on the factor lies within the box. A trigger that is reached proves nothing yet: it stands where
    /// the account would become hot.
    mutating func findSuspects(on factor: FactorIndex) -> Bool {
        let f = factor.position
        let (low, high) = (-queues[f].lowest, queues[f].highest)
        guard queues[f].below.isReached(by: low) || queues[f].above.isReached(by: high) else { return true }
        reachedLegs.removeAll()
        queues[f].below.collect(by: low, into: &reachedLegs)
        queues[f].above.collect(by: high, into: &reachedLegs)
        for i in 0..<reachedLegs.count where !suspect(book.legs[Int(reachedLegs[i])].owner) { return false }
        return true
    }

    /// Lists an account unless its form proves that it stays. `false` where it cannot be listed.
    private mutating func suspect(_ account: UInt32) -> Bool {
        guard !keepsSide(account) else { return true }
        guard !book.accounts[Int(account)].isLocal else { return false }
        for i in 0..<suspects.count where suspects[i] == account { return true }
        guard suspects.count < Self.suspectsMax else { return false }
        suspects.append(account)
        return true
    }

    /// Looks at every hot account, and at whoever the values that were put reach: once each, not once for each factor.
    mutating func settle() {
        // A list of them, since the heap is put in order anew with each.
        hotList.removeAll()
        for position in 0..<heap.count { hotList.append(heap.accounts[position]) }
        for i in 0..<hotList.count where book.accounts[Int(hotList[i])].zone == .hot { refreshHot(hotList[i]) }
        for i in 0..<unsettled.count {
            queues[unsettled[i].position].isUnsettled = false
            fire(unsettled[i])
        }
        unsettled.removeAll()
    }

    /// Looks at one account, wherever it stands.
    mutating func look(at account: AccountIndex) {
        switch book.accounts[account.position].zone {
        case .hot: refreshHot(account.raw)
        case .cold, .sunk: replant(account.raw)
        case .absent, .fixed, .stale: break
        }
    }

    /// Remembers an account that a narrower box could not clear either.
    mutating func suspectClosely(_ account: UInt32) {
        closeSuspects.append(account)
        for leg in book.range(Int(account)) {
            let reserve = book.factors[leg].reserve.position
            closeReserves |= reserve < UInt64.bitWidth ? 1 << UInt64(reserve) : .max
        }
    }

    /// A factor's value was set, and nobody was looked at.
    mutating func leaveUnsettled(_ factor: FactorIndex) {
        guard !queues[factor.position].isUnsettled else { return }
        queues[factor.position].isUnsettled = true
        unsettled.append(factor)
    }

    /// Whether an account is proved to stay on the side that it was last proved to be on. `false` for a local form, which has to be
    /// made anew, and for one that only the exact rules can judge.
    func keepsSide(_ account: UInt32) -> Bool {
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
    /// Appends the leg of every trigger that the probe reaches. Cost: those, and at most three others each.
    func collect(by probe: Double, into found: inout Column<UInt32>, from position: Int = 0) {
        guard position < count, key(at: position) <= probe else { return }
        found.append(leg(at: position))
        for child in 4 * position + 1...4 * position + 4 { collect(by: probe, into: &found, from: child) }
    }
}
