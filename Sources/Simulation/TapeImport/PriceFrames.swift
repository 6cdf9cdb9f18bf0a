import Domain
import FeedProtocol
import Units

/// Prices without accounts as frames: a market that lends nothing, whose assets have the recorded prices in a unit of account with
/// 18 decimals.
struct PriceFrames {
    private let market: String
    private let assets: [String]
    private let start: Moment?
    private var stream = FrameStream(publisher: EpisodeFrames.publisher, "market")
    private var isOpen = false

    static let cash = "USD"
    private static let one = Price(baseUnits: 1_000_000_000_000_000_000)

    init(market: String, _ rows: [SeriesTable.Row]) {
        self.market = market
        assets = Set(rows.flatMap { $0.prices.map(\.asset) }).sorted()
        start = rows.first { !$0.prices.isEmpty }?.moment
    }

    mutating func write(
        _ row: SeriesTable.Row,
        to sink: (_ topic: [UInt8], _ body: [UInt8], _ at: Moment, _ sequence: UInt64) throws -> Void
    ) throws {
        if !isOpen, let start, row.moment >= start { try open(at: start, sink) }
        for price in row.prices {
            let market = market
            try stream.write(at: row.moment, to: sink) {
                $0.price(market, asset: price.asset, Price(baseUnits: price.units))
            }
        }
    }

    /// Lets go of a frame that is older than the moment.
    mutating func advance(
        to moment: Moment,
        _ sink: (_ topic: [UInt8], _ body: [UInt8], _ at: Moment, _ sequence: UInt64) throws -> Void
    ) throws {
        try stream.flush(before: moment, to: sink)
    }

    mutating func finish(
        to sink: (_ topic: [UInt8], _ body: [UInt8], _ at: Moment, _ sequence: UInt64) throws -> Void
    ) throws {
        try stream.flush(to: sink)
    }

    private mutating func open(at start: Moment, _ sink: FrameStream.Sink) throws {
        isOpen = true
        let (market, assets) = (market, assets)
        try stream.snapshot(at: start, to: sink) { stream in
            try stream.write(at: start, to: sink) { encoder in
                encoder.market(
                    market, rules: "aave-2", closeFactor: .basisPoints(5_000), cash: Self.cash, native: Self.cash,
                    flashLoanFee: .basisPoints(0))
                for (index, asset) in ([Self.cash] + assets).enumerated() {
                    encoder.reserve(market, asset: asset, Self.definition(index))
                }
                encoder.price(market, asset: Self.cash, Self.one)
            }
        }
    }

    /// No collateral: nothing can be liquidated in a market that is only prices.
    private static func definition(_ index: Int) -> ReserveDefinition {
        ReserveDefinition(
            reserve: ReserveIndex(index), market: MarketIndex(0), decimals: 18,
            liquidationThreshold: .basisPoints(0), liquidationBonus: .basisPoints(10_000), protocolFee: .basisPoints(0),
            scalePartsPerMillion: 1_000)
    }
}
