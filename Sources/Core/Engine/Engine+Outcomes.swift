import Domain
import Margin
import Strategy
import Units

extension Engine {
    /// An intent has ended: its money is released and booked, and its account may be looked at again.
    ///
    /// After a settlement the account waits for the feed to show its new state, so that nobody acts on the old one.
    mutating func apply(_ outcome: IntentOutcome, _ outputs: inout ContiguousArray<Output>) {
        guard let position = open.firstIndex(where: { $0.ordinal == outcome.ordinal }), capital.settle(outcome) else {
            return ignore(.unknownIntent, &outputs)
        }
        let (account, version) = (open[position].account, open[position].version)
        open.remove(at: position)
        accounts.flags[account.position].remove(.inFlight)
        let changesAccount = outcome.ending == .settled || outcome.ending == .outbid
        if changesAccount, accounts.versions[account.position] == version {
            accounts.flags[account.position].insert(.awaitingFeed)
        }
    }
}
