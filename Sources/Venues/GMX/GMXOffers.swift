public import Domain
import Margin
public import Mechanisms
public import Units

/// A position that can be liquidated is closed by the venue's keepers alone: the offer says that it will be, and pays nothing.
extension GMXRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let position = GMXAccount(factors, amounts, reserves)?.position, position.reason != nil,
            let cash = reserves.row(factors[0].reserve).flatMap({ reserves.conditions(of: $0.market)?.cash })
        else { return }
        visitor.visit(
            KeeperWork(
                audience: .roleHolders, pays: cash, receives: position.position.instrument, rewards: .none, at: moment))
    }
}
