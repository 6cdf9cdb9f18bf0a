package import Domain
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
package struct AccountState: Equatable, Sendable {
    package var name: String
    /// Counts the changes since the account opened; the opening is the first.
    package var version: UInt64
    package var legs: [Leg]
}

/// What has changed since it was last asked: for publishing.
package struct WorldChanges: Equatable, Sendable {
    package internal(set) var accounts: Set<AccountIndex> = []
    package internal(set) var prices: Set<ReserveIndex> = []
    package internal(set) var pools: Set<ReserveIndex> = []
    package internal(set) var hasGas = false

    package var isEmpty: Bool { accounts.isEmpty && prices.isEmpty && pools.isEmpty && !hasGas }
}
