public import Domain
public import Forecast
public import Limits
public import Margin
public import Strategy
public import Units
public import Winning

/// What an engine is created with. Plain values: it is created on its own thread and lives there.
public struct EngineSettings: Sendable {
    public var parameters = StrategyParameters()
    public var risk = RiskSettings()
    /// Indexed by `RulesIndex`: the venues' rules, in the order in which the border names them.
    public var rules: [any MarginRules]
    /// How likely a crossing is, as calibrated on recorded prices (`bailiff reliability`), and how instruments move together
    /// of which nothing is known: prices fall together.
    public var passage = FirstPassage(deviationFactor: 0.9, jumps: 0.15, jumpSize: 2, looks: 10)
    public var correlations = Correlations(other: 0.8)
    public var cash: Cash = .zero
    public var gasMoney: Wei = 0
    /// Markets and accounts with one of these are watched and not acted on.
    public var excluded: Segments = []
    /// Room is made for so many accounts at the start; more are taken, with growing in between.
    public var accountsExpected = 0
    /// What becomes of assets of which nothing else is said.
    public var use = AssetUse.pool
    /// The bytes of a transaction, where a rollup charges for them.
    public var transaction = TransactionSize()
    /// Chances by tip as they are known at the start; nothing: the line that the parameters draw.
    public var winTable: WinTable?
    /// How many outcomes in each bin the table at the start counts for against those that come; `nil` where none are learned from:
    /// on paper every bid wins.
    public var winTableWeight: UInt32?
    public var limits = LimitSettings()
    /// Whether opportunities are given what they seem worth: whoever wants decisions alone need not wait for it.
    public var weighsOpportunities = true
    /// Whether bids are put to an outside model, and what happens where it has no answer.
    public var model: ModelUse?

    public enum ModelUse: UInt8, Sendable {
        /// Without an answer the built-in strategy bids.
        case orBuiltIn
        /// Without an answer there is no bid.
        case orNothing
    }

    public init(rules: [any MarginRules]) {
        self.rules = rules
    }

    var winRecord: WinRecord? {
        guard parameters.contestants.model == .table else { return nil }
        let line = WinTable(from: parameters.contestants.chanceLeast, to: parameters.contestants.chanceMost)
        return WinRecord(winTable ?? line, weight: winTableWeight ?? 1)
    }

    /// Candidates looked at again after each block; the rest wait for the next one, in turn.
    public static let candidatesPerBlock = 256
    /// Accounts looked at after each block to let the risk heap grow back.
    public static let rebalancePerBlock = 4_096
}

/// Totals since the start.
public struct EngineCounters: Equatable, Sendable {
    public init() {}

    public var inputs: UInt64 = 0
    public var ticks: UInt64 = 0
    public var crossings: UInt64 = 0
    public var intents: UInt64 = 0
    public var exactChecks: UInt64 = 0
    /// By `Refusal.rawValue`.
    public var refusals = [UInt64](repeating: 0, count: Refusal.allCases.count)
    /// By `IgnoredInput.rawValue`.
    public var ignored = [UInt64](repeating: 0, count: IgnoredInput.allCases.count)

    public subscript(refusal: Refusal) -> UInt64 { refusals[Int(refusal.rawValue)] }
    public subscript(ignored reason: IgnoredInput) -> UInt64 { ignored[Int(reason.rawValue)] }
}
