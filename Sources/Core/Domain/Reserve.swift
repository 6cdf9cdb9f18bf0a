public import Units

/// One listed asset: what the venue's rules and the linear form need of it.
///
/// Example: WETH with 18 decimals, threshold 8 250 and bonus 10 500 basis points (the bonus is the total: 10 500 is 5 %).
public struct Reserve: Equatable, Sendable {
    public var market: MarketIndex
    public var decimals: UInt8
    /// 10^decimals, the smallest units in one whole token.
    public var unit: UInt128
    public var liquidationThreshold: BasisPoints
    /// Total: collateral value seized for a debt value repaid.
    public var liquidationBonus: BasisPoints
    /// The protocol's share of the bonus alone.
    public var protocolFee: BasisPoints
    /// Typical relative move over the horizon, in parts per million: the factor's scale.
    public var scalePartsPerMillion: UInt32
    /// `nil` until the venue's oracle has spoken.
    public var price: Price?
    public var supplyIndex: Ray
    public var borrowIndex: Ray
    /// `nil` while no depth is known: then nothing of it can be sold or bought.
    public var pool: Pool?

    public init(_ definition: ReserveDefinition) {
        market = definition.market
        decimals = definition.decimals
        unit = Reserve.powerOfTen(definition.decimals)
        liquidationThreshold = definition.liquidationThreshold
        liquidationBonus = definition.liquidationBonus
        protocolFee = definition.protocolFee
        scalePartsPerMillion = definition.scalePartsPerMillion
        price = nil
        supplyIndex = .one
        borrowIndex = .one
        pool = nil
    }

    /// The largest number of decimals accepted: 10^36 still leaves 128-bit headroom for amounts.
    public static let decimalsMax: UInt8 = 36

    public static func powerOfTen(_ decimals: UInt8) -> UInt128 {
        precondition(decimals <= decimalsMax, "Condition: at most 36 decimals")
        var unit: UInt128 = 1
        for _ in 0..<decimals { unit *= 10 }
        return unit
    }
}

/// The parameters of a reserve as the feed states them. A later definition replaces an earlier one.
public struct ReserveDefinition: Equatable, Sendable {
    public var reserve: ReserveIndex
    public var market: MarketIndex
    public var decimals: UInt8
    public var liquidationThreshold: BasisPoints
    public var liquidationBonus: BasisPoints
    public var protocolFee: BasisPoints
    public var scalePartsPerMillion: UInt32

    public init(
        reserve: ReserveIndex, market: MarketIndex, decimals: UInt8, liquidationThreshold: BasisPoints,
        liquidationBonus: BasisPoints, protocolFee: BasisPoints, scalePartsPerMillion: UInt32
    ) {
        self.reserve = reserve
        self.market = market
        self.decimals = decimals
        self.liquidationThreshold = liquidationThreshold
        self.liquidationBonus = liquidationBonus
        self.protocolFee = protocolFee
        self.scalePartsPerMillion = scalePartsPerMillion
    }

    /// A known reserve's parameters.
    public init(_ reserve: ReserveIndex, _ row: Reserve) {
        self.init(
            reserve: reserve, market: row.market, decimals: row.decimals,
            liquidationThreshold: row.liquidationThreshold, liquidationBonus: row.liquidationBonus,
            protocolFee: row.protocolFee, scalePartsPerMillion: row.scalePartsPerMillion)
    }
}

/// A constant-product pool of an asset against the market's cash asset (Uniswap v2 pair reserves).
public struct Pool: Equatable, Sendable {
    public var assetReserve: TokenAmount
    public var cashReserve: TokenAmount
    public var fee: BasisPoints

    public init(assetReserve: TokenAmount, cashReserve: TokenAmount, fee: BasisPoints) {
        self.assetReserve = assetReserve
        self.cashReserve = cashReserve
        self.fee = fee
    }
}
