public import Fees
public import Units

/// What a bid costs beside its swaps and its gas prices: known to whoever simulates, not to the feed.
public struct BidCosts: Equatable, Sendable {
    /// What a rollup charges for the transaction's bytes; paid also when the call reverts.
    public var dataFee: Wei
    /// Who may lend; the cheapest does. Nobody named: the market's flash loan fee.
    public var lenders: ContiguousArray<FlashLoanSource>

    public init(dataFee: Wei = 0, lenders: ContiguousArray<FlashLoanSource> = []) {
        self.dataFee = dataFee
        self.lenders = lenders
    }

    public static let none = BidCosts()

    /// What borrowing so much costs, rounded as the lender does; `nil` when nobody is named.
    public func flashLoanFee(on amount: TokenAmount) -> TokenAmount? {
        var least: TokenAmount?
        for lender in lenders {
            let fee = lender.fee(on: amount)
            if least.map({ fee < $0 }) ?? true { least = fee }
        }
        return least
    }
}
