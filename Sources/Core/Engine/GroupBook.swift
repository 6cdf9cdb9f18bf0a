public import Domain
public import Margin

/// Which accounts belong together. Cold: groups are asked for by people and reports, never by a tick.
struct GroupBook: Sendable {
    private var members: ContiguousArray<[AccountIndex]> = []
    private var groups: [AccountIndex: GroupIndex] = [:]

    mutating func place(_ account: AccountIndex, in group: GroupIndex?) {
        guard groups[account] != group else { return }
        if let old = groups[account] { members[old.position].removeAll { $0 == account } }
        groups[account] = group
        guard let group else { return }
        while members.count <= group.position { members.append([]) }
        members[group.position].append(account)
    }

    func accounts(of group: GroupIndex) -> [AccountIndex] {
        group.position < members.count ? members[group.position].sorted() : []
    }
}

extension Engine {
    /// An owner's accounts as one, by account index; `nil` for a group that nobody belongs to.
    public func view(of group: GroupIndex) -> GroupView? {
        let accounts = groups.accounts(of: group)
        guard !accounts.isEmpty else { return nil }
        return GroupView(parts: accounts.compactMap { part($0) })
    }

    private func part(_ account: AccountIndex) -> GroupPart? {
        let index = accounts.markets[account.position]
        guard let state = market(index) else { return nil }
        let isTrusted =
            state.streams & ~wholeStreams == 0 && !accounts.flags[account.position].contains(.quarantined)
        return GroupPart(
            account: account, market: index, isTrusted: isTrusted, health: watch.health(of: account),
            cashPrice: watch.reserves.price(of: state.definition.cash))
    }
}
