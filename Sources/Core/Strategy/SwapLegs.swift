public import Domain
public import Liquidity
public import Mechanisms
public import Units

/// Turning a seizure into cash and cash into a repayment: the two swaps of a liquidation.
public struct SwapLegs: Equatable, Sendable {
    /// Cash received for the collateral, rounded down.
    public var proceeds: TokenAmount
    /// Cash paid for the debt asset, the flash loan's fee included, rounded up.
    public var repayCost: TokenAmount
    /// In the debt asset, rounded up.
    public var flashLoanFee: TokenAmount

    /// Computes both swaps; `nil` when depth is missing or does not suffice.
    ///
    /// When collateral and debt are one asset, only the difference is traded.
    public init?(
        seize: TokenAmount, repay: TokenAmount, _ pair: LiquidationPair, funding: Funding, _ market: MarketDefinition,
        in reserves: borrowing ReserveTable, depth: DepthTable = .empty, costs: BidCosts = .none
    ) {
        let cashMarket = CashMarket(cash: market.cash, depth: depth)
        flashLoanFee =
            funding == .flashLoan
            ? costs.flashLoanFee(on: repay) ?? market.flashLoanFee.shareRoundingUp(of: repay) : 0
        let owed = repay + flashLoanFee
        let netted = pair.collateral == pair.debt ? min(seize, owed) : 0
        guard let proceeds = cashMarket.proceeds(ofSelling: seize - netted, pair.collateral, in: reserves),
            let cost = cashMarket.cost(ofBuying: owed - netted, pair.debt, in: reserves)
        else { return nil }
        self.proceeds = proceeds
        repayCost = cost
    }

    /// Before gas.
    public var margin: Cash { .proceeds(proceeds) + .cost(repayCost) }
}
