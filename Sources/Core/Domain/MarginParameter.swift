public import Units

/// A number that a venue's rules read of an instrument, by the name under which the feed carries it. A market's own numbers
/// stand at its cash asset. Signed; the unit is the venue's own where none is given here.
///
/// A rule that needs a number which was never sent cannot judge, and says so; it never assumes zero.
public enum MarginParameter: UInt8, CaseIterable, Hashable, Sendable {
    /// Shares with 18 decimals: of a notional that opening, and that staying open, needs.
    case initialMargin, maintenanceMargin
    /// With 18 decimals: the share of a collateral's value that counts, and by how much a liability counts.
    case collateralWeight, liabilityWeight
    /// Of a position's notional, a fixed amount more.
    case minimumPositionMargin
    /// Synthetix v3: `minimumInitialMarginRatioD18`, `initialMarginRatioD18`, `maintenanceMarginScalarD18`, `skewScale`.
    /// dYdX v4: the scalar is `maintenanceFractionPpm`, with 18 decimals.
    case minimumInitialMargin, impactMargin, maintenanceScalar, skewScale
    /// Synthetix v3, what a keeper is paid: of a notional, of collateral, bounds, and costs.
    case flagReward, collateralReward, keeperRewardMinimum, keeperRewardMaximum, keeperProfitMinimum, keeperScaling
    case flagCost, liquidateCost, liquidationWindowMaximum
    /// Opyn Gamma `spotShock` of a product, with 27 decimals.
    case spotShock
    /// Drift, `imf_factor` in millionths: by how much a large size needs more.
    case sizePremium
    /// GMX v2: the share of a size that closing costs, 18 decimals; and at the cash asset `MIN_COLLATERAL_USD`, 30 decimals.
    case closingFee, minimumCollateral
    /// Perpetual v2, at the cash asset: the share of all positions' value, and of the other collateral's value for the debt
    /// it carries, 18 decimals; and the largest debt, in cash's smallest units.
    case collateralMaintenance, debtRatio, debtCeiling
    /// What a mark is made of, where no price record carries it: see `MarkSource`; and how far an order book may take it from
    /// the index, in basis points.
    case markSource, markBand
    /// A threshold that follows volatility, all of them or none: half-life and horizon in seconds; how rarely a move is
    /// larger than the buffer, and the tail's degrees of freedom, with 18 decimals; bounds and speed in basis points.
    case volatilityHalfLife, volatilityHorizon, volatilityTail, volatilityDegrees
    case thresholdLeast, thresholdMost, thresholdHourlyMove
    /// Liquidation mechanisms (`docs/mechanisms/README.md`), shares with 18 decimals. What one call may repay, at the cash asset.
    case closeFactor
    /// Maker, at the ilk: `chop`; and with 18 decimals of the stable coin `dust`, the room under `hole` and `Hole`, `tip`; `chip`.
    case auctionPenalty, debtFloor, liquidationRoom, keeperTip, keeperChip
    /// Morpho pre-liquidation, at the collateral.
    case preThreshold, preCloseFactorLow, preCloseFactorHigh, preIncentiveLow, preIncentiveHigh
    /// Euler v2, at the debt: `maxLiquidationDiscount`; seconds after a check of the account.
    case discountMaximum, coolOff
    /// Compound v3: an asset's `liquidationFactor`; `storeFrontPriceFactor` at the base.
    case liquidationFactor, storeFrontFactor
    /// Liquity v2, at the branch.
    case redistributionPenalty
    /// Perpetuals: what closing by force costs the account, for the taker and for the insurance fund.
    case liquidationFee, insuranceFee
    /// dYdX v4, at the cash asset: how fast the fillable price comes down to bankruptcy's, and how far below the oracle's.
    case bankruptcyAdjustment, spreadToMaintenance
    /// Drift, at the cash asset: a share more that must be freed; slots over which all of it may be; the share at once.
    case liquidationBuffer, liquidationDuration, initialPortion
    /// Offers before the threshold, at the collateral: where the band begins above it, and the discount at its end.
    case softBandWidth, softBandDiscount

