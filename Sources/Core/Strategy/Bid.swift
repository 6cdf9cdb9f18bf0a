public import Domain
public import Mechanisms
public import Units
public import Winning

/// A bid that is worth making: what to take, how it is paid for, and what is offered for it.
public struct Bid: Equatable, Sendable {
    public var pair: LiquidationPair
    public var funding: Funding
    public var amounts: LiquidationAmounts
    public var swaps: SwapLegs
    public var fees: FeeChoice
    /// The most that could have been repaid.
    public internal(set) var repayMax: TokenAmount = 0
    /// What is to follow, when the account is taken in two calls.
    public var following: LiquidationAmounts?

    /// Proceeds less repayment, gas and tip.
    public var netProfit: Cash { fees.netProfit }
    /// To be the one that is executed.
    public var chance: Chance { fees.chance }
    /// Over winning and losing: what bids are compared by.
    public var expectedValue: Cash { fees.expectedValue }

    init(pair: LiquidationPair, funding: Funding, size: RepaySize, fees: FeeChoice) {
        self.pair = pair
        self.funding = funding
        amounts = size.amounts
        swaps = size.swaps
        self.fees = fees
    }

    /// The same as figures for the journal.
    public var figures: BidFigures {
        BidFigures(
            repay: amounts.repay, seize: amounts.seize, protocolFee: amounts.protocolFee, proceeds: swaps.proceeds,
            repayCost: swaps.repayCost, flashLoanFee: swaps.flashLoanFee, gasCost: fees.cost, tipWei: fees.tipWei,
            gasWei: fees.totalWei, netProfit: netProfit)
    }

    /// How far a simulation came before it was refused: of several refusals the furthest is reported.
    static func progress(_ refusal: Refusal) -> Int {
        switch refusal {
        case .belowExpectedValue: 7
        case .belowMinimumReturn: 6
        case .belowMinimumProfit: 5
        case .gasMoneyExhausted: 4
        case .capitalExhausted: 3
        case .inputMissing, .modelUnusable: 2
        case .venueWouldRevert: 1
        default: 0
        }
    }
}
