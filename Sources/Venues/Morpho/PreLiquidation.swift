public import Domain
public import Mechanisms
public import Units

/// Morpho's pre-liquidation: above a first threshold and up to the lltv, a part of the debt may be repaid at a bonus; part and
/// bonus grow in a straight line from the one threshold to the other.
///
/// Example: from 80 % to 90 %, close factor 0.1 to 0.5, bonus 1 % to 5 %: at an ltv of 85 % three tenths may be repaid at 3 %.
/// Rounded against the liquidator. Several calls in a row may take more in all than one may.
public struct PreLiquidation: Offer {
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    /// `preLIF` and `preLCF` at this ltv, 18 decimals.
    public let incentive: UInt256
    public let closeFactor: UInt256
    private let position: MorphoPosition
    private let repayable: UInt256

    public var mechanism: Mechanism { .preLiquidation }

    /// `nil` below the first threshold, above the lltv (the ordinary liquidation applies), or where the contract reverts.
    public init?(_ position: MorphoPosition, _ terms: PreLiquidationTerms, _ pair: LiquidationPair, at moment: Moment) {
        guard let quoted = position.quoted, !quoted.isZero, let borrowed = position.borrowed,
            let most = MorphoMath.mulDivDown(quoted, position.lltv, MorphoMath.wad), borrowed <= most,
            let least = MorphoMath.mulDivDown(quoted, terms.threshold, MorphoMath.wad), borrowed > least,
            let ltv = MorphoMath.mulDivUp(borrowed, MorphoMath.wad, quoted),
            let above = ltv.subtracting(terms.threshold), let room = position.lltv.subtracting(terms.threshold),
            !room.isZero, let share = MorphoMath.mulDivDown(above, MorphoMath.wad, room),
            let incentive = terms.incentive.at(share), let closeFactor = terms.closeFactor.at(share),
            let repayable = MorphoMath.mulDivDown(position.borrowShares, closeFactor, MorphoMath.wad),
            let limit = position.shares.assetsRoundingUp(min(repayable, position.borrowShares))?.asUInt128, limit > 0
        else { return nil }
        (self.position, self.incentive, self.closeFactor, self.repayable) = (
            position, incentive, closeFactor, repayable
        )
        (pays, receives) = (pair.debt, pair.collateral)
        payable = 1...limit
        window = OfferWindow(opens: moment)
    }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount <= payable.upperBound else { return .failure(.tooMuchRepay) }
        guard let taking = position.taking(paying: UInt256(amount), incentive: incentive),
            let isHealthy = taking.after.isHealthy
        else { return .failure(.arithmeticOverflow) }
        guard !taking.repaidShares.isZero else { return .failure(.amountIsZero) }
        guard taking.repaidShares <= repayable else { return .failure(.tooMuchRepay) }
        // The collateral is withdrawn by way of Morpho, which refuses when the position would not be healthy.
        guard isHealthy else { return .failure(.collateralCannotBeLiquidated) }
        return .success(Exchange(paid: taking.repaidAssets.low, received: taking.seized.low))
    }
}

/// `PreLiquidationParams`, all with 18 decimals.
public struct PreLiquidationTerms: Equatable, Sendable {
    public var threshold: UInt256
    public var closeFactor: Ramp
    public var incentive: Ramp

    /// From the first threshold to the lltv.
    public struct Ramp: Equatable, Sendable {
        public var low: UInt256
        public var high: UInt256

        public init(low: UInt256, high: UInt256) {
            self.low = low
            self.high = high
        }

        func at(_ share: UInt256) -> UInt256? {
            high.subtracting(low).flatMap { MorphoMath.mulDivDown(share, $0, MorphoMath.wad) }?.adding(low)
        }
    }

    public init(threshold: Wad, closeFactor: Ramp, incentive: Ramp) {
        self.threshold = UInt256(threshold.value)
        self.closeFactor = closeFactor
        self.incentive = incentive
    }

    /// `nil` while one of them was never sent.
    init?(_ collateral: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let threshold = Self.number(.preThreshold, collateral, reserves),
            let closeLow = Self.number(.preCloseFactorLow, collateral, reserves),
            let closeHigh = Self.number(.preCloseFactorHigh, collateral, reserves),
            let incentiveLow = Self.number(.preIncentiveLow, collateral, reserves),
            let incentiveHigh = Self.number(.preIncentiveHigh, collateral, reserves)
        else { return nil }
        self.threshold = threshold
        closeFactor = Ramp(low: closeLow, high: closeHigh)
        incentive = Ramp(low: incentiveLow, high: incentiveHigh)
    }

    private static func number(
        _ parameter: MarginParameter, _ collateral: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        reserves.parameter(parameter, of: collateral).flatMap { UInt128(exactly: $0) }.map { UInt256($0) }
    }
}
