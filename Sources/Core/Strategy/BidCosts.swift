package import Fees
package import Units

/// What a bid costs beside its swaps and its gas prices: known to whoever simulates, not to the feed.
package struct BidCosts: Equatable, Sendable {
    /// What a rollup charges for the transaction's bytes; paid also when the call reverts.
    package var dataFee: Wei
    /// Who may lend; the cheapest does. Nobody named: the market's flash loan fee.
    package var lenders: ContiguousArray<FlashLoanSource>

    package init(dataFee: Wei = 0, lenders: ContiguousArray<FlashLoanSource> = []) {
        self.dataFee = dataFee
        self.lenders = lenders
    }

    package static let none = BidCosts()

    /// What borrowing so much costs, rounded as the lender does; `nil` when nobody is named.
    package func flashLoanFee(on amount: TokenAmount) -> TokenAmount? {
        var least: TokenAmount?
        for lender in lenders {
            let fee = lender.fee(on: amount)
            if least.map({ fee < $0 }) ?? true { least = fee }
        }
        return least
    }
}
