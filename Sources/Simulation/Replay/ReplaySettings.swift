public import Domain
public import Engine
public import FeedProtocol
public import Limits
public import Margin
public import Opportunities
public import Strategy
public import Units
public import Winning

/// What a replay is made with beside its tape: the same settings and the same tape give the same log.
public struct ReplaySettings: Sendable {
    public var ruleNames: [String]
    /// In the order of the names.
    public var rules: [any MarginRules]
    public var excludedTags: [String] = []
    public var parameters = StrategyParameters()
    public var limits = LimitSettings()
    /// What becomes of seized assets, and of those of which nothing is said.
    public var uses: [NamedUse] = []
    public var use = AssetUse.pool
    public var transaction = TransactionSize()
    public var winTable: WinTable?
    public var cash: Cash = .zero
    public var gasMoney: Wei = 1_000_000_000_000_000_000
    /// A stream that says nothing for longer is not trusted until it speaks again; `nil` where a tape's silence means nothing.
    public var silenceMax: Interval?
    /// Whether stretches of a compiled tape in which nobody can cross are taken as one. The log is the same either way.
    public var skipsQuiet = true
    /// Whether opportunities are given what they seem worth, and the venue hears how they end. The log is the same either way.
    public var weighsOpportunities = true
    public var verifier: AttestationVerifier = { _, _, _ in false }

    public init(ruleNames: [String], rules: [any MarginRules]) {
        precondition(ruleNames.count == rules.count, "Condition: every rule has a name")
        self.ruleNames = ruleNames
        self.rules = rules
    }
}

/// What a replay counted.
public struct ReplayReport: Equatable, Sendable {
    public var frames: UInt64 = 0
    /// Messages of the tape that are no frames.
    public var others: UInt64 = 0
    public var inputs: UInt64 = 0
    public var crossed: UInt64 = 0
    public var intents: UInt64 = 0
    public var refused: UInt64 = 0
    public var settled: UInt64 = 0
    public var faulty: UInt64 = 0
    public var recordFaults: UInt64 = 0
    public var missing: UInt64 = 0
    public var accounts = 0
    public var first: Moment?
    public var last: Moment?
    public var decisions: UInt64 = 0
    public var opportunities = OpportunitySummary()
    /// How often the engine said so, by `Refusal.rawValue`.
    public var refusals: [UInt64] = []
    /// Intents that had not ended when the tape did.
    public var openIntents = 0
    /// SHA-256 of the decision log.
    public var hash = ""
}
