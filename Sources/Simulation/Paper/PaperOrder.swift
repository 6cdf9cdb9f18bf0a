public import Domain
public import Fees
public import Mechanisms
public import Units

/// Who stands behind an order.
public enum PaperParty: Hashable, Sendable {
    case ours
    /// One of those that were made up.
    case rival(UInt32)
    /// Who did it in the recording.
    case recorded
}

/// A liquidation that waits for a block.
public struct PaperOrder: Equatable, Sendable {
    /// The engine's ordinal for ours; the world's own count for others.
    public var number: UInt64
    public var party: PaperParty
    public var market: MarketIndex
    public var account: AccountIndex
    public var pair: LiquidationPair
    public var repay: TokenAmount
    public var minimumMargin: Cash
    public var funding: Funding
    public var gasLimit: GasUnits
    public var feeCap: GasPrice
    public var priorityFee: GasPrice
    public var deadline: BlockNumber
    /// When it is where blocks are built.
    public var arrival: Moment
    /// What its chances are drawn for: the same of the same bid in two runs, whatever else the runs do.
    public var luck: UInt64
    /// Blocks that it could have been in, but for a base fee above its cap.
    public var pricedOut: UInt32 = 0
    /// Blocks that it could have been in, and that chance left it out of: by the rank of its tip.
    public var leftOut = TipCounts()

    public init(
        number: UInt64, party: PaperParty, market: MarketIndex, account: AccountIndex, pair: LiquidationPair,
        repay: TokenAmount, minimumMargin: Cash = .zero, funding: Funding = .flashLoan, gasLimit: GasUnits,
        feeCap: GasPrice, priorityFee: GasPrice, deadline: BlockNumber, arrival: Moment,
        luck: UInt64? = nil
    ) {
        self.number = number
        self.party = party
        self.market = market
        self.account = account
        self.pair = pair
        self.repay = repay
        self.minimumMargin = minimumMargin
        self.funding = funding
        self.gasLimit = gasLimit
        self.feeCap = feeCap
        self.priorityFee = priorityFee
        self.deadline = deadline
        self.arrival = arrival
        self.luck = luck ?? number
    }

    public init(_ intent: Intent, arrival: Moment, luck: UInt64? = nil) {
        self.init(
            number: intent.ordinal, party: .ours, market: intent.market, account: intent.account,
            pair: LiquidationPair(collateral: intent.collateral, debt: intent.debt), repay: intent.figures.repay,
            minimumMargin: intent.minimumMargin, funding: intent.funding, gasLimit: intent.gasLimit,
            feeCap: intent.feeCap, priorityFee: intent.priorityFee, deadline: intent.deadline, arrival: arrival,
            luck: luck)
    }

    /// What the builder gets for each gas; `nil` when the cap is below the base fee (EIP-1559).
    func tip(over baseFee: GasPrice) -> GasPrice? {
        .tip(priorityFee: priorityFee, feeCap: feeCap, over: baseFee)
    }
}

/// How an order ended.
public struct PaperEnding: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case settled
        /// The venue took less than was offered.
        case settledInPart = "settled_in_part"
        /// Somebody was before us.
        case outbid
        /// The account had recovered.
        case late
        /// It would have left less than its minimum, or the pool could not carry it.
        case reverted
        case expired
    }

    public var order: PaperOrder
    public var kind: Kind
    /// Why it did nothing in its block.
    public var failure: PaperFailure?
    public var repaid: TokenAmount = 0
    public var seized: TokenAmount = 0
    public var cash = Cash.zero
    public var gasPaid: Wei = 0
    /// Of the gas, what the builder got.
    public var tipPaid: Wei = 0
    /// Where its tip lay in the block that it was in; `nil` when it was in none.
    public var rank: TipRank?
    /// What the whole gas limit would have cost without the tip, and the tip on it: what a bid is made from.
    public var baseOffered: Wei = 0
    public var tipOffered: Wei = 0
    /// When the account began to be one that can be taken, at the venue.
    public var crossedAt = Moment.start
    public var block: BlockNumber
    public var at: Moment

    public var isSettled: Bool { kind == .settled || kind == .settledInPart }

    /// As the engine knows it.
    public var outcome: IntentOutcome {
        let ending: IntentOutcome.Ending =
            switch kind {
            case .settled, .settledInPart: .settled
            case .outbid: .outbid
            case .late, .reverted: .reverted
            case .expired: .expired
            }
        return IntentOutcome(
            ordinal: order.number, ending: ending, repaid: repaid, seized: seized, cash: cash, gasPaid: gasPaid,
            block: block)
    }
}
