import Console
import Domain
public import Journal
import Units

/// Tells the engine what the journal remembers of earlier runs, before it is armed: a bot that was halted starts halted, and
/// what was lost today stays lost, but for what an operator has resumed over.
public enum TradingMemory {
    public static func recall(_ journal: borrowing Journal, to engine: Mailbox<EngineMessage>) throws {
        let dayAgo = Clock.wall + .seconds(-secondsBack)
        for outcome in try journal.outcomes(since: max(dayAgo, try journal.resumed() ?? dayAgo)) {
            _ = engine.post(.past(outcome))
        }
        for receipt in try journal.gasReceipts() {
            _ = engine.post(.gasUsed(market: receipt.market, receipt.action, receipt.used))
        }
        if let change = try journal.trading() { _ = engine.post(.restored(change.state)) }
    }

    /// A day: the longest that a limit looks back.
    private static let secondsBack: Int64 = 86_400
}
