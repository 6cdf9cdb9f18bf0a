public import Domain
public import Units

/// Own cash that open bids hold, by the asset that they receive and by market.
public struct Exposure: Equatable, Sendable {
    private var open: ContiguousArray<Hold> = []

    private struct Hold: Equatable {
        var ordinal: UInt64
        var asset: ReserveIndex
        var market: MarketIndex
        var cash: TokenAmount
    }

    public init() {}

    public mutating func hold(_ cash: TokenAmount, for ordinal: UInt64, asset: ReserveIndex, market: MarketIndex) {
        open.append(Hold(ordinal: ordinal, asset: asset, market: market, cash: cash))
    }

    public mutating func release(_ ordinal: UInt64) { open.removeAll { $0.ordinal == ordinal } }

    public func inAsset(_ asset: ReserveIndex) -> TokenAmount {
        open.reduce(0) { $1.asset.raw == asset.raw ? $0 + $1.cash : $0 }
    }

    public func inMarket(_ market: MarketIndex) -> TokenAmount {
        open.reduce(0) { $1.market.raw == market.raw ? $0 + $1.cash : $0 }
    }

    /// Why so much more would be too much.
    public func refusal(
        adding cash: TokenAmount, asset: ReserveIndex, market: MarketIndex, _ limits: LimitSettings
    ) -> Refusal? {
        if let limit = limits.assetExposureMax, inAsset(asset) + cash > limit { return .assetExposure }
        if let limit = limits.marketExposureMax, inMarket(market) + cash > limit { return .marketExposure }
        return nil
    }
}
