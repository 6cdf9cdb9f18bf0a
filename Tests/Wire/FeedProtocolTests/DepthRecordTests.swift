import Domain
import FeedProtocol
import Testing
import Units

@Suite struct DepthRecordTests {
    private let usdc = ReserveIndex(0 as UInt16)
    private let weth = ReserveIndex(1 as UInt16)

    private func bench(_ record: String) -> FeedBench {
        var bench = FeedBench.whole()
        bench.feed(
            #"{"type":"depth","market":"aave-v2","asset":"WETH","against":"USDC","venue":"v",\#(record)}"#, sequence: 2)
        return bench
    }

    private func read(_ record: String) -> [Input] { Array(bench(record).inputs) }

    /// The key that the record was refused for; `nil` when it was taken.
    private func key(_ record: String) -> String? {
        let problem = bench(record).decoder.lastRecordFault
        guard let problem, problem.kind == .depth else { return nil }
        return problem.key.map { "\($0)" }
    }

    private func head(_ form: DepthUpdate.Form, rows: UInt16 = 0) -> Input {
        .depthBegins(
            DepthUpdate(asset: weth, against: usdc, venue: TradingVenueIndex(0 as UInt8), form: form, rows: rows))
    }

    private static let pool = #""model":"pool","asset_reserve":"5","against_reserve":6,"fee_bps":30"#
    // A price of one for one, 2^96, and the greatest 160-bit root there is.
    private static let concentrated =
        #""model":"concentrated","root_price":"79228162514264337593543950336","tick":0,"liquidity":"100","fee_pips":3000,"spacing":60,"asset_token":0,"ticks":[{"tick":-600,"net":"100"},{"tick":600,"net":-100}]"#
    private static let book =
        #""model":"book","fee_pips":500,"bids":[{"price":"99","size":"1"},{"price":98,"size":2}],"asks":[{"price":"101","size":"3"}]"#

    @Test func `a pool has two reserves and a fee`() {
        #expect(read(Self.pool) == [head(.pool(asset: 5, against: 6, fee: .basisPoints(30)))])
    }

    @Test func `a concentrated pool comes with its ticks`() {
        let form = ConcentratedForm(
            rootPrice: UInt256(high: 0, low: 1 << 96), tick: 0, liquidity: 100, feePips: 3_000, spacing: 60,
            assetIsToken0: true)
        #expect(
            read(Self.concentrated) == [
                head(.concentrated(form), rows: 2), .depthRow(.tick(-600, net: 100)),
                .depthRow(.tick(600, net: -100)),
            ])
    }

    @Test func `a root of a price has up to 49 digits`() throws {
        // The least root of tick 887 271, and nothing in range there.
        let root = "1461373636630004318706518188784493106690254656249"
        let text = Self.concentrated.replacing("79228162514264337593543950336", with: root)
            .replacing(#""tick":0,"liquidity":"100""#, with: #""tick":887271,"liquidity":"0""#)
        guard case .depthBegins(let update) = read(text).first, case .concentrated(let form) = update.form else {
            Issue.record("not taken: \(key(text) ?? "")")
            return
        }
        #expect("\(form.rootPrice)" == root)
    }

    @Test func `a book has bids and asks, best first`() {
        #expect(
            read(Self.book) == [
                head(.book(feePips: 500), rows: 3), .depthRow(.bid(price: 99, size: 1)),
                .depthRow(.bid(price: 98, size: 2)), .depthRow(.ask(price: 101, size: 3)),
            ])
    }

    @Test func `a venue is taken back`() { #expect(read(#""model":"none""#) == [head(.none)]) }

    /// A change to a good record, and the key that it is refused for.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let good: String
        let from: String
        let to: String
        let key: String
        var testDescription: String { "\(from) as \(to)" }
    }

