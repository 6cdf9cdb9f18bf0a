import Aave
import Domain
import Glibc
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

/// A venue on a thread of its own, for as long as a test needs it. Not a task: it blocks, and the pool of the tasks has
/// as few threads as the machine has cores.
final class PracticeVenue {
    let endpoints: VenueEndpoints
    private let stage: Stage
    private let thread: pthread_t

    /// What the two threads share.
    private final class Stage: Sendable {
        let options: VenueOptions
        let isStopped = Atomic(false)
        let endpoints = Mutex<VenueEndpoints?>(nil)
        let outcome = Mutex<Result<VenueSummary, VenueServerError>?>(nil)

        init(_ options: VenueOptions) { self.options = options }

        func run() {
            let result = Result { () throws(VenueServerError) in
                try VenueServer.run(
                    options, stop: { self.isStopped.load(ordering: .acquiring) },
                    onReady: { ready in endpoints.withLock { $0 = ready } })
            }
            outcome.withLock { $0 = result }
        }
    }

    init(_ episode: Episode = fallingEpisode(), _ change: (inout VenueOptions) -> Void = { _ in }) throws {
        let ann = Liquidator(name: "ann", cash: 1_000_000_000_000, gasMoney: 10 * oneETH)
        var options = VenueOptions(
            episode: episode, rules: AaveRules(.v3_0), liquidators: [VenueLiquidator(ann, secret: annsSecret)])
        options.pace.warmUpMilliseconds = 50
        // Long enough for a slow machine; a test ends it when it has seen enough.
        options.pace.lingerMilliseconds = 30_000
        change(&options)
        let stage = Stage(options)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Stage>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(stage).toOpaque())
        try #require(code == 0)
        self.stage = stage
        self.thread = thread
        endpoints = try Self.endpoints(of: stage)
    }

    /// A test that failed midway leaves no venue behind.
    deinit { stage.isStopped.store(true, ordering: .releasing) }

    private static func endpoints(of stage: Stage) throws -> VenueEndpoints {
        for _ in 0..<1_000 {
            if let endpoints = stage.endpoints.withLock({ $0 }) { return endpoints }
            usleep(5_000)
        }
        return try #require(nil, "the venue does not start")
    }

    var port: UInt16 { endpoints.http.split(separator: ":").last.flatMap { UInt16($0) } ?? 0 }

    /// Ends it before its time. Once.
    func stop() throws -> VenueSummary {
        stage.isStopped.store(true, ordering: .releasing)
        return try finish()
    }

    /// What remains once it has played to its end. Once.
    func finish() throws -> VenueSummary {
        pthread_join(thread, nil)
        return try #require(stage.outcome.withLock { $0 }).get()
    }
}
