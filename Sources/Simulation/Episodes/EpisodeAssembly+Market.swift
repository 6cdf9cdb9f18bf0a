import Domain
import MarginEngine
import Units

extension EpisodeAssembly {
    private static let closeFactor = BasisPoints(5_000)
    private static let flashLoanFee = BasisPoints(9)
    private static let blockInterval = Interval.seconds(13)
    /// The chain's height at the first minute, within some blocks.
    private static let firstBlock = BlockNumber(11_565_090)

    /// Prices where they change, pools, and gas.
    mutating func stateMarket() {
        statePrices()
        statePools()
        stateGas()
    }

    private mutating func statePrices() {
        for position in reserves.indices {
            var last: UInt128 = 0
            for (moment, price) in zip(timeline.moments, timeline.columns[position]) where price != last {
                events.append(TimedEvent(moment, .price(ReserveIndex(position), Price(baseUnits: price))))
                last = price
            }
        }
    }

    /// A statement is forced at each event, and at the next price moment, where the event's prints may end.
    private mutating func statePools() {
        let depth = sources.depth
        var statements = PoolStatements(reserves, cash: Self.cash) { depth.wei(at: $0) }
        let atEvent = Set(placed.map(\.event.record.moment))
        var wasEvent = false
        for (index, moment) in timeline.moments.enumerated() {
            let isEvent = atEvent.contains(moment)
            events += statements.statements(
                at: moment, prices: timeline.columns.map { $0[index] }, isForced: isEvent || wasEvent)
            wasEvent = isEvent
        }
    }

    private mutating func stateGas() {
        let moments = timeline.moments
        var last: GasSeries.Level?
        let within = sources.gas.boundaries.filter { $0 > moments[0] && $0 < moments[moments.count - 1] }
        for moment in [moments[0]] + within {
            let level = sources.gas.level(at: moment)
            guard level != last else { continue }
            last = level
            events.append(TimedEvent(moment, .gas(baseFee: level.baseFee, median: level.median, high: level.high)))
        }
    }

    /// The episode with its events in order, and the report.
    func finished() -> (Episode, ImportReport) {
        let moments = timeline.moments
        let episode = Episode(
            title: "Aave v2 on Ethereum, January 2021: recorded prices and liquidations", isSynthetic: false,
            marketName: "aave-v2", rulesName: "aave-2", closeFactor: Self.closeFactor, flashLoanFee: Self.flashLoanFee,
            cash: Self.cash, native: Self.native, reserves: reserves, start: moments[0],
            end: moments[moments.count - 1] + Self.blockInterval, blockInterval: Self.blockInterval,
            firstBlock: Self.firstBlock, events: EpisodeOrder.sorted(events))
        var report = report
        report.assumptions = Self.assumptions
        return (episode, report)
    }

    private static let assumptions = [
        "Accounts are derived from the liquidation events: debt twice what was repaid, collateral for a health factor of 0.999.",
        "An account opens once it stays at or above a health factor of 1 until its event; if there is no such moment, with its event.",
        "Events of one user are separate accounts.",
        "Dollar tokens follow the ether price of the perpetual's minute series; a recorded print holds until the next minute.",
        "Other tokens step from print to print of the usable events; the first print holds from the start.",
        "Prints of unusable events are not published.",
        "Gas: the 30th percentile is the base fee, the 60th and 90th less the 30th are the tips; outside the two recorded days the first row holds.",
        "Depth of WETH: the recorded DAI/WETH pair's ether; its windows begin at 08:00 UTC, the first value is carried back, each value forward.",
        "Depth of other volatile tokens: 30 % of WETH's by value, fee 30 basis points; all pools are restated at the oracle's price.",
        "Depth of dollar tokens: 200 million tokens, fee 5 basis points.",
        "Reserve parameters are those of the parameter file throughout, bonuses and thresholds of a later day.",
        "Interest does not accrue: indices stay at 1.",
    ]
}
