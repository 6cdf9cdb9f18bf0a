public import Domain
public import Mechanisms
public import Units

/// What Comet absorbed, sold for base (`buyCollateral`): at the oracle's price less a discount, while reserves are below their
/// target.
///
/// Example: a store-front factor of 0.6 and a liquidation factor of 0.93 discount by 4.2 %.
public struct CompoundV3Sale: Offer {
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    public let terms: CompoundV3SaleTerms

    public var mechanism: Mechanism { .storefront }

    /// `nil` when nothing is for sale.
    public init?(_ terms: CompoundV3SaleTerms, pays: ReserveIndex, receives: ReserveIndex, at moment: Moment) {
        guard terms.isOpen, terms.held > 0, let most = terms.largestPayment, most > 0 else { return nil }
        (self.pays, self.receives, self.terms) = (pays, receives, terms)
        payable = 1...most
        window = OfferWindow(opens: moment)
    }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard let quote = terms.quote(for: amount) else { return .failure(.arithmeticOverflow) }
        guard quote <= UInt256(terms.held) else { return .failure(.insufficientReserves) }
        return .success(Exchange(paid: amount, received: quote.low))
    }
}

/// One asset of the store front. Prices with 8 decimals, factors with 18.
public struct CompoundV3SaleTerms: Equatable, Sendable {
    public var assetPrice: UInt256
    public var assetUnit: UInt256
    public var basePrice: UInt256
    public var baseUnit: UInt256
    public var liquidationFactor: UInt256
    public var storeFrontFactor: UInt256
    /// `getCollateralReserves`.
    public var held: TokenAmount
    /// Reserves below their target, or below zero.
    public var isOpen: Bool

    public init(
        assetPrice: Price, assetUnit: UInt128, basePrice: Price, baseUnit: UInt128, liquidationFactor: Wad,
        storeFrontFactor: Wad, held: TokenAmount, isOpen: Bool
    ) {
        self.assetPrice = UInt256(assetPrice.baseUnits)
        self.assetUnit = UInt256(assetUnit)
        self.basePrice = UInt256(basePrice.baseUnits)
        self.baseUnit = UInt256(baseUnit)
        self.liquidationFactor = UInt256(liquidationFactor.value)
        self.storeFrontFactor = UInt256(storeFrontFactor.value)
        self.held = held
        self.isOpen = isOpen
    }

    /// The price after the discount: two floors.
    public var discountedPrice: UInt256? {
        guard let room = CompoundV3Rules.factorScale.subtracting(liquidationFactor),
            let discount = storeFrontFactor.multiplied(by: room)?
                .dividedRoundingDown(by: CompoundV3Rules.factorScale),
            let share = CompoundV3Rules.factorScale.subtracting(discount)
        else { return nil }
        return assetPrice.multiplied(by: share)?.dividedRoundingDown(by: CompoundV3Rules.factorScale)
    }

    /// `quoteCollateral`: divided twice, rounded down both times.
    public func quote(for base: TokenAmount) -> UInt256? {
        guard let price = discountedPrice, !price.isZero else { return nil }
        return basePrice.multiplied(by: UInt256(base))?.multiplied(by: assetUnit)?
            .dividedRoundingDown(by: price).dividedRoundingDown(by: baseUnit)
    }

    /// The most base whose quote the reserves hold: ⌊⌊n / p⌋ / b⌋ ≤ h  ⇔  n < (h + 1) · p · b.
    public var largestPayment: TokenAmount? {
        guard let price = discountedPrice, !price.isZero, !basePrice.isZero,
            let limit = (UInt256(held) + 1).multiplied(by: price)?.multiplied(by: baseUnit),
            let perBase = basePrice.multiplied(by: assetUnit)
        else { return nil }
        return (limit - 1).dividedRoundingDown(by: perBase).asUInt128
    }
}
