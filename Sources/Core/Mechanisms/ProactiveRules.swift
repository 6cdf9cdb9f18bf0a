public import Domain
public import Margin
public import Units

/// A venue's rules with a soft band above their edge: what they offer, and before that each debt against each collateral at the
/// band's discount.
///
/// The band stands at the collateral: `softBandWidth` above a health factor of one, `softBandDiscount` at the edge. Balances are
/// scaled ones over indices with 27 decimals; what may be taken is rounded down. For venues whose prices are of whole tokens.
public struct ProactiveRules<Base: OfferingRules>: OfferingRules {
    public let base: Base

    public init(_ base: Base) { self.base = base }

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        base.health(factors: factors, amounts: amounts, traits: traits, in: reserves)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        base.form(factors: factors, amounts: amounts, traits: traits, in: reserves, into: &form)
    }

    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        base.reading(of: factor, in: reserves)
    }

    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let health = health(factors: factors, amounts: amounts, traits: traits, in: reserves) else { return }
        if health.isLiquidatable {
            return base.offers(
                factors: factors, amounts: amounts, traits: traits, at: moment, in: reserves, to: &visitor)
        }
        for held in factors.indices where factors[held].side == .collateral {
            guard let discount = Self.band(of: factors[held].reserve, reserves)?.discount(at: health.healthFactor),
                let collateral = Self.balance(factors[held], amounts[held], reserves)
            else { continue }
            for owed in factors.indices where factors[owed].side == .debt {
                guard let debt = Self.balance(factors[owed], amounts[owed], reserves),
                    let offer = DiscountedRepayment(
                        .softBand, debt: debt, collateral: collateral, discount: discount,
                        window: OfferWindow(opens: moment), in: reserves)
                else { continue }
                visitor.visit(offer)
            }
        }
    }

    private static func band(of collateral: ReserveIndex, _ reserves: borrowing ReserveTable) -> SoftBand? {
        guard let width = reserves.parameter(.softBandWidth, of: collateral), width > 0,
            let discount = reserves.parameter(.softBandDiscount, of: collateral), discount >= 0,
            discount <= Int128(Wad.one.value)
        else { return nil }
        return SoftBand(
            edge: AccountHealth.one, width: UInt256(width.magnitude), discountAtEdge: UInt256(discount.magnitude))
    }

    private static func balance(
        _ factor: FactorIndex, _ scaled: TokenAmount, _ reserves: borrowing ReserveTable
    ) -> Reward? {
        guard let row = reserves.row(factor.reserve) else { return nil }
        let index = factor.side == .collateral ? row.supplyIndex : row.borrowIndex
        return UInt256(scaled).multiplied(by: UInt256(index.value), dividedRoundingDownBy: UInt256(Ray.one.value))?
            .asUInt128.map { Reward(factor.reserve, $0) }
    }
}
