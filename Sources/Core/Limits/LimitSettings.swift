public import Units

/// The limits that an operator sets. `nil` is no limit; the defaults are those of `config/bailiff.toml`.
public struct LimitSettings: Equatable, Sendable {
    /// Own cash in open bids that receive one asset, in the cash asset's units.
    public var assetExposureMax: TokenAmount?
    /// Own cash in open bids on one market.
    public var marketExposureMax: TokenAmount?
    /// An oracle price that is older is not acted on.
    public var priceAgeMax: Interval?
    /// How far the oracle may be from the median of other sources.
    public var disputeMax: BasisPoints? = .basisPoints(500)
    /// What may be lost in a day (UTC), gas included.
    public var dailyLossMax: TokenAmount?
    public var consecutiveFailuresMax: UInt32? = 20
    /// Gas money that may be burnt in an hour.
    public var hourlyGasMax: Wei?
    /// The share of the last `RevertRatio.window` outcomes that may be failures we paid for.
    public var revertRatioMax: BasisPoints? = .basisPoints(9_500)
    /// From decision to outcome, smoothed.
    public var roundTripMax: Interval?

    /// Gas of the bids decided between two blocks.
    public var blockGasMax: GasUnits?

    public init() {}
}
