import Domain
import Limits
import Margin
import Opportunities
import Strategy
import Units

/// How bids ended, and what the limits make of it.
extension Engine {
    /// An intent has ended: its money is released and booked, and its account may be looked at again.
    ///
    /// After a settlement the account waits for the feed to show its new state, so that nobody acts on the old one.
    mutating func apply(_ outcome: IntentOutcome, _ outputs: inout ContiguousArray<Output>) {
        guard let position = open.firstIndex(where: { $0.ordinal == outcome.ordinal }), capital.settle(outcome) else {
            return ignore(.unknownIntent, &outputs)
        }
        let intent = open.remove(at: position)
        accounts.flags[intent.account.position].remove(.inFlight)
        let changesAccount = outcome.ending == .settled || outcome.ending == .outbid
        if changesAccount, accounts.versions[intent.account.position] == intent.version {
            accounts.flags[intent.account.position].insert(.awaitingFeed)
        }
        // Gas that cannot be valued is still counted in wei; it was paid for, so its price was known.
        let gas = cost(of: outcome.gasPaid, in: intent.market) ?? 0
        if let used = outcome.gasUsed { learn(used, outcome.ending.gasAction, in: intent.market) }
        learn(outcome.ending, of: intent)
        // What was kept is no loss, though no cash came in for it.
        var counted = outcome
        counted.cash += keep(outcome, of: intent)
        opportunities.end(intent.account, outcome.ending, profit: counted.cash + .cost(gas))
        tell(trading.settle(counted, gasInCash: gas, took: now - intent.decidedAt, at: now), &outputs)
    }

    mutating func apply(_ past: PastOutcome, _ outputs: inout ContiguousArray<Output>) {
        let change = trading.note(
            past.ending, profit: past.profit, gasPaid: past.gasPaid, took: nil, at: past.at)
        tell(change, &outputs)
    }

    mutating func restore(_ state: TradingState, _ outputs: inout ContiguousArray<Output>) {
        trading.restore(state)
        tell(trading.review(at: now), &outputs)
    }

    mutating func apply(_ command: OperatorCommand, _ outputs: inout ContiguousArray<Output>) {
        switch command {
        case .halt: tell(trading.halt(at: now), &outputs)
        case .resume: tell(trading.resume(at: now), &outputs)
        }
    }

    func tell(_ change: TradingChange?, _ outputs: inout ContiguousArray<Output>) {
        if let change { outputs.append(.trading(change)) }
    }
}
