public import Domain
import Margin
public import Mechanisms
public import Units

/// An unsafe vault offers work: to bark at it, for a tip and a share of the tab. What the auction then offers is a
/// `ClipOffer`, which anyone may make from the auction's state.
extension MakerRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let health = health(factors: factors, amounts: amounts, traits: traits, in: reserves),
            health.isLiquidatable, !factors.isEmpty
        else { return }
        let ilk = factors[0].reserve
        guard let row = reserves.row(ilk), let cash = reserves.conditions(of: row.market)?.cash,
            let terms = MakerTerms(ilk, reserves), let art = amount(at: FactorIndex(ilk, .debt), factors, amounts),
            let ink = amount(at: FactorIndex(ilk, .collateral), factors, amounts),
            case .success(let bark) = MakerBark.bark(
                ink: UInt256(ink), art: UInt256(art), rate: UInt256(row.borrowIndex.value), terms: terms),
            let coin = ClipKeeper(tip: terms.tip, chip: terms.chip, buf: .zero).reward(forTab: bark.tab),
            // Whole units of the stable coin can be withdrawn.
            let reward = coin.dividedRoundingDown(by: AuctionCurve.ray).asUInt128
        else { return }
        visitor.visit(
            KeeperWork(pays: cash, receives: ilk, rewards: Rewards(Reward(cash, reward)), at: moment))
    }
}
