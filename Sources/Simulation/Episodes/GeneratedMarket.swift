import Domain
import MarginEngine
import Units

/// Prices, pools and gas of a generated day, minute by minute. Each reserve's oracle speaks once a minute at its own second.
struct GeneratedMarket {
    private(set) var events: [TimedEvent] = []
    /// Wei for one token, by reserve.
    private(set) var startPrices: [UInt128] = []
    private(set) var ranges: [ClosedRange<UInt128>] = []

    private static let second: Int64 = 1_000_000_000
    /// Ether in the native pool on a quiet day, and the share of it that leaves under the greatest stress.
    private static let quietDepth = 60_000.0
    private static let depthLost = 0.55
    private static let quietFeeGwei = 65.0
    private static let stressFeeGwei = 320.0
    /// The fall of a minute that alone brings full stress, and how fast stress fades.
    private static let fullStressFall = 0.02
    private static let fading = 0.93

    init(_ recipe: EpisodeRecipe, start: Moment, minutes: Int, _ random: inout SeededGenerator) {
        var noises = DemoReserve.all.map { RevertingNoise(size: $0.noise * recipe.noise) }
        let (path, dollars) = (recipe.ether, DemoReserve.all.map { recipe.dollarToken($0.name) })
        var stress = 0.0
        var before = 1.0
        var depth: UInt128 = 0
        var pools = PoolStatements(DemoReserve.episodeReserves, cash: DemoReserve.cash) { _ in 0 }
        for minute in 0...minutes {
            if minute > 0 { for index in noises.indices { noises[index].step(&random) } }
            let share = Double(minute) / Double(minutes)
            let ether = path.price(at: share) * (1 + noises[0].value)
            stress = min(1, stress * Self.fading + max(0, before - ether) / Self.fullStressFall)
            before = ether
            let moment = start + .seconds(Int64(minute) * 60)
            let prices = Self.prices(ether, noises, dollars.map { $0.price(at: share) })
            statePrices(prices, moment, isFirst: minute == 0, isLast: minute == minutes, &random)
            depth = UInt128(Self.quietDepth * (1 - Self.depthLost * stress)) * RecordedLiquidation.wei
            pools.depth = { [depth] _ in depth }
            events += pools.statements(at: moment, prices: prices, isForced: true)
            events.append(TimedEvent(moment, Self.gas(stress, &random)))
        }
    }

    /// Wei for one token of each reserve. The native token is the unit; fractions end at the twelfth decimal.
    private static func prices(_ ether: Double, _ noises: [RevertingNoise], _ pegs: [Double]) -> [UInt128] {
        let etherDollars = DemoReserve.all[0].dollars * ether
        return zip(DemoReserve.all, noises).enumerated().map { position, row in
            guard position > 0 else { return RecordedLiquidation.wei }
            let (asset, noise) = row
            let dollars = asset.dollars * (1 - asset.beta * (1 - ether)) * (1 + noise.value) * pegs[position]
            return UInt128(UInt64(dollars / etherDollars * 1e12)) * 1_000_000
        }
    }

    /// States what changed: at the start at once, later at a second of the minute that each oracle draws anew.
    private mutating func statePrices(
        _ prices: [UInt128], _ moment: Moment, isFirst: Bool, isLast: Bool, _ random: inout SeededGenerator
    ) {
        if isFirst {
            startPrices = prices
            ranges = prices.map { $0...$0 }
        }
        for (position, price) in prices.enumerated() {
            let delay = Int64(random.below(55)) * Self.second
            guard isFirst || (!isLast && price != lastPrices[position]) else { continue }
            let at = isFirst ? moment : moment + Interval(nanoseconds: delay)
            events.append(TimedEvent(at, .price(ReserveIndex(position), Price(baseUnits: price))))
            let range = ranges[position]
            ranges[position] = min(range.lowerBound, price)...max(range.upperBound, price)
        }
        lastPrices = prices
    }

    private var lastPrices: [UInt128] = []

    private static func gas(_ stress: Double, _ random: inout SeededGenerator) -> EpisodeEvent {
        let base = (quietFeeGwei + stressFeeGwei * stress) * (0.95 + 0.1 * random.fraction())
        let median = 2 + 28 * stress
        let high = 6 + 150 * stress
        return .gas(baseFee: gwei(base), median: gwei(median), high: gwei(high))
    }

    private static func gwei(_ amount: Double) -> GasPrice { GasPrice(weiPerGas: UInt64(amount * 1_000) * 1_000_000) }
}
