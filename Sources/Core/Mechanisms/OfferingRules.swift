public import Domain
public import Margin
public import Units

/// Handed every open offer; generic, so that nothing is boxed or allocated.
public protocol OfferVisitor {
    mutating func visit<O: Offer>(_ offer: O)
}

/// A venue whose accounts can be taken.
///
/// Nothing is visited when nothing is offered: the account is safe, a price or a parameter is missing, or the venue's
/// arithmetic would revert. Pure: the same state and moment, the same offers in the same order.
public protocol OfferingRules: MarginRules {
    func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V)
}
