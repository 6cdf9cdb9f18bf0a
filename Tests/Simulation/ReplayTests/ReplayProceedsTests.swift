import Aave
import Domain
import FeedProtocol
import Replay
import Testing
import Units

/// From bytes of the feed to bids: what `[proceeds]` says of an asset.
@Suite struct ReplayProceedsTests {
    private static let ether: TokenAmount = 1_000_000_000_000_000_000
    private let market = "aave-v3"

    private func run(_ uses: [NamedUse], cash: Int128 = 0) -> (ReplayReport, [String], [Int]) {
        var settings = ReplaySettings(ruleNames: AaveRules.names, rules: AaveRules.all)
        settings.gasMoney = 1_000_000_000_000_000_000_000
        settings.cash = Cash(units: cash)
        settings.uses = uses
        var lines: [String] = []
        var run = ReplayRun(
            settings,
            log: DecisionLog { span in lines.append(span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }) })
        for (number, records) in [snapshot, crash].enumerated() {
            var encoder = FeedEncoder()
            encoder.begin(
                publisher: "venue-1", stream: "all", epoch: 1, sequence: UInt64(number + 1),
                publishedAt: Moment(nanoseconds: Int64(number + 1)), snapshot: number == 0 ? .only : nil)
            records(&encoder)
            encoder.end()
            let topic = FeedEncoder.topic(publisher: "venue-1", stream: "all")
            run.step(
                topic: topic.span.bytes, body: encoder.bytes.span.bytes, at: Moment(nanoseconds: Int64(number + 1)))
        }
        run.finish()
        return (run.report, lines, run.unknownUses.map(\.position))
    }

    private func reserve(_ name: String, decimals: UInt8, _ encoder: inout FeedEncoder) {
        encoder.reserve(
            market, asset: name,
            ReserveDefinition(
                reserve: ReserveIndex(0), market: MarketIndex(0), decimals: decimals,
                liquidationThreshold: .basisPoints(8_250), liquidationBonus: .basisPoints(10_500), protocolFee: .zero,
                scalePartsPerMillion: 2_500))
    }

    private func snapshot(_ encoder: inout FeedEncoder) {
        encoder.market(
            market, rules: AaveRules.names.last ?? "", closeFactor: .basisPoints(5_000), cash: "USDC", native: "WETH",
            flashLoanFee: .basisPoints(9))
        reserve("USDC", decimals: 6, &encoder)
        reserve("WETH", decimals: 18, &encoder)
        encoder.price(market, asset: "USDC", Price(baseUnits: 1_00000000))
        encoder.price(market, asset: "WETH", Price(baseUnits: 2_000_00000000))
        encoder.pool(
            market, asset: "WETH",
            Pool(assetReserve: 100 * Self.ether, cashReserve: 190_000_000_000, fee: .basisPoints(30)))
        encoder.depth(
            market, asset: "WETH", against: "USDC", venue: "exchange", .book(feePips: 0),
            [.bid(price: 2_100_000_000, size: 2 * Self.ether)])
        encoder.depth(
            market, asset: "WETH", against: "USDC", venue: "pool",
            .pool(asset: 1_000 * Self.ether, against: 2_050_000_000_000, fee: .basisPoints(30)))
        encoder.gas(market, baseFee: GasPrice(weiPerGas: 20_000_000_000), median: .zero, high: .zero)
        encoder.block(market, number: BlockNumber(1), timestamp: Moment(nanoseconds: 1))
        encoder.account(
            market, "a", version: 1,
            [.init(asset: "WETH", collateral: 10 * Self.ether), .init(asset: "USDC", debt: 16_000_000_000)])
    }

    private func crash(_ encoder: inout FeedEncoder) {
        encoder.price(market, asset: "WETH", Price(baseUnits: 1_900_00000000))
    }

    private func proceeds(_ lines: [String]) throws -> UInt128 {
        let line = try #require(lines.first { $0.contains("\"proceeds\"") })
        let tail = line.components(after: "\"proceeds\":\"")
        return try #require(UInt128(tail.prefix { $0.isNumber }))
    }

    @Test func `the same tape brings more where it is said to be sold in streamed depth`() throws {
        let (report, own, _) = run([])
        let (_, streamed, unknown) = run([NamedUse(market: market, asset: "WETH", use: .depth)])
        #expect(report.intents == 1 && report.recordFaults == 0)
        #expect(unknown == [])
        #expect(try proceeds(streamed) > proceeds(own))
    }

    @Test func `what is kept counts at the oracle's price less the haircut`() throws {
        let keeping = AssetUse.Keeping(haircut: .basisPoints(100), heldMax: 5 * Self.ether)
        let (report, lines, _) = run(
            [NamedUse(market: market, asset: "WETH", use: .keep(keeping))], cash: 50_000_000_000)
        #expect(report.intents == 1)
        // 8 000 / 1 900 WETH with 5 % on top, at 1 900 less one per cent.
        #expect(try proceeds(lines) == 8_315_999_999)
    }

    @Test func `an asset that the tape does not have is known after it`() {
        let (_, _, unknown) = run([NamedUse(market: market, asset: "WETHH", use: .depth)])
        #expect(unknown == [0])
    }
}

extension String {
    /// What follows a text; nothing where it is not there.
    fileprivate func components(after text: String) -> Substring {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(text) { return rest.dropFirst(text.count) }
            rest = rest.dropFirst()
        }
        return rest
    }
}
