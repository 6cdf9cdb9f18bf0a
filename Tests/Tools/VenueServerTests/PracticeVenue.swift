import Aave
import Domain
import MarginEngine
import Synchronization
import Testing
import Units
import VenueServer

let usdc = ReserveIndex(0)
let weth = ReserveIndex(1)
let oneETH: UInt128 = 1_000_000_000_000_000_000

/// Ten minutes with a fall after two: `victim` can be taken from then on, `safe` never.
func fallingEpisode(accounts: Int = 0) -> Episode {
    func reserve(_ index: ReserveIndex, _ name: String, _ decimals: UInt8) -> EpisodeReserve {
        EpisodeReserve(
            name: name,
            definition: ReserveDefinition(
                reserve: index, market: MarketIndex(0), decimals: decimals,
                liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(10_500),
                protocolFee: .basisPoints(1_000), scalePartsPerMillion: 2_500))
    }
    let start = Moment(nanoseconds: 1_600_000_000_000_000_000)
    func price(_ reserve: ReserveIndex, _ dollars: UInt64) -> EpisodeEvent {
        .price(reserve, Price(baseUnits: UInt128(dollars) * 100_000_000))
    }
    func account(_ name: String, _ debt: TokenAmount) -> TimedEvent {
        let legs = [Leg(weth, .collateral, 10 * oneETH), Leg(usdc, .debt, debt)]
        return TimedEvent(start, .account(EpisodeAccount(name: name, fate: .open, legs: legs)))
    }
    let pool = Pool(assetReserve: 50_000 * oneETH, cashReserve: 100_000_000_000_000, fee: .basisPoints(30))
    var events = [
        TimedEvent(start, price(usdc, 1)), TimedEvent(start, price(weth, 2_000)), TimedEvent(start, .pool(weth, pool)),
        TimedEvent(start, .gas(baseFee: GasPrice(weiPerGas: 20_000_000_000), median: .zero, high: .zero)),
        account("victim", 15_000_000_000), account("safe", 1_000_000_000),
    ]
    for number in 0..<accounts { events.append(account("crowd\(number)", 2_000_000_000)) }
    events.append(TimedEvent(start + .seconds(120), price(weth, 1_800)))
    return Episode(
        title: "synthetic fall", isSynthetic: true, marketName: "practice", rulesName: "aave-3.0",
        closeFactor: .basisPoints(5_000), flashLoanFee: .basisPoints(9), cash: usdc, native: weth,
        reserves: [reserve(usdc, "USDC", 6), reserve(weth, "WETH", 18)], start: start, end: start + .seconds(600),
        blockInterval: .seconds(12), firstBlock: BlockNumber(100), events: events)
}

let annsSecret = Array("a secret of twenty-four b".utf8)

/// A venue on a thread of its own, for as long as a test needs it.
final class PracticeVenue: Sendable {
    let endpoints: VenueEndpoints
    private let stopFlag: StopFlag
    private let outcome: Task<VenueSummary, any Error>

    private final class StopFlag: Sendable {
        let isRaised = Atomic(false)
    }

    init(_ episode: Episode = fallingEpisode(), _ change: (inout VenueOptions) -> Void = { _ in }) async throws {
        let ann = Liquidator(name: "ann", cash: 1_000_000_000_000, gasMoney: 10 * oneETH)
        var options = VenueOptions(
            episode: episode, rules: AaveRules(.v3_0), liquidators: [VenueLiquidator(ann, secret: annsSecret)])
        options.pace.warmUpMilliseconds = 50
        change(&options)
        let flag = StopFlag()
        let chosen = options
        let (stream, ready) = AsyncStream<VenueEndpoints>.makeStream()
        outcome = Task.detached {
            defer { ready.finish() }
            return try VenueServer.run(
                chosen, stop: { flag.isRaised.load(ordering: .acquiring) }, onReady: { ready.yield($0) })
        }
        stopFlag = flag
        var iterator = stream.makeAsyncIterator()
        endpoints = try #require(await iterator.next())
    }

    var port: UInt16 { endpoints.http.split(separator: ":").last.flatMap { UInt16($0) } ?? 0 }

    func stop() async throws -> VenueSummary {
        stopFlag.isRaised.store(true, ordering: .releasing)
        return try await outcome.value
    }

    /// What remains once it has played to its end.
    func finish() async throws -> VenueSummary { try await outcome.value }
}
