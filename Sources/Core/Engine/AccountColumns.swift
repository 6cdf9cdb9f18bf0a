import Domain
import Margin

/// What the engine knows of each account beside its legs, in columns.
struct AccountColumns: ~Copyable {
    var versions = Column<UInt64>()
    var markets = Column<MarketIndex>()
    var flags = Column<AccountFlags>()
    var streams = Column<StreamIndex>()
    /// The snapshot in which the account was last mentioned.
    var generations = Column<UInt8>()
    /// The last refusal, so that one that stands is told once; `UInt8.max` is none.
    var refusals = Column<UInt8>()

    var count: Int { versions.count }

    var residentBytes: Int {
        versions.residentBytes + markets.residentBytes + flags.residentBytes + streams.residentBytes
            + generations.residentBytes + refusals.residentBytes
    }

    mutating func reserve(_ accounts: Int) {
        versions.reserve(accounts)
        markets.reserve(accounts)
        flags.reserve(accounts)
        streams.reserve(accounts)
        generations.reserve(accounts)
        refusals.reserve(accounts)
    }

    mutating func include(_ account: AccountIndex) {
        let missing = account.position + 1 - count
        guard missing > 0 else { return }
        versions.append(repeating: 0, count: missing)
        markets.append(repeating: MarketIndex(UInt16.max), count: missing)
        flags.append(repeating: [], count: missing)
        streams.append(repeating: StreamIndex(UInt8.max), count: missing)
        generations.append(repeating: 0, count: missing)
        refusals.append(repeating: .max, count: missing)
    }

    func isKnown(_ account: AccountIndex) -> Bool {
        account.position < count && markets[account.position].raw != .max
    }
}

/// The state of an account that decisions depend on.
struct AccountFlags: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    /// By the venue's exact rules.
    static let liquidatable = AccountFlags(rawValue: 1)
    /// Its last message could not be trusted; left alone until its full state arrives.
    static let quarantined = AccountFlags(rawValue: 2)
    /// Stands in the list of candidates.
    static let listed = AccountFlags(rawValue: 4)
    /// An intent for it is open.
    static let inFlight = AccountFlags(rawValue: 8)
    /// Our intent was settled; the feed has not shown the result yet.
    static let awaitingFeed = AccountFlags(rawValue: 16)
    /// It carries a tag that is excluded from action.
    static let excluded = AccountFlags(rawValue: 32)
    /// A model has been asked about it.
    static let asked = AccountFlags(rawValue: 64)
    /// Stands among the proposals of this step.
    static let proposed = AccountFlags(rawValue: 128)
}
