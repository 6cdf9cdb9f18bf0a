package import Domain
package import Engine
package import FeedProtocol
package import Limits
package import Margin
package import Opportunities
package import Strategy
package import Units
package import Winning

/// What a replay is made with beside its tape: the same settings and the same tape give the same log.
package struct ReplaySettings: Sendable {
    package var ruleNames: [String]
    /// In the order of the names.
    package var rules: [any MarginRules]
    package var excludedTags: [String] = []
    package var parameters = StrategyParameters()
    package var limits = LimitSettings()
    /// What becomes of seized assets, and of those of which nothing is said.
    package var uses: [NamedUse] = []
    package var use = AssetUse.pool
    package var transaction = TransactionSize()
    package var winTable: WinTable?
    package var cash: Cash = .zero
    package var gasMoney: Wei = 1_000_000_000_000_000_000
    /// A stream that says nothing for longer is not trusted until it speaks again; `nil` where a tape's silence means nothing.
    package var silenceMax: Interval?
    /// Whether stretches of a compiled tape in which nobody can cross are taken as one. The log is the same either way.
    package var skipsQuiet = true
    package var verifier: AttestationVerifier = { _, _, _ in false }

    package init(ruleNames: [String], rules: [any MarginRules]) {
        precondition(ruleNames.count == rules.count, "Condition: every rule has a name")
        self.ruleNames = ruleNames
        self.rules = rules
    }
}

/// What a replay counted.
package struct ReplayReport: Equatable, Sendable {
    package var frames: UInt64 = 0
    /// Messages of the tape that are no frames.
    package var others: UInt64 = 0
    package var inputs: UInt64 = 0
    package var crossed: UInt64 = 0
    package var intents: UInt64 = 0
    package var refused: UInt64 = 0
    package var settled: UInt64 = 0
    package var faulty: UInt64 = 0
    package var recordFaults: UInt64 = 0
    package var missing: UInt64 = 0
    package var accounts = 0
    package var first: Moment?
    package var last: Moment?
    package var decisions: UInt64 = 0
    package var opportunities = OpportunitySummary()
    /// How often the engine said so, by `Refusal.rawValue`.
    package var refusals: [UInt64] = []
    /// Intents that had not ended when the tape did.
    package var openIntents = 0
    /// SHA-256 of the decision log.
    package var hash = ""
}
