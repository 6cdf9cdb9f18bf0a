public import Domain
public import Units

/// What the engine decided about an account, by the names that the feed knows: the canonical form, from which decision logs are
/// hashed as well.
public struct DecisionEntry: TapeEntry, Equatable, Sendable {
    public enum Decision: Equatable, Sendable {
        case crossed, recovered
        /// With the names of collateral and debt.
        case submit(Intent, collateral: String, debt: String)
    }

    public static let kind = TapeKind.decisions
    public var at: Moment
    public var market: String
    public var account: String
    public var decision: Decision

    public init(at: Moment, market: String, account: String, _ decision: Decision) {
        self.at = at
        self.market = market
        self.account = account
        self.decision = decision
    }

    public func write(to line: inout JSONLine) {
        line.field("kind", word)
        line.field("at_ns", at)
        line.field("market", market)
        line.field("account", account)
        guard case .submit(let intent, let collateral, let debt) = decision else { return }
        line.field("ordinal", intent.ordinal)
        line.field("account_version", intent.accountVersion)
        line.field("collateral", collateral)
        line.field("debt", debt)
        line.field("funding", intent.funding == .capital ? "capital" : "flash_loan")
        write(intent.figures, to: &line)
        line.field("gas_limit", intent.gasLimit.count)
        line.field("fee_cap", amount: UInt128(intent.feeCap.weiPerGas))
        line.field("priority_fee", amount: UInt128(intent.priorityFee.weiPerGas))
        line.field("deadline", intent.deadline.height)
        line.field("minimum_margin", cash: intent.minimumMargin)
        line.field("triggered_ns", intent.triggeredAt)
    }

    private var word: String {
        switch decision {
        case .crossed: "crossed"
        case .recovered: "recovered"
        case .submit: "submit"
        }
    }

    private func write(_ figures: BidFigures, to line: inout JSONLine) {
        line.field("repay", amount: figures.repay)
        line.field("seize", amount: figures.seize)
        line.field("protocol_fee", amount: figures.protocolFee)
        line.field("proceeds", amount: figures.proceeds)
        line.field("repay_cost", amount: figures.repayCost)
        line.field("flash_loan_fee", amount: figures.flashLoanFee)
        line.field("gas_cost", amount: figures.gasCost)
        line.field("tip_wei", amount: figures.tipWei)
        line.field("gas_wei", amount: figures.gasWei)
        line.field("net_profit", cash: figures.netProfit)
    }
}

/// What the engine chose not to do.
public struct RefusalEntry: TapeEntry, Equatable, Sendable {
    public static let kind = TapeKind.refusals
    public var at: Moment
    public var market: String
    public var account: String
    public var reason: Refusal

    public init(at: Moment, market: String, account: String, reason: Refusal) {
        self.at = at
        self.market = market
        self.account = account
        self.reason = reason
    }

    public func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("market", market)
        line.field("account", account)
        line.field("reason", reason.word)
    }
}

/// How an intent ended.
public struct OutcomeEntry: TapeEntry, Equatable, Sendable {
    public static let kind = TapeKind.outcomes
    public var at: Moment
    public var outcome: IntentOutcome

    public init(at: Moment, _ outcome: IntentOutcome) {
        self.at = at
        self.outcome = outcome
    }

    public func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("ordinal", outcome.ordinal)
        line.field("ending", "\(outcome.ending)")
        line.field("repaid", amount: outcome.repaid)
        line.field("seized", amount: outcome.seized)
        line.field("cash", cash: outcome.cash)
        line.field("gas_paid", amount: outcome.gasPaid)
        line.field("block", outcome.block.height)
        if let used = outcome.gasUsed { line.field("gas_used", used.count) }
    }
}
