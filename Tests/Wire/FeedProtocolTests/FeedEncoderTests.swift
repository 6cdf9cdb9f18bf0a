import Domain
import FeedProtocol
import Testing
import Units

@Suite struct FeedEncoderTests {
    private static let definition = ReserveDefinition(
        reserve: ReserveIndex(1 as UInt16), market: MarketIndex(0 as UInt16), decimals: 18,
        liquidationThreshold: .basisPoints(8_250),
        liquidationBonus: .basisPoints(10_500), protocolFee: .zero, scalePartsPerMillion: 2_500)

    private func begin(_ encoder: inout FeedEncoder) {
        encoder.begin(
            publisher: "venue-1", stream: "prices", epoch: 1, sequence: 12,
            publishedAt: Moment(nanoseconds: 1_610_323_200_000_000_000),
            snapshot: .only)
    }

    private func writeAll(_ encoder: inout FeedEncoder) {
        encoder.market(
            "aave-v2", rules: "aave-2", closeFactor: .basisPoints(5_000), cash: "USDC", native: "WETH",
            flashLoanFee: .basisPoints(9))
        encoder.reserve("aave-v2", asset: "WETH", Self.definition)
        encoder.price("aave-v2", asset: "WETH", Price(baseUnits: 1_234_500_000_000_000_000))
        encoder.indices("aave-v2", asset: "WETH", supply: .one, borrow: Ray(Ray.one.value + 1))
        encoder.pool("aave-v2", asset: "WETH", Pool(assetReserve: 5, cashReserve: 6, fee: .basisPoints(30)))
        encoder.account("aave-v2", "0xabc", version: 3, [.init(asset: "WETH", collateral: 1, debt: 2)])
        encoder.position("aave-v2", "0xabc", version: 4, .init(asset: "WETH", debt: 9))
        encoder.gas(
            "aave-v2", baseFee: GasPrice(weiPerGas: 10), median: GasPrice(weiPerGas: 11), high: GasPrice(weiPerGas: 12))
        encoder.block("aave-v2", number: BlockNumber(123), timestamp: Moment(nanoseconds: 4))
    }

    static let golden = [
        #"{"publisher":"venue-1","stream":"prices","epoch":1,"sequence":12,"published_ns":1610323200000000000,"snapshot":"only","records":["#,
        #"{"type":"market","market":"aave-v2","rules":"aave-2","close_factor_bps":5000,"cash":"USDC","native":"WETH","flash_loan_fee_bps":9},"#,
        #"{"type":"reserve","market":"aave-v2","asset":"WETH","decimals":18,"liquidation_threshold_bps":8250,"liquidation_bonus_bps":10500,"protocol_fee_bps":0,"scale_ppm":2500},"#,
        #"{"type":"price","market":"aave-v2","asset":"WETH","price":"1234500000000000000"},"#,
        #"{"type":"indices","market":"aave-v2","asset":"WETH","supply_index":"1000000000000000000000000000","borrow_index":"1000000000000000000000000001"},"#,
        #"{"type":"pool","market":"aave-v2","asset":"WETH","asset_reserve":"5","cash_reserve":"6","fee_bps":30},"#,
        #"{"type":"account","market":"aave-v2","account":"0xabc","version":3,"positions":[{"asset":"WETH","collateral":"1","debt":"2"}]},"#,
        #"{"type":"position","market":"aave-v2","account":"0xabc","version":4,"asset":"WETH","debt":"9"},"#,
        #"{"type":"gas","market":"aave-v2","base_fee":"10","priority_fee_p50":"11","priority_fee_p90":"12"},"#,
        #"{"type":"block","market":"aave-v2","number":123,"timestamp_ns":4}]}"#,
    ]

    @Test func `the bytes of every kind of record are as published`() {
        var encoder = FeedEncoder()
        begin(&encoder)
        writeAll(&encoder)
        encoder.end()
        #expect(String(decoding: encoder.bytes, as: UTF8.self) == Self.golden.joined())
    }

