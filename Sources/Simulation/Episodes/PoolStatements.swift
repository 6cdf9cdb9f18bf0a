import Domain
import MarginEngine
import Units

/// What each pool holds, restated as the oracle moves: the pool's price is the oracle's at every statement.
///
/// How deep is an assumption but for the native token, whose depth is recorded: other volatile tokens have a share of its value,
/// dollar tokens a fixed depth. The token's side is stated, the cash side follows from the price.
struct PoolStatements {
    /// Of the native pool's depth, what another volatile token's pool has.
    static let volatileShare = BasisPoints(3_000)
    /// Whole tokens in the pool of a dollar token.
    static let dollarDepth: UInt128 = 200_000_000
    static let volatileFee = BasisPoints(30)
    static let dollarFee = BasisPoints(5)
    /// A statement is due after this time, or once any price has moved by more than `moveMax` since the last one.
    static let interval = Interval.seconds(600)
    static let moveMax = BasisPoints(50)

    private let reserves: [EpisodeReserve]
    private let cash: ReserveIndex
    /// How much native token its pool holds at a moment, in its smallest unit.
    var depth: (Moment) -> UInt128
    private var lastMoment: Moment?
    private var lastPrices: [UInt128] = []
    private var lastPools: [Pool?]

    init(_ reserves: [EpisodeReserve], cash: ReserveIndex, depth: @escaping (Moment) -> UInt128) {
        self.reserves = reserves
        self.cash = cash
        self.depth = depth
        lastPools = [Pool?](repeating: nil, count: reserves.count)
    }

    /// The pools to state at a moment, given every reserve's price then: none while no statement is due.
    mutating func statements(at moment: Moment, prices: [UInt128], isForced: Bool) -> [TimedEvent] {
        guard isForced || isDue(moment, prices) else { return [] }
        lastMoment = moment
        lastPrices = prices
        let native = depth(moment)
        return reserves.indices.filter { $0 != cash.position }.compactMap { position in
            let pool = pool(position, native, prices)
            guard pool != lastPools[position] else { return nil }
            lastPools[position] = pool
            return TimedEvent(moment, .pool(ReserveIndex(position), pool))
        }
    }

    private func isDue(_ moment: Moment, _ prices: [UInt128]) -> Bool {
        guard let lastMoment, moment - lastMoment < Self.interval else { return true }
        return zip(prices, lastPrices).contains { now, then in
            max(now, then) - min(now, then) > Self.moveMax.share(of: then)
        }
    }

    private func pool(_ position: Int, _ native: UInt128, _ prices: [UInt128]) -> Pool {
        let name = reserves[position].name
        let unit = UInt256(Decimals.powerOfTen(reserves[position].definition.decimals))
        let cashUnit = UInt256(Decimals.powerOfTen(reserves[cash.position].definition.decimals))
        let isDollar = PriceTimeline.dollarTokens.contains(name)
        let wei = name == RecordedLiquidation.native ? native : Self.volatileShare.share(of: native)
        let asset =
            isDollar
            ? UInt256(Self.dollarDepth) * unit
            : (UInt256(wei) * unit).dividedRoundingDown(by: UInt256(prices[position]))
        let worth = (asset * UInt256(prices[position])).dividedRoundingDown(by: unit)
        let money = (worth * cashUnit).dividedRoundingDown(by: UInt256(prices[cash.position]))
        guard let assetReserve = asset.asUInt128, let cashReserve = money.asUInt128 else {
            preconditionFailure("Invariant: a pool's reserves fit 128 bits")
        }
        return Pool(
            assetReserve: assetReserve, cashReserve: cashReserve, fee: isDollar ? Self.dollarFee : Self.volatileFee)
    }
}
