import Domain

extension RiskIndex {
    /// A trigger fired: the account is looked at again and planted anew.
    mutating func replant(_ account: UInt32) {
        if book.accounts[Int(account)].isLocal { return handBack(account) }
        let before = book.accounts[Int(account)].zone
        evaluations += 1
        let now = book.evaluate(Int(account), queues)
        let after = zone(for: now)
        guard before == after, after != .hot else {
            uproot(account)
            return plant(account, now)
        }
        note(account, now.verdict)
        let isCold = after == .cold
        if isCold { notePlanted(account) }
        moveTriggers(account, radius: isCold ? now.radius(to: hotDistance) : now.radiusToRecovery, against: isCold)
    }

    /// The triggers of an account that stays in its zone: each moves within its heap.
    private mutating func moveTriggers(_ account: UInt32, radius: Double, against: Bool) {
        for leg in book.range(Int(account)) {
            let f = book.factors[leg].position
            let step = radius * queues[f].scale
            let position = Int(book.legs[leg].position)
            if (book.legs[leg].weight > 0) == against {
                queues[f].below.update(at: position, key: step - queues[f].value, &book.legs)
            } else {
                queues[f].above.update(at: position, key: step + queues[f].value, &book.legs)
            }
        }
    }

    /// A tick moved a hot account.
    mutating func refreshHot(_ account: UInt32) {
        if book.accounts[Int(account)].isLocal { return handBack(account) }
        evaluations += 1
        let now = book.evaluate(Int(account), queues)
        if zone(for: now) == .hot {
            heap.update(account, now.distance)
            note(account, now.verdict)
        } else {
            uproot(account)
            plant(account, now)
        }
    }

    /// Tells of an account when something new could be proved of it, or when nothing can.
    private mutating func note(_ account: UInt32, _ verdict: Evaluation.Verdict) {
        if verdict == .undecided || verdict != book.accounts[Int(account)].verdict {
            touched.append(AccountIndex(account))
        }
        book.accounts[Int(account)].verdict = verdict
    }

    /// A local form does not hold any more, or not for sure: only the account's owner can make a new one.
    private mutating func handBack(_ account: UInt32) {
        uproot(account)
        book.accounts[Int(account)].zone = .stale
        stale.append(account)
    }

    /// Puts an account that stands in no queue where it belongs.
    mutating func plant(_ account: UInt32) {
        if book.accounts[Int(account)].isLocal { return handBack(account) }
        evaluations += 1
        plant(account, book.evaluate(Int(account), queues))
    }

    private mutating func plant(_ account: UInt32, _ now: Evaluation) {
        let zone = now.spread > 0 ? zone(for: now) : .fixed
        book.accounts[Int(account)].zone = zone
        // Also when it is planted for another's sake (room in the heap, a new scale): it may not have been looked at yet in
        // this tick.
        note(account, now.verdict)
        switch zone {
        case .absent, .fixed, .stale: break
        case .cold:
            notePlanted(account)
            plantTriggers(account, radius: now.radius(to: hotDistance), against: true, reach: 0)
        case .sunk: plantTriggers(account, radius: now.radiusToRecovery, against: false, reach: 0)
        case .hot: heat(account, now.distance)
        }
    }

    /// The same for a local form, but never further than it holds.
    mutating func plant(_ account: UInt32, _ now: LocalForm) {
        evaluations += 1
        let isCold = now.radius(to: hotDistance) >= radiusMin
        let zone: LinearBook.Zone =
            now.steepest == 0 ? .fixed : isCold ? .cold : now.radiusToRecovery >= radiusMin ? .sunk : .hot
        book.accounts[Int(account)].zone = zone
        note(account, now.verdict)
        switch zone {
        case .cold:
            notePlanted(account)
            plantTriggers(
                account, radius: now.within(now.radius(to: hotDistance)), against: true, reach: now.within(.infinity))
        case .sunk:
            plantTriggers(
                account, radius: now.within(now.radiusToRecovery), against: false, reach: now.within(.infinity))
        case .hot: heat(account, now.distance)
        case .absent, .fixed, .stale: break
        }
    }

    /// That triggers are being planted for the hot distance of now.
    private mutating func notePlanted(_ account: UInt32) {
        let rounded = Float(hotDistance)
        book.accounts[Int(account)].plantedFor = Double(rounded) > hotDistance ? rounded.nextDown : rounded
    }

    /// Whether a cold account's triggers are far enough away for the hot distance of now.
    func isPlantedFarEnough(_ account: Int) -> Bool { Double(book.accounts[account].plantedFor) >= hotDistance }

    private var radiusMin: Double { max(RiskSettings.radiusMin, hotDistance * RiskSettings.hysteresis) }

    private func zone(for now: Evaluation) -> LinearBook.Zone {
        if now.radius(to: hotDistance) >= radiusMin { return .cold }
        if now.radiusToRecovery >= radiusMin { return .sunk }
        return .hot
    }

    /// One trigger a leg, on the side that moves the account against itself (cold), or back (sunk).
    private mutating func plantTriggers(_ account: UInt32, radius: Double, against: Bool, reach: Double) {
        for leg in book.range(Int(account)) {
            let f = book.factors[leg].position
            let step = (book.legs[leg].isGuard ? reach : radius) * queues[f].scale
            let isBelow = (book.legs[leg].weight > 0) == against
            if isBelow {
                queues[f].below.insert(UInt32(leg), key: step - queues[f].value, &book.legs)
            } else {
                queues[f].above.insert(UInt32(leg), key: step + queues[f].value, &book.legs)
            }
        }
    }

    private mutating func heat(_ account: UInt32, _ distance: Double) {
        for leg in book.range(Int(account)) {
            let f = book.factors[leg].position
            book.legs[leg].position = UInt32(queues[f].hot.count)
            queues[f].hot.append(UInt32(leg))
        }
        heap.insert(account, distance)
        if heap.count > crowd { coolDown() }
    }

    /// Takes an account out of whatever queue it stands in.
    mutating func uproot(_ account: UInt32) {
        let zone = book.accounts[Int(account)].zone
        book.accounts[Int(account)].zone = .absent
        guard zone.isQueued else { return }
        for leg in book.range(Int(account)) {
            let f = book.factors[leg].position
            let position = Int(book.legs[leg].position)
            if zone == .hot {
                unheat(f, at: position)
            } else if (book.legs[leg].weight > 0) == (zone == .cold) {
                queues[f].below.remove(at: position, &book.legs)
            } else {
                queues[f].above.remove(at: position, &book.legs)
            }
        }
        if zone == .hot { heap.remove(account) }
    }

    private mutating func unheat(_ factor: Int, at position: Int) {
        let last = queues[factor].hot.removeLast()
        guard position < queues[factor].hot.count else { return }
        queues[factor].hot[position] = last
        book.legs[Int(last)].position = UInt32(position)
    }
}
