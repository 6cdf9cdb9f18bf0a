public import Domain
import Units

/// Accounts as linear forms over factors, in columns of plain rows: excess(a) = constant + Σ weight · factor.
///
/// An account's legs are neighbours in one arena.
public struct LinearBook: ~Copyable {
    /// Which factor a leg stands on.
    var factors = Column<FactorIndex>()
    /// What is read together lies together, a cache line each.
    var legs = Column<LegRow>()
    var accounts = Column<AccountRow>()
    private var arena = RangeArena()

    /// How an account is being watched.
    public enum Zone: UInt8, BitwiseCopyable, Sendable {
        /// Not at all: no debt, no legs, or not valid.
        case absent
        /// Planted: cannot become liquidatable, nor hot, before one of its triggers fires.
        case cold
        /// In the risk heap: looked at on every tick of its factors.
        case hot
        /// Planted below the edge: cannot recover before one of its triggers fires.
        case sunk
        /// No factor moves it: judged when it is placed, and not again.
        case fixed
        /// Its local form has been left: it stands in no queue until its owner places it anew.
        case stale
    }

    public init() {}

    mutating func reserve(accounts wanted: Int, legs wantedLegs: Int) {
        factors.reserve(wantedLegs)
        legs.reserve(wantedLegs)
        accounts.reserve(wanted)
    }

    public var accountCount: Int { accounts.count }
    public var legCount: Int { factors.count }

    public func zone(of account: AccountIndex) -> Zone {
        account.position < accounts.count ? accounts[account.position].zone : .absent
    }

    /// Makes room for an account up to this index.
    mutating func include(_ account: AccountIndex) {
        let missing = account.position + 1 - accounts.count
        if missing > 0 { accounts.append(repeating: AccountRow(), count: missing) }
    }

    /// Makes room for so many legs, to be filled in. The account must stand in no queue.
    mutating func resize(_ account: AccountIndex, to wanted: Int) {
        var row = accounts[account.position]
        precondition(!row.zone.isQueued, "Invariant: the account stands in no queue")
        if wanted > Int(row.capacity) {
            arena.giveBack(row.start, capacity: Int(row.capacity))
            row.start = arena.take(wanted)
            row.capacity = UInt16(wanted)
            let missing = arena.end - factors.count
            factors.append(repeating: FactorIndex(raw: 0), count: missing)
            legs.append(repeating: LegRow(), count: missing)
            for leg in Int(row.start)..<Int(row.start) + wanted { legs[leg].owner = account.raw }
        }
        row.count = UInt16(wanted)
        accounts[account.position] = row
    }

    public var residentBytes: Int { factors.residentBytes + legs.residentBytes + accounts.residentBytes }

    func range(_ account: Int) -> Range<Int> {
        let row = accounts[account]
        return Int(row.start)..<Int(row.start) + Int(row.count)
    }
}

extension LinearBook.Zone {
    /// Whether the account's legs stand in queues.
    var isQueued: Bool { self == .cold || self == .hot || self == .sunk }
}

/// The filter's view of a leg.
struct LegRow: BitwiseCopyable {
    var weight = 0.0
    /// Where the leg stands in its queue; meaningless while it stands in none.
    var position: UInt32 = 0
    var owner: UInt32 = 0

    /// The weight of a leg that only guards the end of a local form's box: its sign says on which side.
    static let guardWeight = Double.leastNonzeroMagnitude
    var isGuard: Bool { abs(weight) == Self.guardWeight }
}

/// The filter's view of an account: half a cache line.
struct AccountRow: BitwiseCopyable {
    var constant = 0.0
    var slack: Float = 0
    var allowance: Float = 0
    /// While it is cold, a hot distance at which it cannot stand before one of its triggers fires.
    var plantedFor: Float = 0
    var start: UInt32 = 0
    var count: UInt16 = 0
    var capacity: UInt16 = 0
    var zone = LinearBook.Zone.absent
    /// What the last look could prove.
    var verdict = Evaluation.Verdict.safe
    /// Whether the form holds only near where it was made: then it is never planted anew from where the factors are.
    var isLocal = false
}
