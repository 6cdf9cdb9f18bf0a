public import Units

/// Several venues of one asset used together, so that at the end one more unit is worth the same at each.
///
/// Shares are chosen in doubles, from the venues' curves added up (`DepthCurve`); amounts are each venue's own integers. The
/// result is compared with each venue alone that comes near, so it is never worse than the best of them. Curves are built
/// here, once; asking does not allocate.
public struct SplitSale: Equatable, Sendable {
    public let venues: ContiguousArray<Depth>
    public let sale: SplitCurve
    public let purchase: SplitCurve

    /// Shares stand inline.
    public static let venuesMax = 8

    public init(_ venues: ContiguousArray<Depth>) {
        precondition((1...Self.venuesMax).contains(venues.count), "Condition: one to eight venues")
        self.venues = venues
        sale = SplitCurve(venues, .sale)
        purchase = SplitCurve(venues, .purchase)
    }

    public func proceeds(ofSelling amount: TokenAmount) -> TokenAmount? { sale(of: amount)?.cash }
    public func cost(ofBuying amount: TokenAmount) -> TokenAmount? { purchase(of: amount)?.cash }

    /// How to sell an amount for the most cash; `nil` when all venues together cannot take it.
    public func sale(of amount: TokenAmount) -> Split? { best(amount, sale, .sale) }

    /// How to buy an amount for the least cash; `nil` when all venues together do not hold it.
    public func purchase(of amount: TokenAmount) -> Split? { best(amount, purchase, .purchase) }

    private func best(_ amount: TokenAmount, _ curve: SplitCurve, _ side: TradeSide) -> Split? {
        // Sums of eight must stay within the word.
        guard amount <= .max >> 4 else { return nil }
        var best = curve.shares(of: amount).flatMap { priced($0, side) }
        for venue in venues.indices where best.map({ curve.mayBeat($0.cash, amount, alone: venue) }) ?? true {
            var alone = Split.Shares(repeating: 0)
            alone[venue] = amount
            guard let split = priced(alone, side) else { continue }
            if let cash = best?.cash, side == .sale ? split.cash <= cash : split.cash >= cash { continue }
            best = split
        }
        return best
    }

    private func priced(_ shares: Split.Shares, _ side: TradeSide) -> Split? {
        var cash: TokenAmount = 0
        for venue in venues.indices where shares[venue] > 0 {
            let part =
                side == .sale
                ? venues[venue].proceeds(ofSelling: shares[venue]) : venues[venue].cost(ofBuying: shares[venue])
            guard let part else { return nil }
            let (sum, overflow) = cash.addingReportingOverflow(part)
            guard !overflow else { return nil }
            cash = sum
        }
        return Split(shares: shares, cash: cash)
    }
}

/// How much of an asset goes through each venue, by its position, and the cash for all of it.
public struct Split: Sendable {
    public typealias Shares = InlineArray<8, TokenAmount>
    public var shares: Shares
    public var cash: TokenAmount
}
