public import Domain

/// What an operator says of an asset, by its names: the decoder tells the engine once the feed has defined it.
public struct NamedUse: Equatable, Sendable {
    public var market: String
    public var asset: String
    public var use: AssetUse

    public init(market: String, asset: String, use: AssetUse) {
        self.market = market
        self.asset = asset
        self.use = use
    }
}

extension FeedDecoder {
    /// Those whose market the feed has defined, but not their asset: misspelt, with the assets that there are.
    public func unknownUses() -> [(position: Int, assets: [String])] {
        uses.enumerated().compactMap { position, named in
            guard let market = directory.market(named: named.market) else { return nil }
            let assets = directory.assets(of: market)
            return assets.contains(named.asset) ? nil : (position, assets)
        }
    }

    func use(of reserve: ReserveIndex, in market: MarketIndex) -> AssetUse? {
        guard !uses.isEmpty else { return nil }
        let (marketName, asset) = (directory.name(of: market), directory.name(of: reserve))
        return uses.first { $0.market == marketName && $0.asset == asset }?.use
    }
}
