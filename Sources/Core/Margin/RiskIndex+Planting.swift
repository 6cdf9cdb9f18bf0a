import Domain

extension RiskIndex {
    /// A trigger fired: the account is looked at again and planted anew.
    mutating func replant(_ account: UInt32) {
        uproot(account)
        plant(account)
        touched.append(AccountIndex(account))
    }

    /// A tick moved a hot account.
    mutating func refreshHot(_ account: UInt32) {
        evaluations += 1
        let now = book.evaluate(Int(account), queues)
        if zone(for: now) == .hot {
            let wasNear = heap.distance(of: account) <= now.distanceInDoubt
            heap.update(account, now.distance)
            // One that was at the edge and no longer is has recovered, and nobody else would say so.
            if now.lowest <= 0 || wasNear { touched.append(AccountIndex(account)) }
        } else {
            uproot(account)
            plant(account)
            touched.append(AccountIndex(account))
        }
    }

    /// Puts an account that stands in no queue where it belongs.
    mutating func plant(_ account: UInt32) {
        evaluations += 1
        let now = book.evaluate(Int(account), queues)
        guard now.spread > 0 else { return }
        let zone = zone(for: now)
        book.zones[Int(account)] = zone
        switch zone {
        case .absent: break
        case .cold: plantTriggers(account, radius: now.radius(to: hotDistance), against: true)
        case .sunk: plantTriggers(account, radius: now.radiusToRecovery, against: false)
        case .hot: heat(account, now.distance)
        }
    }

    private func zone(for now: Evaluation) -> LinearBook.Zone {
        let radiusMin = max(RiskSettings.radiusMin, hotDistance * RiskSettings.hysteresis)
        if now.radius(to: hotDistance) >= radiusMin { return .cold }
        if now.radiusToRecovery >= radiusMin { return .sunk }
        return .hot
    }

    /// One trigger a leg, on the side that moves the account against itself (cold), or back (sunk).
    private mutating func plantTriggers(_ account: UInt32, radius: Double, against: Bool) {
        for leg in book.range(Int(account)) {
            let f = book.factors[leg].position
            let step = radius * queues[f].scale
            let isBelow = (book.weights[leg] > 0) == against
            if isBelow {
                queues[f].below.insert(UInt32(leg), key: step - queues[f].value, &book.positions)
            } else {
                queues[f].above.insert(UInt32(leg), key: step + queues[f].value, &book.positions)
            }
        }
    }

    private mutating func heat(_ account: UInt32, _ distance: Double) {
        for leg in book.range(Int(account)) {
            let f = book.factors[leg].position
            book.positions[leg] = UInt32(queues[f].hot.count)
            queues[f].hot.append(UInt32(leg))
        }
        heap.insert(account, distance)
        if heap.count > crowd { coolDown() }
    }

    /// Takes an account out of whatever queue it stands in.
    mutating func uproot(_ account: UInt32) {
        let zone = book.zones[Int(account)]
        guard zone != .absent else { return }
        for leg in book.range(Int(account)) {
            let f = book.factors[leg].position
            let position = Int(book.positions[leg])
            if zone == .hot {
                unheat(f, at: position)
            } else if (book.weights[leg] > 0) == (zone == .cold) {
                queues[f].below.remove(at: position, &book.positions)
            } else {
                queues[f].above.remove(at: position, &book.positions)
            }
        }
        if zone == .hot { heap.remove(account) }
        book.zones[Int(account)] = .absent
    }

    private mutating func unheat(_ factor: Int, at position: Int) {
        let last = queues[factor].hot.removeLast()
        guard position < queues[factor].hot.count else { return }
        queues[factor].hot[position] = last
        book.positions[Int(last)] = UInt32(position)
    }
}
