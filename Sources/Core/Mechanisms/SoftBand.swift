public import Domain
public import Units

/// A band above a venue's edge in which an account may already be taken, a little cheaper the closer it comes: from no discount
/// at the band's far end to the whole at the edge. Below the edge the ordinary mechanism applies.
///
/// Example: an edge of 1.0, a width of 0.05 and 4 % at the edge: at a health factor of 1.0125 the discount is 3 %, at 1.05
/// nothing is offered. Health and shares have 18 decimals; the discount is rounded down, against the taker.
public struct SoftBand: Equatable, Sendable {
    public var edge: UInt256
    public var width: UInt256
    public var discountAtEdge: UInt256

    public init(edge: UInt256, width: UInt256, discountAtEdge: UInt256) {
        precondition(!width.isZero, "Condition: a band is wider than nothing")
        precondition(discountAtEdge <= UInt256(Wad.one.value), "Condition: a discount is at most the whole")
        self.edge = edge
        self.width = width
        self.discountAtEdge = discountAtEdge
    }

    /// `nil` outside of [edge, edge + width).
    public func discount(at health: UInt256) -> UInt256? {
        guard let above = health.subtracting(edge), let left = width.subtracting(above), !left.isZero else {
            return nil
        }
        return discountAtEdge.multiplied(by: left, dividedRoundingDownBy: width)
    }
}

/// A repayment of debt for collateral at the oracle's prices and a discount: within a soft band, or because the owner asks for
/// it (then the discount is the owner's).
///
/// Received = ⌊paid · debtPrice · collateralUnit · (1 + discount) / (collateralPrice · debtUnit)⌋.
public struct DiscountedRepayment: Offer {
    public let mechanism: Mechanism
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    /// 18 decimals.
    public let discount: UInt256
    private let numerator: UInt256
    private let denominator: UInt256
    private let collateral: TokenAmount

    /// - Parameters:
    ///   - debt: the most that may be repaid; `collateral` the most that may be taken.
    /// - Returns: `nil` without a price, or when nothing could be repaid.
    public init?(
        _ mechanism: Mechanism, debt: Reward, collateral: Reward, discount: UInt256, window: OfferWindow,
        in reserves: borrowing ReserveTable
    ) {
        guard let debtRow = reserves.row(debt.asset), let row = reserves.row(collateral.asset),
            let debtPrice = debtRow.price, let price = row.price, price.baseUnits > 0, debtPrice.baseUnits > 0,
            let perUnit = UInt256(debtPrice.baseUnits).multiplied(by: UInt256(row.unit)),
            let raised = (UInt256(Wad.one.value) + discount).multiplied(by: perUnit),
            let unit = UInt256(price.baseUnits).multiplied(by: UInt256(debtRow.unit)),
            let denominator = unit.multiplied(by: UInt256(Wad.one.value)),
            let most = (UInt256(collateral.amount) + 1).multiplied(by: denominator, dividedRoundingUpBy: raised)
        else { return nil }
        // ⌊paid · n / d⌋ ≤ c  ⇔  paid < (c + 1) · d / n.
        let limit = min((most - 1).asUInt128 ?? .max, debt.amount)
        guard limit > 0 else { return nil }
        (self.mechanism, self.discount, self.window) = (mechanism, discount, window)
        (pays, receives, payable) = (debt.asset, collateral.asset, 1...limit)
        (numerator, self.denominator, self.collateral) = (raised, denominator, collateral.amount)
    }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount > 0 else { return .failure(.amountIsZero) }
        guard amount <= payable.upperBound else { return .failure(.tooMuchRepay) }
        guard
            let received = UInt256(amount).multiplied(by: numerator, dividedRoundingDownBy: denominator)?.asUInt128,
            received <= collateral
        else { return .failure(.arithmeticOverflow) }
        return .success(Exchange(paid: amount, received: received))
    }
}
