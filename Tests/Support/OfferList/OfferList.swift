public import Domain
public import Mechanisms
public import Units

/// Keeps every offer that it is shown, to look at afterwards. For tests only: it boxes what the engine never would.
public struct OfferList: OfferVisitor {
    public private(set) var offers: [any Offer] = []

    public init() {}

    public mutating func visit<O: Offer>(_ offer: O) { offers.append(offer) }
}

extension OfferingRules {
    /// What is offered on an account of these legs.
    public func offers(
        on legs: [Leg], traits: AccountTraits = .none, at moment: Moment = .start, in reserves: ReserveTable
    ) -> [any Offer] {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        var list = OfferList()
        offers(
            factors: factors.span, amounts: amounts.span, traits: traits, at: moment, in: reserves, to: &list)
        return list.offers
    }
}