    /// Whether a threshold that follows volatility depends on it.
    public var steersThreshold: Bool {
        rawValue >= MarginParameter.volatilityHalfLife.rawValue
            && rawValue <= MarginParameter.thresholdHourlyMove.rawValue
    }

    /// As the feed spells it.
    public var name: StaticString {
        switch self {
        case .initialMargin: "initial_margin"
        case .maintenanceMargin: "maintenance_margin"
        case .collateralWeight: "collateral_weight"
        case .liabilityWeight: "liability_weight"
        case .minimumPositionMargin: "minimum_position_margin"
        case .minimumInitialMargin: "minimum_initial_margin"
        case .impactMargin: "impact_margin"
        case .maintenanceScalar: "maintenance_scalar"
        case .skewScale: "skew_scale"
        case .flagReward: "flag_reward"
        case .collateralReward: "collateral_reward"
        case .keeperRewardMinimum: "keeper_reward_minimum"
        case .keeperRewardMaximum: "keeper_reward_maximum"
        case .keeperProfitMinimum: "keeper_profit_minimum"
        case .keeperScaling: "keeper_scaling"
        case .flagCost: "flag_cost"
        case .liquidateCost: "liquidate_cost"
        case .liquidationWindowMaximum: "liquidation_window_maximum"
        case .sizePremium: "size_premium"
        case .closingFee: "closing_fee"
        case .minimumCollateral: "minimum_collateral"
        case .collateralMaintenance: "collateral_maintenance"
        case .debtRatio: "debt_ratio"
        case .debtCeiling: "debt_ceiling"
        case .markSource: "mark_source"
        case .markBand: "mark_band"
        case .volatilityHalfLife: "volatility_half_life"
        case .volatilityHorizon: "volatility_horizon"
        case .volatilityTail: "volatility_tail"
        case .volatilityDegrees: "volatility_degrees"
        case .thresholdLeast: "threshold_least"
        case .thresholdMost: "threshold_most"
        case .thresholdHourlyMove: "threshold_hourly_move"
        case .spotShock: "spot_shock"
        case .closeFactor: "close_factor"
        case .auctionPenalty: "auction_penalty"
        case .debtFloor: "debt_floor"
        case .liquidationRoom: "liquidation_room"
        case .keeperTip: "keeper_tip"
        case .keeperChip: "keeper_chip"
        case .preThreshold: "pre_threshold"
        case .preCloseFactorLow: "pre_close_factor_low"
        case .preCloseFactorHigh: "pre_close_factor_high"
        case .preIncentiveLow: "pre_incentive_low"
        case .preIncentiveHigh: "pre_incentive_high"
        case .discountMaximum: "discount_maximum"
        case .coolOff: "cool_off"
        case .liquidationFactor: "liquidation_factor"
        case .storeFrontFactor: "store_front_factor"
        case .redistributionPenalty: "redistribution_penalty"
        case .liquidationFee: "liquidation_fee"
        case .insuranceFee: "insurance_fee"
        case .bankruptcyAdjustment: "bankruptcy_adjustment"
        case .spreadToMaintenance: "spread_to_maintenance"
        case .liquidationBuffer: "liquidation_buffer"
        case .liquidationDuration: "liquidation_duration"
        case .initialPortion: "initial_portion"
        case .softBandWidth: "soft_band_width"
        case .softBandDiscount: "soft_band_discount"
        }
    }
}

/// One bracket of a tiered maintenance margin: from `floor` of notional on, it is `maintenanceMargin` · notional − `deduction`.
public struct MarginTier: Equatable, Sendable {
    /// In the quote's smallest units.
    public var floor: UInt128
    public var maintenanceMargin: Wad
    /// Chosen by the venue so that the requirement does not jump at the floor.
    public var deduction: UInt128

    public init(floor: UInt128, maintenanceMargin: Wad, deduction: UInt128) {
        self.floor = floor
        self.maintenanceMargin = maintenanceMargin
        self.deduction = deduction
    }

    /// The most brackets of one instrument.
    public static let countMax = 32
}
