public import Units

/// Everything the core can ask for or say.
public enum Output: Equatable, Sendable {
    case submit(Intent)
    /// An account became liquidatable by the venue's exact rules.
    case crossed(AccountIndex, Moment)
    /// It no longer is.
    case recovered(AccountIndex)
    case refused(AccountIndex, Refusal)
    /// An input was not applied.
    case ignored(IgnoredInput)
    /// An outside model is to be asked; the answer comes back as advice.
    case ask(Question)
    /// The bot has changed what it allows itself.
    case trading(TradingChange)
}

/// Why an input changed nothing. The border counts these beside its own faults.
public enum IgnoredInput: UInt8, CaseIterable, Hashable, Sendable {
    case unknownMarket, unknownReserve, unknownAccount, olderVersion, zeroPrice, orphanLeg, unknownIntent,
        unknownQuestion
    /// A bracket that is not the next one, or a member of an efficiency mode that is not known.
    case outOfOrder
    /// Depth against another asset than the market's cash, of one venue too many, or that cannot be.
    case unusableDepth
}

/// How the money for a repayment is found.
public enum Funding: UInt8, Sendable {
    case capital, flashLoan
}

extension Intent {
    /// The change of our cash when it is executed just so: what is kept brings none.
    public var cash: Cash { (isKept ? .zero : .proceeds(figures.proceeds)) + .cost(figures.repayCost) }
}

/// What a bid is expected to do, in integers. All in the cash asset's smallest units but where the name says otherwise.
public struct BidFigures: Equatable, Sendable {
    public var repay: TokenAmount
    public var seize: TokenAmount
    public var protocolFee: TokenAmount
    /// Cash received for the collateral, rounded down.
    public var proceeds: TokenAmount
    /// Cash paid for the debt asset, its flash-loan fee included, rounded up.
    public var repayCost: TokenAmount
    public var flashLoanFee: TokenAmount
    /// Cash value of base fee and tip, rounded up.
    public var gasCost: TokenAmount
    public var tipWei: Wei
    /// Base fee and tip together, in wei, for the assumed gas.
    public var gasWei: Wei
    /// proceeds − repayCost − gasCost.
    public var netProfit: Cash

    public init(
        repay: TokenAmount, seize: TokenAmount, protocolFee: TokenAmount, proceeds: TokenAmount,
        repayCost: TokenAmount, flashLoanFee: TokenAmount, gasCost: TokenAmount, tipWei: Wei, gasWei: Wei,
        netProfit: Cash
    ) {
        self.repay = repay
        self.seize = seize
        self.protocolFee = protocolFee
        self.proceeds = proceeds
        self.repayCost = repayCost
        self.flashLoanFee = flashLoanFee
        self.gasCost = gasCost
        self.tipWei = tipWei
        self.gasWei = gasWei
        self.netProfit = netProfit
    }
}

/// One decided action. `ordinal` names it within a run; its durable name is made from the opportunity by the wiring.
public struct Intent: Equatable, Sendable {
    public var ordinal: UInt64
    public var market: MarketIndex
    public var account: AccountIndex
    public var accountVersion: UInt64
    public var collateral: ReserveIndex
    public var debt: ReserveIndex
    public var funding: Funding
    public var figures: BidFigures
    public var gasLimit: GasUnits
    public var feeCap: GasPrice
    public var priorityFee: GasPrice
    /// Settled in this block or an earlier one, or not at all.
    public var deadline: BlockNumber
    /// The venue reverts when less cash than this would be left after repayment, gas not counted.
    public var minimumMargin: Cash
    /// When the message that led here was received.
    public var triggeredAt: Moment
    /// The collateral stays with us: it is not sold, and what `proceeds` says is what it counts for.
    public var isKept = false

    public init(
        ordinal: UInt64, market: MarketIndex, account: AccountIndex, accountVersion: UInt64,
        collateral: ReserveIndex, debt: ReserveIndex, funding: Funding, figures: BidFigures, gasLimit: GasUnits,
        feeCap: GasPrice, priorityFee: GasPrice, deadline: BlockNumber, minimumMargin: Cash,
        triggeredAt: Moment
    ) {
        self.ordinal = ordinal
        self.market = market
        self.account = account
        self.accountVersion = accountVersion
        self.collateral = collateral
        self.debt = debt
        self.funding = funding
        self.figures = figures
        self.gasLimit = gasLimit
        self.feeCap = feeCap
        self.priorityFee = priorityFee
        self.deadline = deadline
        self.minimumMargin = minimumMargin
        self.triggeredAt = triggeredAt
    }
}

/// How an intent ended, as the venue told it.
public struct IntentOutcome: Equatable, Sendable {
    public enum Ending: UInt8, CaseIterable, Sendable {
        /// Executed.
        case settled
        /// Somebody else took it first; our gas for the failed call is lost.
        case outbid
        /// Included and failed for another reason; gas is lost.
        case reverted
        /// The deadline block passed.
        case expired
        /// The venue refused the request outright: no gas.
        case rejected
    }

    public var ordinal: UInt64
    public var ending: Ending
    public var repaid: TokenAmount
    public var seized: TokenAmount
    /// The change of our cash balance.
    public var cash: Cash
    public var gasPaid: Wei
    public var block: BlockNumber
    /// As the receipt says; `nil` where nobody said.
    public var gasUsed: GasUnits?

    public init(
        ordinal: UInt64, ending: Ending, repaid: TokenAmount, seized: TokenAmount, cash: Cash, gasPaid: Wei,
        block: BlockNumber, gasUsed: GasUnits? = nil
    ) {
        self.ordinal = ordinal
        self.ending = ending
        self.repaid = repaid
        self.seized = seized
        self.cash = cash
        self.gasPaid = gasPaid
        self.block = block
        self.gasUsed = gasUsed
    }
}
