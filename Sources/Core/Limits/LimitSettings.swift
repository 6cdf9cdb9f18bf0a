package import Units

/// The limits that an operator sets. `nil` is no limit; the defaults are those of `config/bailiff.toml`.
package struct LimitSettings: Equatable, Sendable {
    /// Own cash in open bids that receive one asset, in the cash asset's units.
    package var assetExposureMax: TokenAmount?
    /// Own cash in open bids on one market.
    package var marketExposureMax: TokenAmount?
    /// An oracle price that is older is not acted on.
    package var priceAgeMax: Interval?
    /// How far the oracle may be from the median of other sources.
    package var disputeMax: BasisPoints? = .basisPoints(500)
    /// What may be lost in a day (UTC), gas included.
    package var dailyLossMax: TokenAmount?
    package var consecutiveFailuresMax: UInt32? = 20
    /// Gas money that may be burnt in an hour.
    package var hourlyGasMax: Wei?
    /// The share of the last `RevertRatio.window` outcomes that may be failures we paid for.
    package var revertRatioMax: BasisPoints? = .basisPoints(9_500)
    /// From decision to outcome, smoothed.
    package var roundTripMax: Interval?

    /// Gas of the bids decided between two blocks.
    package var blockGasMax: GasUnits?

    package init() {}
}
