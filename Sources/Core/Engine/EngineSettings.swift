package import Domain
package import Forecast
package import Limits
package import Margin
package import Strategy
package import Units
package import Winning

/// What an engine is created with. Plain values: it is created on its own thread and lives there.
package struct EngineSettings: Sendable {
    package var parameters = StrategyParameters()
    package var risk = RiskSettings()
    /// Indexed by `RulesIndex`: the venues' rules, in the order in which the border names them.
    package var rules: [any MarginRules]
    /// How likely a crossing is, as calibrated on recorded prices (`bailiff reliability`), and how instruments move together
    /// of which nothing is known: prices fall together.
    package var passage = FirstPassage(deviationFactor: 0.9, jumps: 0.15, jumpSize: 2, looks: 10)
    package var correlations = Correlations(other: 0.8)
    package var cash: Cash = .zero
    package var gasMoney: Wei = 0
    /// Markets and accounts with one of these are watched and not acted on.
    package var excluded: Segments = []
    /// Room is made for so many accounts at the start; more are taken, with growing in between.
    package var accountsExpected = 0
    /// What becomes of assets of which nothing else is said.
    package var use = AssetUse.pool
    /// The bytes of a transaction, where a rollup charges for them.
    package var transaction = TransactionSize()
    /// Chances by tip as they are known at the start; nothing: the line that the parameters draw.
    package var winTable: WinTable?
    /// How many outcomes in each bin the table at the start counts for against those that come; `nil` where none are learned from:
    /// on paper every bid wins.
    package var winTableWeight: UInt32?
    package var limits = LimitSettings()
    /// Whether bids are put to an outside model, and what happens where it has no answer.
    package var model: ModelUse?

    package enum ModelUse: UInt8, Sendable {
        /// Without an answer the built-in strategy bids.
        case orBuiltIn
        /// Without an answer there is no bid.
        case orNothing
    }

    package init(rules: [any MarginRules]) {
        self.rules = rules
    }

    var winRecord: WinRecord? {
        guard parameters.contestants.model == .table else { return nil }
        let line = WinTable(from: parameters.contestants.chanceLeast, to: parameters.contestants.chanceMost)
        return WinRecord(winTable ?? line, weight: winTableWeight ?? 1)
    }

    /// Candidates looked at again after each block; the rest wait for the next one, in turn.
    package static let candidatesPerBlock = 256
    /// Accounts looked at after each block to let the risk heap grow back.
    package static let rebalancePerBlock = 4_096
}

/// Totals since the start.
package struct EngineCounters: Equatable, Sendable {
    package init() {}

    package var inputs: UInt64 = 0
    package var ticks: UInt64 = 0
    package var crossings: UInt64 = 0
    package var intents: UInt64 = 0
    package var exactChecks: UInt64 = 0
    /// By `Refusal.rawValue`.
    package var refusals = [UInt64](repeating: 0, count: Refusal.allCases.count)
    /// By `IgnoredInput.rawValue`.
    package var ignored = [UInt64](repeating: 0, count: IgnoredInput.allCases.count)

    package subscript(refusal: Refusal) -> UInt64 { refusals[Int(refusal.rawValue)] }
    package subscript(ignored reason: IgnoredInput) -> UInt64 { ignored[Int(reason.rawValue)] }
}
