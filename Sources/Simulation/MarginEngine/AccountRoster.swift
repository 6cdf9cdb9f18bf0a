public import Domain
import Units

/// Accounts by name, with the count of their changes.
struct AccountRoster: Sendable {
    private var indices: [String: AccountIndex] = [:]
    private(set) var names: [String] = []
    private(set) var versions: [UInt64] = []

    subscript(name: String) -> AccountIndex? { indices[name] }

    mutating func include(_ name: String) -> AccountIndex {
        if let known = indices[name] { return known }
        let index = AccountIndex(names.count)
        indices[name] = index
        names.append(name)
        versions.append(0)
        return index
    }

    mutating func countChange(of account: AccountIndex) { versions[account.position] += 1 }
}

/// An account as it stands.
public struct AccountState: Equatable, Sendable {
    public var name: String
    /// Counts the changes since the account opened; the opening is the first.
    public var version: UInt64
    public var legs: [Leg]
}

/// What has changed since it was last asked: for publishing.
public struct WorldChanges: Equatable, Sendable {
    public internal(set) var accounts: Set<AccountIndex> = []
    public internal(set) var prices: Set<ReserveIndex> = []
    public internal(set) var pools: Set<ReserveIndex> = []
    public internal(set) var hasGas = false

    public var isEmpty: Bool { accounts.isEmpty && prices.isEmpty && pools.isEmpty && !hasGas }
}
