public import Domain
import Fees
public import Mechanisms
public import Submission
public import Units

/// A liquidation that somebody asks the venue for.
public struct Order: Equatable, Sendable {
    public var id: IntentID
    public var liquidator: LiquidatorIndex
    public var account: String
    public var pair: LiquidationPair
    public var repay: TokenAmount
    /// Reverts when less cash than this would be left after repayment, gas not counted.
    public var minimumMargin: Cash
    public var funding: Funding
    public var gasLimit: GasUnits
    public var feeCap: GasPrice
    public var priorityFee: GasPrice
    /// Executed in this block or an earlier one, or not at all.
    public var deadline: BlockNumber

    public init(
        id: IntentID, liquidator: LiquidatorIndex, account: String, pair: LiquidationPair, repay: TokenAmount,
        minimumMargin: Cash, funding: Funding, gasLimit: GasUnits, feeCap: GasPrice, priorityFee: GasPrice,
        deadline: BlockNumber
    ) {
        self.id = id
        self.liquidator = liquidator
        self.account = account
        self.pair = pair
        self.repay = repay
        self.minimumMargin = minimumMargin
        self.funding = funding
        self.gasLimit = gasLimit
        self.feeCap = feeCap
        self.priorityFee = priorityFee
        self.deadline = deadline
    }

    /// What the block's producer gets for each gas, or `nil` when the cap is below the base fee (EIP-1559).
    func tip(over baseFee: GasPrice) -> GasPrice? {
        .tip(priorityFee: priorityFee, feeCap: feeCap, over: baseFee)
    }
}

/// Where an accepted order stands.
public enum OrderStanding: Equatable, Sendable {
    case pending
    case ended(IntentOutcome.Ending, SettlementFigures)
}

/// The answer to an order. Only `accepted` adds anything to the world.
public enum Admission: Equatable, Sendable {
    case accepted
    /// The same order was accepted before.
    case known(OrderStanding)
    /// The id is held by another order.
    case conflict
    case refused(OrderRefusal)
    /// Too many orders wait: the same order may be accepted later.
    case busy
}

/// Why an order will not be executed. A deadline that has passed stays so: the refusal can be relied on for ever.
public enum OrderRefusal: String, CaseIterable, Sendable {
    case unknownAccount = "unknown_account"
    case unknownAsset = "unknown_asset"
    case deadlinePassed = "deadline_passed"
    case amountIsZero = "amount_is_zero"
    case gasLimitOutOfRange = "gas_limit_out_of_range"
    case priorityFeeAboveCap = "priority_fee_above_cap"
    case gasMoneyExhausted = "gas_money_exhausted"
}
