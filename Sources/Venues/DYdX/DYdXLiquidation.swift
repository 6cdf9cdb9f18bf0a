import Domain
public import Units

/// One position of a dYdX subaccount about to be closed (`liquidations.go`): the price at which its order may fill, the price at
/// which nothing would be left of its share of the collateral, and what the insurance fund pays or gets.
///
/// Sizes in base quantums, values in quote quantums, shares in parts per million. A long's numbers are above zero.
public struct DYdXLiquidation: Equatable, Sendable {
    /// Of the subaccount: net collateral, and maintenance margin.
    public var netCollateral: Int256
    public var maintenance: Int256
    /// Of the position: signed worth, its maintenance margin, signed size.
    public var worth: Int256
    public var positionMaintenance: Int256
    public var size: Int256

    public init(
        netCollateral: Int256, maintenance: Int256, worth: Int256, positionMaintenance: Int256, size: Int256
    ) {
        self.netCollateral = netCollateral
        self.maintenance = maintenance
        self.worth = worth
        self.positionMaintenance = positionMaintenance
        self.size = size
    }

    /// `GetBankruptcyPriceInQuoteQuantums` of closing the whole position: −ΔNC − ⌊TNC · |ΔMMR| / TMMR⌋. What a close must
    /// bring (above zero), or may cost (below), for the insurance fund to stay as it is.
    public var bankruptcyQuote: Int256? {
        guard !maintenance.isZero else { return nil }
        return netCollateral.multiplied(by: positionMaintenance, dividedRoundingDownBy: maintenance)
            .flatMap { worth.subtracting($0) }
    }

    /// `GetFillablePrice` for the whole size, in quote quantums: PNNV − ABR · spread · PMMR, rounded against the taker: up
    /// when a long is sold, and toward paying more when a short is bought (the order may pay no more: down).
    ///
    /// ABR = adjustment · (1 − TNC / TMMR), between 0 and 1.
    public func fillableQuote(_ terms: DYdXLiquidationTerms) -> Int256? {
        guard let reduction = reduction(terms) else { return nil }
        let million: Int256 = 1_000_000
        guard
            let spread = reduction.numerator.multiplied(by: Int256(terms.spread))?.multiplied(by: positionMaintenance),
            let unit = reduction.denominator.multiplied(by: million)
        else { return nil }
        // worth − spread: a floor of what is taken off rounds the rest up.
        return spread.dividedRoundingDown(by: unit).flatMap { worth.subtracting($0) }
    }

    /// The adjusted bankruptcy rating as a fraction.
    private func reduction(_ terms: DYdXLiquidationTerms) -> (numerator: Int256, denominator: Int256)? {
        guard let short = maintenance.subtracting(netCollateral),
            let numerator = short.multiplied(by: Int256(terms.adjustment)),
            let denominator = maintenance.multiplied(by: 1_000_000), !denominator.isZero
        else { return nil }
        return (max(.zero, min(numerator, denominator)), denominator)
    }

    /// `GetLiquidationInsuranceFundDelta` of a fill that moves so much quote into the subaccount (out of it: below zero): the
    /// fund pays what is below zero and gets what is above.
    public func insuranceDelta(filledFor quote: Int256, _ terms: DYdXLiquidationTerms) -> Int256? {
        guard let bankruptcy = bankruptcyQuote, let delta = quote.subtracting(bankruptcy) else { return nil }
        guard delta > .zero else { return delta }
        return quote.magnitude.multiplied(by: UInt256(terms.feeMost), dividedRoundingDownBy: 1_000_000)
            .flatMap { Int256($0) }.map { min($0, delta) }
    }
}

/// `LiquidationsConfig`, in parts per million.
public struct DYdXLiquidationTerms: Equatable, Sendable {
    public var feeMost: UInt128
    public var adjustment: UInt128
    public var spread: UInt128

    public init(feeMost: UInt128 = 5_000, adjustment: UInt128 = 1_000_000, spread: UInt128 = 100_000) {
        self.feeMost = feeMost
        self.adjustment = adjustment
        self.spread = spread
    }

    /// From parameters with 18 decimals; `nil` while one of them was never sent.
    init?(_ cash: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let fee = Self.partsPerMillion(.liquidationFee, cash, reserves),
            let adjustment = Self.partsPerMillion(.bankruptcyAdjustment, cash, reserves),
            let spread = Self.partsPerMillion(.spreadToMaintenance, cash, reserves)
        else { return nil }
        self.init(feeMost: fee, adjustment: adjustment, spread: spread)
    }

    private static func partsPerMillion(
        _ parameter: MarginParameter, _ cash: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt128? {
        reserves.parameter(parameter, of: cash).flatMap { UInt128(exactly: $0) }.map { $0 / 1_000_000_000_000 }
    }
}
