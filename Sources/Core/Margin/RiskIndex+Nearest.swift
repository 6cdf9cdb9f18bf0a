public import Domain

/// An account and how many typical moves it is away.
public struct Ranked: Equatable, Sendable {
    public var account: AccountIndex
    public var distance: Double
}

extension RiskIndex {
    /// The nearest accounts that are not sunk, nearest first (equal distances by index), exact at any moment.
    ///
    /// Up to the guaranteed distance the risk heap holds everybody and answers alone. Beyond it every account is
    /// looked at: O(accounts), for screens and reports, not for the hot path.
    /// `local` judges an account that is not linear at the factors of now; without it, such an account is ranked by where
    /// it was last looked at. Stale accounts are not ranked: they are to be renewed first.
    public func nearest(_ count: Int, local: (AccountIndex) -> Double? = { _ in nil }) -> [Ranked] {
        var found: [Ranked] = []
        for position in 0..<heap.count {
            found.append(Ranked(account: AccountIndex(heap.accounts[position]), distance: heap.distances[position]))
        }
        sort(&found)
        let known = found.prefix { $0.distance <= guaranteed }
        if known.count >= count || found.count == watched { return Array(found.prefix(count)) }
        return scan(count, local)
    }

    private var watched: Int {
        var sum = 0
        for account in 0..<book.accountCount
        where book.accounts[account].zone == .cold || book.accounts[account].zone == .hot {
            sum += 1
        }
        return sum
    }

    private func scan(_ count: Int, _ local: (AccountIndex) -> Double?) -> [Ranked] {
        var found: [Ranked] = []
        for account in 0..<book.accountCount
        where book.accounts[account].zone == .cold || book.accounts[account].zone == .hot {
            let judged = book.accounts[account].isLocal ? local(AccountIndex(account)) : nil
            let distance = judged ?? book.evaluate(account, queues).distance
            found.append(Ranked(account: AccountIndex(account), distance: distance))
        }
        sort(&found)
        return Array(found.prefix(count))
    }

    private func sort(_ found: inout [Ranked]) {
        found.sort { ($0.distance, $0.account) < ($1.distance, $1.account) }
    }

    /// An account's distance now, by looking; `nil` when it is not watched.
    /// An account that is not linear is known exactly only while it is hot.
    public func distance(of account: AccountIndex) -> Double? {
        let zone = book.zone(of: account)
        guard zone.isQueued else { return nil }
        if zone == .hot { return heap.distance(of: account.raw) }
        return book.evaluate(account.position, queues).distance
    }
}

extension RiskIndex {
    /// Looks at every watched account: what a tick would cost without the index. Returns how many are below the edge.
    public func scanAll() -> Int {
        var below = 0
        for account in 0..<book.accountCount where book.accounts[account].zone.isQueued {
            if book.evaluate(account, queues).excess < 0 { below += 1 }
        }
        return below
    }
}
