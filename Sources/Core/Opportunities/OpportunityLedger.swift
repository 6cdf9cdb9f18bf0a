public import Domain
public import Units

/// Follows every account that can be taken from the moment it can until it no longer can, and books it in one class with the
/// money attached: what was earned where it was won, what it seemed worth where it was not.
///
/// Invariant, held by the tests: opened = the sum of all classes + what is open.
public struct OpportunityLedger: Sendable {
    private struct Entry {
        /// What it seemed worth at best, before costs of ours.
        var worth: Cash
        var refusal: Refusal?
        /// Bids of ours that have not ended.
        var open = 0
        var earned = Cash.zero
        var hasWon = false
        var lastFailure: IntentOutcome.Ending?
        var change: AccountChange?
        var hasRecovered = false
    }

    private var entries: [UInt32: Entry] = [:]
    private var totals = ContiguousArray<OpportunityTotal>(
        repeating: OpportunityTotal(), count: OpportunityClass.allCases.count)
    public private(set) var opened: UInt64 = 0
    /// What has ended since somebody last took it out; `nil` while nobody wants it: live, nothing is kept.
    private var closings: ContiguousArray<OpportunityClosing>?

    public init() {}

    /// From now on each ending is kept for `takeClosings`.
    public mutating func keepClosings() { closings = [] }

    public mutating func takeClosings() -> ContiguousArray<OpportunityClosing> {
        guard let kept = closings, !kept.isEmpty else { return [] }
        closings = []
        return kept
    }

    public subscript(kind: OpportunityClass) -> OpportunityTotal { totals[Int(kind.rawValue)] }
    public var openCount: Int { entries.count }

    /// The sums as they are now, for screens and reports.
    public var summary: OpportunitySummary {
        OpportunitySummary(opened: opened, open: entries.count, totals: totals)
    }

    /// An account has become liquidatable, or is taken up again.
    public mutating func open(_ account: AccountIndex, worth: Cash) {
        guard entries[account.raw] == nil else { return update(account) { $0.hasRecovered = false } }
        opened += 1
        entries[account.raw] = Entry(worth: worth)
    }

    /// It is worth as much as this at least.
    public mutating func raise(_ account: AccountIndex, to worth: Cash) {
        update(account) { $0.worth = max($0.worth, worth) }
    }

    public mutating func refuse(_ account: AccountIndex, _ refusal: Refusal) {
        // Waiting for our own bid is no decision.
        guard refusal != .inFlight, refusal != .awaitingFeed else { return }
        update(account) { $0.refusal = refusal }
    }

    public mutating func bid(_ account: AccountIndex, expecting profit: Cash) {
        // A second helping of an account that was never seen to recover.
        if entries[account.raw] == nil { open(account, worth: profit) }
        update(account) {
            $0.open += 1
            $0.refusal = nil
            $0.worth = max($0.worth, profit)
        }
    }

    /// A bid has ended; `profit` is what it changed, gas deducted.
    public mutating func end(_ account: AccountIndex, _ ending: IntentOutcome.Ending, profit: Cash) {
        guard var entry = entries[account.raw] else { return }
        entry.open -= 1
        entry.earned += profit
        if ending == .settled { entry.hasWon = true } else { entry.lastFailure = ending }
        entries[account.raw] = entry
        if entry.hasRecovered && entry.open == 0 { close(account) }
    }

    /// The feed has told a new state of the account.
    public mutating func change(_ account: AccountIndex, _ change: AccountChange) {
        update(account) { $0.change = change }
    }

    /// It can no longer be taken. With a bid of ours open, its ending is waited for.
    public mutating func recover(_ account: AccountIndex) {
        guard let entry = entries[account.raw] else { return }
        guard entry.open > 0 else { return close(account) }
        update(account) { $0.hasRecovered = true }
    }

    /// Somebody took an account that was never seen to be liquidatable.
    public mutating func missUnseen(worth: Cash) {
        opened += 1
        book(.notSeen, worth)
    }

    /// Taken out and put back: changing it in place would allocate.
    private mutating func update(_ account: AccountIndex, _ change: (inout Entry) -> Void) {
        guard var entry = entries[account.raw] else { return }
        change(&entry)
        entries.updateValue(entry, forKey: account.raw)
    }

    private mutating func close(_ account: AccountIndex) {
        guard let entry = entries.removeValue(forKey: account.raw) else { return }
        let kind = Self.kind(of: entry)
        // A failed bid of an account that was won in the end is part of what it earned.
        let money = kind == .won ? entry.earned : entry.worth
        book(kind, money)
        closings?.append(
            OpportunityClosing(
                account: account, kind: kind, money: money, worth: entry.worth, earned: entry.earned,
                refusal: entry.refusal))
    }

    private mutating func book(_ kind: OpportunityClass, _ money: Cash) {
        totals[Int(kind.rawValue)].count += 1
        totals[Int(kind.rawValue)].money += money
    }

    /// Won before failed, failed before refused, refused before what others did.
    private static func kind(of entry: Entry) -> OpportunityClass {
        if entry.hasWon { return .won }
        switch entry.lastFailure {
        case .outbid: return .outbid
        case .reverted, .rejected: return .reverted
        case .expired: return .late
        case .settled, nil: break
        }
        if let refusal = entry.refusal { return OpportunityClass(refusal) }
        return entry.change?.looksTaken == true ? .late : .repaidByOwner
    }
}
