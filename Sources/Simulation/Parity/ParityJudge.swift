import Units

/// Finds the cause of every difference between two runs on one account, crossing by crossing in order of time.
///
/// The n-th bids of a crossing are compared with one another. Once the runs have parted on an account its state differs, and later
/// decisions about it that differ follow from what parted them: they have the same cause. Rules, the first that fits:
/// see `docs/paper.md`.
struct ParityJudge {
    private let accounts: [ParityAccount?]
    /// What parted the runs on this account.
    private var parted: ParityCause?

    /// What a difference is put down to.
    struct Finding {
        var cause: ParityCause
        var detail: String
        /// Second run less first.
        var change: Cash
    }

    init(_ accounts: [ParityAccount?]) { self.accounts = accounts }

    mutating func judge(_ crossing: ParityCrossing) -> [Finding] {
        var findings: [Finding] = []
        for n in 0..<max(crossing.bids[0].count, crossing.bids[1].count) {
            let bids = crossing.bids.map { n < $0.count ? $0[n] : nil }
            let change = (bids[1]?.net ?? .zero) - (bids[0]?.net ?? .zero)
            switch (bids[0], bids[1]) {
            case (let first?, let second?) where first.decision == second.decision:
                findings += judge(first, second, change)
            case (let first?, let second?):
                let (cause, detail) = other(first, second, crossing)
                findings.append(part(cause, detail, change))
            case (let bid?, nil):
                let (cause, detail) = missing(bid, from: 1, crossing)
                findings.append(part(cause, detail, change))
            case (nil, let bid?):
                let (cause, detail) = missing(bid, from: 0, crossing)
                findings.append(part(cause, detail, change))
            case (nil, nil): break
            }
        }
        return findings.filter { $0.change != .zero }
    }

    private mutating func part(_ cause: ParityCause, _ detail: String, _ change: Cash) -> Finding {
        parted = parted ?? cause
        return Finding(cause: cause, detail: detail, change: change)
    }

    /// The same decision, and what became of it.
    private mutating func judge(_ first: ParityBid, _ second: ParityBid, _ change: Cash) -> [Finding] {
        guard let a = first.ending, let b = second.ending, a.isSettled == b.isSettled, a.block == b.block else {
            if first.isSettled || second.isSettled { return [lost(first, second, change)] }
            return [Finding(cause: failed(first, second), detail: "failed otherwise", change: change)]
        }
        let cash = b.cash - a.cash
        var findings = [Finding(cause: .gas, detail: "other gas price or amount", change: b.gas - a.gas)]
        guard cash != .zero || a.word != b.word else { return findings }
        if takes(0, by: a.at) != takes(1, by: b.at) {
            findings.append(part(.rivals, "taken of before", cash))
        } else {
            findings.append(part(.execution, "other proceeds", cash))
        }
        return findings
    }

    /// Settled in one of them only, or in another block.
    private mutating func lost(_ first: ParityBid, _ second: ParityBid, _ change: Cash) -> Finding {
        let isFirstBetter = first.isSettled && (!second.isSettled || landed(first) <= landed(second))
        let (better, worse) = isFirstBetter ? (first, second) : (second, first)
        let what = worse.ending.map { $0.isSettled ? "landed later" : $0.word } ?? "still under way"
        if let arrival = worse.arrival, arrival > landed(better) { return part(.latency, what, change) }
        if (worse.ending?.pricedOut ?? 0) > (better.ending?.pricedOut ?? 0) {
            return part(.gas, "the base fee was above its cap: \(what)", change)
        }
        let (run, other) = isFirstBetter ? (1, 0) : (0, 1)
        // What others took after the better one had landed is not what kept the worse one out.
        let by = min(landed(worse), landed(better))
        if takes(run, by: by) != takes(other, by: by) { return part(.rivals, what, change) }
        // Where nobody tells arrivals, later is all that is known.
        if worse.arrival == nil, worse.isSettled { return part(.latency, what, change) }
        return part(.execution, what, change)
    }

    /// Neither has settled: what failing cost.
    private func failed(_ first: ParityBid, _ second: ParityBid) -> ParityCause {
        guard let a = first.ending, let b = second.ending, a.word != b.word else { return .gas }
        if a.pricedOut != b.pricedOut { return .gas }
        if takes(0, by: a.at) != takes(1, by: b.at) { return .rivals }
        return first.arrival == second.arrival ? .execution : .latency
    }

    /// Two decisions that differ.
    private func other(
        _ first: ParityBid, _ second: ParityBid, _ crossing: ParityCrossing
    ) -> (ParityCause, String) {
        let (a, b) = (first.decision, second.decision)
        let what =
            (a.collateral, a.debt) != (b.collateral, b.debt)
            ? "other pair" : a.repay != b.repay ? "other size" : "other funding"
        if let parted { return (parted, "\(what), since the runs had parted") }
        let by = min(first.at, second.at)
        if takes(0, by: by) != takes(1, by: by) { return (.rivals, what) }
        return (crossing.heard[0] == crossing.heard[1] ? .decision : .latency, what)
    }

    /// A bid that the other run did not make.
    private func missing(_ bid: ParityBid, from run: Int, _ crossing: ParityCrossing) -> (ParityCause, String) {
        if let parted { return (parted, "no bid, since the runs had parted") }
        if takes(0, by: bid.at) != takes(1, by: bid.at) { return (.rivals, "no bid: taken before") }
        guard crossing.heard[run] != nil else { return (.onlyInOne, "could be taken in one run only") }
        let end = crossing.to ?? Moment(nanoseconds: .max)
        let reasons = (accounts[run]?.refusals ?? []).filter { $0.at >= crossing.from && $0.at <= end }
        guard let reason = reasons.last(where: { $0.at <= bid.at }) ?? reasons.first else {
            return (.decision, "not decided")
        }
        return (.decision, "refused: \(reason.reason)")
    }

    private func landed(_ bid: ParityBid) -> Moment { bid.ending?.at ?? Moment(nanoseconds: .max) }

    /// What others had taken of the account by then.
    private func takes(_ run: Int, by moment: Moment) -> [ParityTake] {
        (accounts[run]?.takes ?? []).filter { $0.at <= moment }
    }
}