    static let wrong = [
        Wrong(good: pool, from: "pool", to: "pools", key: "model"),
        Wrong(good: pool, from: #""5""#, to: #""0""#, key: "asset_reserve"),
        Wrong(good: pool, from: "6", to: "-6", key: "against_reserve"),
        Wrong(good: pool, from: "30", to: "10000", key: "fee_bps"),
        Wrong(good: concentrated, from: #""tick":0"#, to: #""tick":1"#, key: "root_price"),
        Wrong(good: concentrated, from: #""tick":0"#, to: #""tick":887273"#, key: "tick"),
        Wrong(good: concentrated, from: "79228162514264337593543950336", to: "x", key: "root_price"),
        Wrong(
            good: concentrated, from: "79228162514264337593543950336", to: String(repeating: "9", count: 50),
            key: "root_price"),
        Wrong(good: concentrated, from: #""liquidity":"100""#, to: #""liquidity":"99""#, key: "liquidity"),
        Wrong(good: concentrated, from: "3000", to: "1000000", key: "fee_pips"),
        Wrong(good: concentrated, from: #""spacing":60"#, to: #""spacing":0"#, key: "spacing"),
        Wrong(good: concentrated, from: #""asset_token":0"#, to: #""asset_token":2"#, key: "asset_token"),
        Wrong(good: concentrated, from: "-600", to: "-601", key: "ticks"),
        Wrong(good: concentrated, from: #""net":"100""#, to: #""net":"-100""#, key: "ticks"),
        Wrong(good: concentrated, from: #""net":-100"#, to: #""net":-99"#, key: "ticks"),
        Wrong(good: concentrated, from: #""net":-100"#, to: #""net":1.5"#, key: "net"),
        Wrong(good: book, from: "500", to: "1000000", key: "fee_pips"),
        Wrong(good: book, from: "98", to: "99", key: "bids"),
        Wrong(good: book, from: "101", to: "99", key: "asks"),
        Wrong(good: book, from: #""size":2"#, to: #""size":0"#, key: "size"),
        Wrong(good: book, from: #""price":98"#, to: #""prize":98"#, key: "price"),
        Wrong(good: book, from: #"[{"price":"101","size":"3"}]"#, to: "{}", key: "asks"),
    ]

    @Test(arguments: wrong) func `what cannot be breaks the stream and names its key`(_ wrong: Wrong) {
        let text = wrong.good.replacing(wrong.from, with: wrong.to, maxReplacements: 1)
        #expect(read(text) == [.stream(.broken)])
        #expect(key(text) == wrong.key)
    }

    @Test func `ticks and levels have bounds`() {
        let ticks = (0..<513).map { #"{"tick":\#($0 * 60),"net":"0"}"# }.joined(separator: ",")
        let list = #"[{"tick":-600,"net":"100"},{"tick":600,"net":-100}]"#
        #expect(key(Self.concentrated.replacing(list, with: "[\(ticks)]")) == "ticks")
        let bids = (0..<257).map { #"{"price":\#(1_000 - $0),"size":1}"# }.joined(separator: ",")
        #expect(key(Self.book.replacing(#"{"price":"99","size":"1"},{"price":98,"size":2}"#, with: bids)) == "bids")
    }

    @Test func `an asset that nobody defined leaves the stream whole, and against itself it breaks it`() {
        var bench = FeedBench.whole()
        let record = #"{"type":"depth","market":"aave-v2","asset":"DAI","against":"USDC","venue":"v",\#(Self.pool)}"#
        bench.feed(record, sequence: 2)
        #expect(bench.inputs == [])
        bench.feed(record.replacing("DAI", with: "USDC"), sequence: 3)
        #expect(bench.inputs == [.stream(.broken)])
    }

    @Test func `the decoder reads what the encoder wrote of every form`() {
        let forms: [(DepthUpdate.Form, ContiguousArray<DepthRow>)] = [
            (.none, []), (.pool(asset: 5, against: 6, fee: .basisPoints(30)), []),
            (
                .concentrated(
                    ConcentratedForm(
                        rootPrice: UInt256(high: 0, low: 1 << 96), tick: 0, liquidity: 7, feePips: 500, spacing: 10,
                        assetIsToken0: false)), [.tick(-10, net: 7), .tick(10, net: -7)]
            ), (.book(feePips: 3), [.bid(price: 9, size: 8), .ask(price: 10, size: 7)]),
        ]
        for (form, rows) in forms {
            var encoder = FeedEncoder()
            encoder.begin(
                publisher: "venue-1", stream: "prices", epoch: 1, sequence: 2, publishedAt: Moment(nanoseconds: 7))
            encoder.depth("aave-v2", asset: "WETH", against: "USDC", venue: "v", form, rows)
            encoder.end()
            var bench = FeedBench.whole()
            bench.feed(body: encoder.bytes)
            #expect(Array(bench.inputs) == [head(form, rows: UInt16(rows.count))] + rows.map { .depthRow($0) })
        }
    }

    @Test func `the bytes of a statement are as published`() {
        var encoder = FeedEncoder()
        encoder.begin(
            publisher: "venue-1", stream: "prices", epoch: 1, sequence: 2, publishedAt: Moment(nanoseconds: 7))
        encoder.depth(
            "m", asset: "A", against: "C", venue: "v", .book(feePips: 3),
            [.bid(price: 9, size: 8), .ask(price: 10, size: 7)])
        encoder.end()
        #expect(
            String(decoding: encoder.bytes, as: UTF8.self)
                == #"{"publisher":"venue-1","stream":"prices","epoch":1,"sequence":2,"published_ns":7,"records":[{"type":"depth","market":"m","asset":"A","against":"C","venue":"v","model":"book","fee_pips":3,"bids":[{"price":"9","size":"8"}],"asks":[{"price":"10","size":"7"}]}]}"#
        )
    }

    @Test func `a gas record may carry a rollup's prices, whole or not at all`() {
        let gas =
            #"{"type":"gas","market":"aave-v2","base_fee":1,"priority_fee_p50":2,"priority_fee_p90":3,"l1_rule":"fjord","l1_base_fee":"4","l1_blob_base_fee":5,"l1_base_fee_scalar":6,"l1_blob_base_fee_scalar":7}"#
        var bench = FeedBench.whole()
        bench.feed(gas, sequence: 2)
        let prices = RollupPrices(
            rule: .fjord, baseFee: 4, blobBaseFee: 5, baseFeeScalar: 6, blobBaseFeeScalar: 7)
        #expect(
            bench.inputs == [
                .gas(
                    GasUpdate(
                        market: MarketIndex(0 as UInt16), baseFee: GasPrice(weiPerGas: 1),
                        priorityFeeMedian: GasPrice(weiPerGas: 2), priorityFeeHigh: GasPrice(weiPerGas: 3),
                        rollup: prices))
            ])
        for (from, to) in [("fjord", "granite"), (#""l1_base_fee":"4","#, ""), (":6,", ":4294967296,")] {
            var wrong = FeedBench.whole()
            wrong.feed(gas.replacing(from, with: to), sequence: 2)
            #expect(wrong.inputs == [.stream(.broken)])
        }
    }

    @Test func `what is configured of an asset is told with its first definition only`() {
        let use = NamedUse(market: "aave-v2", asset: "WETH", use: .depth)
        let misspelt = NamedUse(market: "aave-v2", asset: "WETHH", use: .depth)
        var decoder = FeedDecoder(rules: ["aave-2"], uses: [use, misspelt])
        var inputs: ContiguousArray<Input> = []
        for sequence in 1...2 as ClosedRange<UInt64> {
            let body = FeedBench.body(FeedBench.definitions, sequence: sequence, snapshot: "only")
            _ = decoder.decode(topic: Array("venue-1.prices".utf8).span.bytes, body: body.span.bytes, into: &inputs)
        }
        #expect(inputs.filter { $0 == .use(weth, .depth) }.count == 1)
        let unknown = decoder.unknownUses()
        #expect(unknown.map(\.position) == [1])
        #expect(unknown.first?.assets == ["USDC", "WETH"])
    }
}
