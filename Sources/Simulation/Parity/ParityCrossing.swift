import Units

/// What two runs did about an account while it could be taken: their stretches of time that touch are the same crossing.
///
/// The moments of a crossing differ between runs by the feed's delay, and a run that takes an account ends its stretch; so
/// stretches are joined where they overlap, or nearly do. Every bid belongs to exactly one.
struct ParityCrossing {
    var from: Moment
    var to: Moment?
    /// By run: when it was first heard of, `nil` where it never was, and the bids in order.
    var heard: [Moment?] = [nil, nil]
    var bids: [[ParityBid]] = [[], []]

    /// Stretches no further apart are one: above the delay of any preset's feed.
    static let slack = Interval.seconds(5)

    /// The crossings of one account in order of time.
    static func all(of accounts: [ParityAccount?]) -> [ParityCrossing] {
        var stretches: [(from: Moment, to: Moment?, run: Int, isHeard: Bool)] = []
        for (run, account) in accounts.enumerated() {
            guard let account else { continue }
            stretches += account.spans.map { ($0.from, $0.to, run, true) }
            // A bid may come after the last word on its crossing: a second helping.
            stretches += account.bids.map { ($0.at, $0.at, run, true) }
        }
        stretches.sort { $0.from != $1.from ? $0.from < $1.from : $0.run < $1.run }
        var crossings: [ParityCrossing] = []
        for stretch in stretches {
            if let last = crossings.last, last.reaches(stretch.from) {
                crossings[crossings.count - 1].extend(to: stretch.to)
            } else {
                crossings.append(ParityCrossing(from: stretch.from, to: stretch.to))
            }
            let position = crossings.count - 1
            if crossings[position].heard[stretch.run] == nil { crossings[position].heard[stretch.run] = stretch.from }
        }
        for (run, account) in accounts.enumerated() {
            for bid in account?.bids ?? [] {
                guard let position = crossings.lastIndex(where: { $0.from <= bid.at }) else {
                    preconditionFailure("Invariant: every bid lies within a stretch, its own at least")
                }
                crossings[position].bids[run].append(bid)
            }
        }
        return crossings
    }

    private func reaches(_ moment: Moment) -> Bool {
        guard let to else { return true }
        return moment <= to + Self.slack
    }

    private mutating func extend(to end: Moment?) {
        guard let known = to else { return }
        to = end.map { max(known, $0) }
    }
}
