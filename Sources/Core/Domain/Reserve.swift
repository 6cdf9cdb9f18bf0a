package import Units

/// One listed asset: what the venue's rules and the linear form need of it.
///
/// Example: WETH with 18 decimals, threshold 8 250 and bonus 10 500 basis points (the bonus is the total: 10 500 is 5 %).
package struct Reserve: Equatable, Sendable {
    package var market: MarketIndex
    package var decimals: UInt8
    /// 10^decimals, the smallest units in one whole token.
    package var unit: UInt128
    package var liquidationThreshold: BasisPoints
    /// Total: collateral value seized for a debt value repaid.
    package var liquidationBonus: BasisPoints
    /// The protocol's share of the bonus alone.
    package var protocolFee: BasisPoints
    /// Typical relative move over the horizon, in parts per million: the factor's scale.
    package var scalePartsPerMillion: UInt32
    /// `nil` until the venue's oracle has spoken.
    package var price: Price?
    package var supplyIndex: Ray
    package var borrowIndex: Ray
    /// `nil` while no depth is known: then nothing of it can be sold or bought.
    package var pool: Pool?

    package init(_ definition: ReserveDefinition) {
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
    package static let decimalsMax: UInt8 = 36

    package static func powerOfTen(_ decimals: UInt8) -> UInt128 {
        precondition(decimals <= decimalsMax, "Condition: at most 36 decimals")
        var unit: UInt128 = 1
        for _ in 0..<decimals { unit *= 10 }
        return unit
    }
}

/// The parameters of a reserve as the feed states them. A later definition replaces an earlier one.
package struct ReserveDefinition: Equatable, Sendable {
    package var reserve: ReserveIndex
    package var market: MarketIndex
    package var decimals: UInt8
    package var liquidationThreshold: BasisPoints
    package var liquidationBonus: BasisPoints
    package var protocolFee: BasisPoints
    package var scalePartsPerMillion: UInt32

    package init(
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
    package init(_ reserve: ReserveIndex, _ row: Reserve) {
        self.init(
            reserve: reserve, market: row.market, decimals: row.decimals,
            liquidationThreshold: row.liquidationThreshold, liquidationBonus: row.liquidationBonus,
            protocolFee: row.protocolFee, scalePartsPerMillion: row.scalePartsPerMillion)
    }
}

/// A constant-product pool of an asset against the market's cash asset (Uniswap v2 pair reserves).
package struct Pool: Equatable, Sendable {
    package var assetReserve: TokenAmount
    package var cashReserve: TokenAmount
    package var fee: BasisPoints

    package init(assetReserve: TokenAmount, cashReserve: TokenAmount, fee: BasisPoints) {
        self.assetReserve = assetReserve
        self.cashReserve = cashReserve
        self.fee = fee
    }
}
