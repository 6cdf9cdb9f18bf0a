public import Units

/// What an instrument is, beside a listed asset with parameters.
public enum Terms: Equatable, Sendable {
    case lending(LendingTerms)
    case expiry(ExpiryTerms)
    case option(OptionTerms)
}

/// What lending venues other than Aave keep of an asset.
public struct LendingTerms: Equatable, Sendable {
    /// The share of the collateral's value that counts, with 18 decimals: Compound v2 `collateralFactorMantissa`, Compound
    /// v3 `liquidateCollateralFactor`, Morpho `lltv`.
    public var collateralFactor: Wad
    /// Euler v2: how the threshold is still coming down to its present value.
    public var ramp: ThresholdRamp?

    public init(collateralFactor: Wad, ramp: ThresholdRamp? = nil) {
        self.collateralFactor = collateralFactor
        self.ramp = ramp
    }
}

/// A threshold that moves in a straight line to its target (`LTVConfig.getLTV` of Euler v2).
public struct ThresholdRamp: Equatable, Sendable {
    public var initial: BasisPoints
    /// When the target is reached.
    public var end: Moment
    public var duration: Interval

    public init(initial: BasisPoints, end: Moment, duration: Interval) {
        self.initial = initial
        self.end = end
        self.duration = duration
    }
}
