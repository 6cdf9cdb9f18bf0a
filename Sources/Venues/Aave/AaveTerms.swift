import Domain
import Units

/// With what a leg counts: the reserve's own terms, or those of the account's efficiency mode where it is a member.
struct AaveTerms {
    var threshold: BasisPoints
    /// Total: collateral value seized for a debt value repaid.
    var bonus: BasisPoints
    /// `nil` while the oracle has not spoken.
    var price: Price?
    /// Until 3.5 a collateral whose own threshold is zero is not looked at, whatever the mode says.
    var isCounted: Bool
}

/// Efficiency modes (`EModeLogic`): until 3.1 by the one category that a reserve belongs to, with a price of the category's
/// own if it has one; from 3.2 on by a bitmap of members and without prices. Both are the members of an `EfficiencyMode`.
extension AaveRules {
    /// The mode that an account has chosen; `nil` for none, and in version 2, which has none.
    func mode(
        _ traits: AccountTraits, of market: MarketIndex, _ reserves: borrowing ReserveTable
    ) -> EfficiencyMode? {
        guard traits.category != 0, version > .v2 else { return nil }
        return reserves.conditions(of: market)?.category(traits.category)
    }

    /// Of a known reserve.
    func terms(of index: ReserveIndex, _ mode: EfficiencyMode?, _ reserves: borrowing ReserveTable) -> AaveTerms {
        let threshold = reserves.liquidationThreshold(of: index)
        var terms = AaveTerms(
            threshold: threshold, bonus: reserves.liquidationBonus(of: index), price: reserves.price(of: index),
            isCounted: threshold != .zero || version >= .v3_6)
        guard let mode, mode.members.contains(index) else { return terms }
        terms.threshold = mode.terms.liquidationThreshold
        terms.bonus = mode.terms.liquidationBonus
        if let source = priceSource(of: mode) { terms.price = reserves.price(of: source) }
        return terms
    }

    /// The asset whose price all members of the category share.
    func priceSource(of mode: EfficiencyMode?) -> ReserveIndex? { version < .v3_3 ? mode?.terms.priceSource : nil }
}
