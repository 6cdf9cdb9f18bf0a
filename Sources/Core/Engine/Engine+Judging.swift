import Domain
import Margin
import Mechanisms
import Opportunities
import Units

/// The filter has pointed at accounts; the venue's exact integers decide on which side of the edge they are.
extension Engine {
    /// In the order of accounts, so that what is decided does not depend on what the filter looked at before.
    mutating func judgeTouched(_ outputs: inout ContiguousArray<Output>) {
        watch.sortTouched()
        for i in 0..<watch.index.touched.count { judge(watch.index.touched[i], &outputs) }
        watch.clearTouched()
    }

    private mutating func judge(_ account: AccountIndex, _ outputs: inout ContiguousArray<Output>) {
        let zone = index.book.zone(of: account)
        // Cold is proved safe by the filter; nothing to ask.
        let health = zone == .cold || zone == .absent ? nil : health(of: account)
        settleSide(account, health?.isLiquidatable ?? false, health, &outputs)
    }

    /// The venue's own judgement; `nil` when a price is missing or its arithmetic would overflow.
    mutating func health(of account: AccountIndex) -> AccountHealth? {
        counters.exactChecks += 1
        return watch.health(of: account)
    }

    /// Notes on which side the account is, and decides when it has just crossed.
    ///
    /// - Parameter health: by which it is judged; `nil` where nobody had to ask.
    mutating func settleSide(
        _ account: AccountIndex, _ isLiquidatable: Bool, _ health: AccountHealth?,
        _ outputs: inout ContiguousArray<Output>
    ) {
        let was = accounts.flags[account.position].contains(.liquidatable)
        guard was != isLiquidatable else { return }
        guard isLiquidatable else {
            accounts.flags[account.position].remove(.liquidatable)
            accounts.refusals[account.position] = .max
            opportunities.recover(account)
            outputs.append(.recovered(account))
            return
        }
        accounts.flags[account.position].insert(.liquidatable)
        counters.crossings += 1
        opportunities.open(account, worth: knowsWorth(of: account) ? worth(of: account, health) : .zero)
        outputs.append(.crossed(account, now))
        list(account)
        guard var look = marketLook(in: accounts.markets[account.position]) else { return }
        decide(account, &look, &outputs)
    }

    /// Puts an account among the candidates for another look, once.
    func isListed(_ account: AccountIndex) -> Bool { accounts.flags[account.position].contains(.listed) }

    mutating func list(_ account: AccountIndex) {
        guard !isListed(account) else { return }
        accounts.flags[account.position].insert(.listed)
        candidates.append(account)
    }
}
