public import Domain
import Margin
public import Mechanisms
public import Units

/// Each position of a subaccount in liquidation, at its fillable price. The venue's own daemon places the order: we can only
/// stand on the other side of the book. Parameters stand at the cash asset: `liquidationFee`, `bankruptcyAdjustment`,
/// `spreadToMaintenance`.
extension DYdXRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let health = health(factors: factors, amounts: amounts, traits: traits, in: reserves),
            health.isLiquidatable, let subaccount = Subaccount(factors, amounts, traits, reserves),
            let maintenance = Int256(subaccount.maintenance),
            let cash = reserves.row(factors[0].reserve).flatMap({ reserves.conditions(of: $0.market)?.cash }),
            let terms = DYdXLiquidationTerms(cash, reserves)
        else { return }
        for leg in factors.indices {
            guard case .position(let position)? = PerpetualHolding(at: leg, factors, amounts, in: reserves),
                let row = reserves.row(position.instrument), let price = row.price,
                let margins = DYdXMargins(position.instrument, reserves),
                let worth = position.size.multiplied(
                    by: Int256(price.baseUnits), dividedTowardZeroBy: Int256(row.unit)),
                let needed = margins.maintenance(of: worth.magnitude).flatMap({ Int256($0) }),
                let quote = DYdXLiquidation(
                    netCollateral: subaccount.netCollateral, maintenance: maintenance, worth: worth,
                    positionMaintenance: needed, size: position.size
                ).fillableQuote(terms), quote.isNegative != position.isLong,
                let value = quote.magnitude.asUInt128, let size = position.size.magnitude.asUInt128,
                let offer = PositionOffer(
                    .partialLiquidation, audience: .venueItself, instrument: position.instrument, cashAsset: cash,
                    size: size, for: value, isLong: position.isLong, window: OfferWindow(opens: moment))
            else { continue }
            visitor.visit(offer)
        }
    }
}
