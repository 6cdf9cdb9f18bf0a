import Domain
import Liquidity
import Mechanisms
import Units

/// A pair before its exact simulation: what it may bring at most, and the size at which it would. Plain numbers, so that a
/// whole account's pairs stand on the stack.
struct PairOutline {
    /// Positions among the account's legs.
    var collateral = 0
    var debt = 0
    /// The most that one call may repay.
    var limit: TokenAmount = 0
    /// The same as the venue would lower it, and what it seizes for a unit.
    var most = 0.0
    var seized = 0.0
    /// No size earns more than this before gas, rounding included.
    var bound = 0.0
    var size = 0.0
    var funding = Funding.capital
    /// Still a bound of doubles alone: the venue has not been asked.
    var isRough = false
    var isRefined = false

    var isWhole: Bool { size >= most }

    /// Doubles are off by parts in 2^50 at every step; exact swaps round by some units at every venue and tick.
    static let slack = 1e-11
    static let roundings = 64.0
}

extension BidSimulation {
    /// A bound of doubles where the venue has one, else what `outline` says.
    func roughOutline(of subject: LiquidationSubject) -> Result<PairOutline, Refusal> {
        guard let rough = rules.liquidationBound(of: subject, in: reserves) else { return outline(of: subject) }
        var outline = PairOutline(most: rough.repay)
        outline.seized = rough.seizedPerUnit
        outline.isRough = true
        guard let bound = roughBound(rough, subject.pair) else { return .failure(.inputMissing) }
        outline.bound = bound
        return .success(outline)
    }

    /// What no bid on a pair brings before gas, by the venue's bound; `nil` without depth.
    func roughBound(_ rough: LiquidationBound, _ pair: LiquidationPair) -> Double? {
        guard let curve = curve(pair, seized: rough.seizedPerUnit, loanShare: 0) else { return nil }
        // To take next to nothing costs next to nothing.
        let bound = max(curve.bound(upTo: rough.repay), 0)
        return bound + bound * PairOutline.slack + PairOutline.roundings
    }

    /// `nil` where the venue has no bound, or without depth.
    func ceiling(of subject: LiquidationSubject) -> PairCeiling? {
        guard let rough = rules.liquidationBound(of: subject, in: reserves),
            let curve = curve(subject.pair, seized: rough.seizedPerUnit, loanShare: 0),
            let gain = curve.sale.point(at: 0), let cost = curve.purchase.point(at: 0)
        else { return nil }
        return PairCeiling(
            repay: rough.repay, gain: gain.price * curve.seized,
            cost: (curve.isNetted ? gain.price : cost.price) * curve.owed, isNetted: curve.isNetted)
    }

    /// What the venue would take, and a first bound; the reason when there is nothing to take or no depth for it.
    func outline(of subject: LiquidationSubject) -> Result<PairOutline, Refusal> {
        guard let largest = rules.largestLiquidation(of: subject, in: reserves), largest.repay > 0 else {
            return .failure(.venueWouldRevert)
        }
        var outline = PairOutline(limit: largest.limit, most: largest.repay.approximate)
        outline.seized = largest.seize.approximate / outline.most
        guard let curve = curve(subject.pair, outline, .capital) else { return .failure(.inputMissing) }
        outline.bound = curve.bound(upTo: outline.most)
        return .success(outline)
    }

    /// The best size in doubles, with our own money when that suffices.
    func refine(_ outline: inout PairOutline, _ pair: LiquidationPair, _ purse: Purse) {
        outline.isRefined = true
        guard let own = refined(outline, pair, .capital) else {
            outline.bound = -.infinity
            return
        }
        outline = own.outline
        let isShort = own.cost * 0.999 > Double(approximating: purse.cash)
        guard isShort, mayBorrow(pair), let lent = refined(outline, pair, .flashLoan) else { return }
        outline = lent.outline
    }

    private func refined(
        _ outline: PairOutline, _ pair: LiquidationPair, _ funding: Funding
    ) -> (outline: PairOutline, cost: Double)? {
        guard let curve = curve(pair, outline, funding), let best = curve.best(upTo: outline.most) else { return nil }
        var outline = outline
        outline.size = best.size * Double(parameters.sizeShare.count) / 10_000
        outline.funding = funding
        // Of the best size: a share of it earns less.
        outline.bound = best.point.margin + best.point.turnover * PairOutline.slack + PairOutline.roundings
        return (outline, best.point.cost)
    }

    private func curve(_ pair: LiquidationPair, _ outline: PairOutline, _ funding: Funding) -> PairCurve? {
        curve(pair, seized: outline.seized, loanShare: loanShare(outline, funding))
    }

    private func curve(_ pair: LiquidationPair, seized: Double, loanShare: Double) -> PairCurve? {
        let cashMarket = CashMarket(cash: market.cash, depth: depth)
        guard let sale = cashMarket.curve(.sale, of: pair.collateral, in: reserves),
            let purchase = cashMarket.curve(.purchase, of: pair.debt, in: reserves)
        else { return nil }
        return PairCurve(
            sale: sale, purchase: purchase, seized: seized, owed: 1 + loanShare,
            isNetted: pair.collateral == pair.debt)
    }

    private func loanShare(_ outline: PairOutline, _ funding: Funding) -> Double {
        guard funding == .flashLoan else { return 0 }
        guard let fee = costs.flashLoanFee(on: outline.limit) else { return Double(market.flashLoanFee.count) / 10_000 }
        return fee.approximate / outline.limit.approximate
    }

}

extension Double {
    init(approximating cash: Cash) {
        let magnitude = cash.units.magnitude.approximate
        self = cash < .zero ? -magnitude : magnitude
    }
}