    @Test func `the decoder reads what the encoder wrote`() {
        var encoder = FeedEncoder()
        begin(&encoder)
        writeAll(&encoder)
        encoder.end()
        var bench = FeedBench()
        bench.feed(body: encoder.bytes)
        let (market, weth, account) = (MarketIndex(0 as UInt16), ReserveIndex(1 as UInt16), AccountIndex(0 as UInt32))
        let state = AccountUpdate(
            account: account, market: market, kind: .state, reserve: ReserveIndex(0 as UInt16), version: 3, legs: 2)
        let position = AccountUpdate(
            account: account, market: market, kind: .position, reserve: weth, version: 4, legs: 1)
        let gas = GasUpdate(
            market: market, baseFee: GasPrice(weiPerGas: 10), priorityFeeMedian: GasPrice(weiPerGas: 11),
            priorityFeeHigh: GasPrice(weiPerGas: 12))
        #expect(
            Array(bench.inputs.dropFirst(3).dropLast(2)) == [
                .reserve(Self.definition), .price(weth, Price(baseUnits: 1_234_500_000_000_000_000)),
                .indices(weth, supply: .one, borrow: Ray(Ray.one.value + 1)),
                .pool(weth, Pool(assetReserve: 5, cashReserve: 6, fee: .basisPoints(30))),
                .accountBegins(state), .accountLeg(Leg(weth, .collateral, 1)), .accountLeg(Leg(weth, .debt, 2)),
                .accountBegins(position), .accountLeg(Leg(weth, .debt, 9)), .gas(gas),
                .block(BlockUpdate(market: market, number: BlockNumber(123), timestamp: Moment(nanoseconds: 4))),
            ])
        #expect(bench.decoder.counters.recordFaults.total == 0)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `random accounts survive the way through bytes`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bench = FeedBench.whole()
        var encoder = FeedEncoder()
        encoder.begin(publisher: "venue-1", stream: "prices", epoch: 1, sequence: 2, publishedAt: .start)
        var expected: [Input] = []
        for number in 0..<50 {
            let shift = UInt128(random.below(127))
            let amounts = [(UInt128(random.next()) << 63) >> shift, random.below(2) == 0 ? 0 : UInt128(random.next())]
            let legs = zip([Side.collateral, .debt], amounts).filter { $0.1 > 0 }.map {
                Leg(ReserveIndex(1 as UInt16), $0, $1)
            }
            let version = random.next()
            encoder.account(
                "aave-v2", "0x\(number)", version: version,
                [.init(asset: "WETH", collateral: amounts[0], debt: amounts[1])])
            let update = AccountUpdate(
                account: AccountIndex(number), market: MarketIndex(0 as UInt16), kind: .state,
                reserve: ReserveIndex(0 as UInt16),
                version: version, legs: UInt16(legs.count))
            expected += [.accountBegins(update)] + legs.map { .accountLeg($0) }
        }
        encoder.end()
        bench.feed(body: encoder.bytes)
        #expect(Array(bench.inputs) == expected, "seed \(seed)")
    }

    @Test func `ending a message when it is full keeps it within the limits, with the largest accounts`() {
        let asset = String(repeating: "a", count: 64)
        let position = FeedEncoder.Position(
            asset: asset, collateral: FeedLimits.amountMax, debt: FeedLimits.amountMax)
        var encoder = FeedEncoder()
        begin(&encoder)
        while !encoder.isFull {
            encoder.account(asset, asset, version: .max, Array(repeating: position, count: 128))
        }
        encoder.end()
        #expect(encoder.recordCount > 5)
        begin(&encoder)
        while !encoder.isFull { encoder.heartbeat() }
        encoder.end()
        #expect(encoder.recordCount == 4_096)
    }

    @Test func `a heartbeat is recognised`() {
        var bench = FeedBench.whole()
        var encoder = FeedEncoder()
        encoder.begin(publisher: "venue-1", stream: "prices", epoch: 1, sequence: 1, publishedAt: .start)
        encoder.heartbeat()
        encoder.end()
        let topic = FeedEncoder.topic(publisher: "venue-1", stream: "prices")
        let verdict = bench.feed(topic: String(decoding: topic, as: UTF8.self), body: encoder.bytes)
        #expect(verdict.outcome == .heartbeat)
    }

    @Test func `a name that would need an escape is the caller's fault`() async {
        await #expect(processExitsWith: .failure) {
            var encoder = FeedEncoder()
            encoder.price("a\"b", asset: "WETH", Price(baseUnits: 1))
        }
    }
}
