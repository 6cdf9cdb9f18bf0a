import Domain
import FeedProtocol
import Testing
import Units

@Suite struct FeedDecoderTests {
    @Test func `a first snapshot breaks, begins, defines, ends and makes whole, in that order`() {
        var bench = FeedBench()
        let verdict = bench.feed(FeedBench.definitions, sequence: 1, snapshot: "only")
        #expect(verdict.outcome == .applied)
        #expect(verdict.stream == StreamIndex(0 as UInt8))
        #expect(verdict.publishedAt == Moment(nanoseconds: 7))
        #expect(bench.inputs.count == 7)
        #expect(bench.inputs.first == .stream(.broken))
        #expect(bench.inputs[1] == .snapshotBegins(StreamIndex(0 as UInt8)))
        #expect(bench.inputs[5] == .snapshotEnds(StreamIndex(0 as UInt8)))
        #expect(bench.inputs.last == .stream(.whole))
    }

    @Test func `the market's assets are numbered in order of first mention`() {
        let bench = FeedBench.whole()
        let market = MarketIndex(0 as UInt16)
        #expect(
            bench.inputs[2]
                == .market(
                    MarketDefinition(
                        market: market, rules: RulesIndex(0 as UInt8), closeFactor: .basisPoints(5_000),
                        cash: ReserveIndex(0 as UInt16),
                        native: ReserveIndex(1 as UInt16), flashLoanFee: .basisPoints(9))))
        #expect(bench.decoder.directory.name(of: ReserveIndex(0 as UInt16)) == "USDC")
        #expect(bench.decoder.directory.reserve(named: "WETH", in: market) == ReserveIndex(1 as UInt16))
        #expect(bench.decoder.directory.name(of: StreamIndex(0 as UInt8)) == "venue-1.prices")
    }

    @Test func `a price may be a string or an integer, with its type last`() {
        var bench = FeedBench.whole()
        bench.feed(
            #"{"market":"aave-v2","asset":"WETH","price":"1234500000000000000","type":"price"},{"type":"price","market":"aave-v2","asset":"USDC","price":18446744073709551615}"#,
            sequence: 2)
        #expect(
            Array(bench.inputs) == [
                .price(ReserveIndex(1 as UInt16), Price(baseUnits: 1_234_500_000_000_000_000)),
                .price(ReserveIndex(0 as UInt16), Price(baseUnits: 18_446_744_073_709_551_615)),
            ])
    }

    static let badNumbers = [
        "1.5", "1e3", "-1", "\"-1\"", "\"+1\"", "\"\"", "\" 1\"", "\"1.0\"", "\"0x10\"", "\"1e3\"", "null", "true",
        "[1]", "\"NaN\"",
        "0", "\"0\"", "\"170141183460469231731687303715884105728\"", "\"1000000000000000000000000000000000000000\"",
    ]

    @Test(arguments: badNumbers)
    func `a price that is no positive integer below 2 to the 127 is dropped and breaks its stream`(text: String) {
        var bench = FeedBench.whole()
        let verdict = bench.feed(#"{"type":"price","market":"aave-v2","asset":"WETH","price":\#(text)}"#, sequence: 2)
        #expect(verdict.outcome == .applied)
        #expect(Array(bench.inputs) == [.stream(.broken)])
        #expect(bench.decoder.counters.recordFaults[.badNumber] == 1)
    }

    @Test func `the largest price is accepted`() {
        var bench = FeedBench.whole()
        bench.feed(
            #"{"type":"price","market":"aave-v2","asset":"WETH","price":"170141183460469231731687303715884105727"}"#,
            sequence: 2)
        #expect(Array(bench.inputs) == [.price(ReserveIndex(1 as UInt16), Price(baseUnits: UInt128(Int128.max)))])
    }

    /// A record that is dropped, its reason, and whether the stream survives.
    struct Dropped: Sendable, CustomTestStringConvertible {
        let record: String
        let fault: RecordFault
        var isHarmless = false
        var testDescription: String { "\(fault): \(record.prefix(60))" }
    }

    static let dropped = [
        Dropped(record: "7", fault: .notAnObject),
        Dropped(record: "{}", fault: .notAnObject),
        Dropped(record: #"{"type":"oracle"}"#, fault: .unknownType, isHarmless: true),
        Dropped(record: #"{"type":"heartbeat"},{"type":"heartbeat"}"#, fault: .misplacedHeartbeat),
        Dropped(record: #"{"type":"price","asset":"WETH","price":1}"#, fault: .badMarket),
        Dropped(record: #"{"type":"price","market":"a b","asset":"WETH","price":1}"#, fault: .badMarket),
        Dropped(record: #"{"type":"price","market":"none","asset":"WETH","price":1}"#, fault: .unknownMarket),
        Dropped(
            record: #"{"type":"price","market":"aave-v2","asset":"DAI","price":1}"#, fault: .unknownAsset,
            isHarmless: true),
        Dropped(record: #"{"type":"price","market":"aave-v2","asset":"","price":1}"#, fault: .badAsset),
        Dropped(
            record:
                #"{"type":"pool","market":"aave-v2","asset":"DAI","asset_reserve":1,"cash_reserve":1,"fee_bps":30}"#,
            fault: .unknownAsset, isHarmless: true),
        Dropped(
            record:
                #"{"type":"pool","market":"aave-v2","asset":"WETH","asset_reserve":0,"cash_reserve":1,"fee_bps":30}"#,
            fault: .badNumber),
        Dropped(
            record:
                #"{"type":"pool","market":"aave-v2","asset":"WETH","asset_reserve":1,"cash_reserve":1,"fee_bps":10001}"#,
            fault: .badNumber),
        Dropped(record: #"{"type":"indices","market":"aave-v2","asset":"DAI"}"#, fault: .unknownAsset),
        Dropped(
            record:
                #"{"type":"indices","market":"aave-v2","asset":"WETH","supply_index":"0","borrow_index":"1000000000000000000000000000"}"#,
            fault: .badNumber),
        Dropped(
            record:
                #"{"type":"indices","market":"aave-v2","asset":"WETH","supply_index":"1000000000000000000000000000","borrow_index":"1000000000000000000000000000000000001"}"#,
            fault: .badNumber),
        Dropped(record: #"{"type":"gas","market":"aave-v2","base_fee":"1","priority_fee_p50":"1"}"#, fault: .badNumber),
        Dropped(
            record:
                #"{"type":"gas","market":"aave-v2","base_fee":"18446744073709551616","priority_fee_p50":"1","priority_fee_p90":"1"}"#,
            fault: .badNumber),
        Dropped(
            record: #"{"type":"block","market":"aave-v2","number":1,"timestamp_ns":9223372036854775808}"#,
            fault: .badNumber),
        Dropped(record: #"{"type":"account","market":"aave-v2","version":1,"positions":[]}"#, fault: .badAccount),
        Dropped(
            record: #"{"type":"account","market":"aave-v2","account":"a\nb","version":1,"positions":[]}"#,
            fault: .badAccount),
        Dropped(
            record:
                #"{"type":"account","market":"aave-v2","account":"\#(String(repeating: "x", count: 65))","version":1,"positions":[]}"#,
            fault: .badAccount),
        Dropped(
            record:
                #"{"type":"market","market":"m2","rules":"none","close_factor_bps":1,"cash":"A","native":"B","flash_loan_fee_bps":0}"#,
            fault: .unknownRules),
        Dropped(
            record:
                #"{"type":"market","market":"m2","rules":"aave-2","close_factor_bps":10001,"cash":"A","native":"B","flash_loan_fee_bps":0}"#,
            fault: .badNumber),
        Dropped(
            record:
                #"{"type":"reserve","market":"aave-v2","asset":"DAI","decimals":0,"liquidation_threshold_bps":1,"liquidation_bonus_bps":10500,"protocol_fee_bps":0,"scale_ppm":1}"#,
            fault: .badNumber),
        Dropped(
            record:
                #"{"type":"reserve","market":"aave-v2","asset":"DAI","decimals":37,"liquidation_threshold_bps":1,"liquidation_bonus_bps":10500,"protocol_fee_bps":0,"scale_ppm":1}"#,
            fault: .badNumber),
        Dropped(
            record:
                #"{"type":"reserve","market":"aave-v2","asset":"DAI","decimals":18,"liquidation_threshold_bps":1,"liquidation_bonus_bps":0,"protocol_fee_bps":0,"scale_ppm":1}"#,
            fault: .badNumber),
        Dropped(
            record:
                #"{"type":"reserve","market":"aave-v2","asset":"DAI","decimals":18,"liquidation_threshold_bps":0,"liquidation_bonus_bps":9999,"protocol_fee_bps":0,"scale_ppm":1}"#,
            fault: .badNumber),
        Dropped(
            record:
                #"{"type":"reserve","market":"aave-v2","asset":"DAI","decimals":18,"liquidation_threshold_bps":0,"liquidation_bonus_bps":0,"protocol_fee_bps":0,"scale_ppm":0}"#,
            fault: .badNumber),
    ]

    @Test(arguments: dropped)
    func `a dropped record is counted and breaks the stream unless the core sees that something is missing`(
        row: Dropped
    ) {
        var bench = FeedBench.whole()
        bench.feed(row.record, sequence: 2)
        #expect(Array(bench.inputs) == (row.isHarmless ? [] : [.stream(.broken)]))
        #expect(bench.decoder.counters.recordFaults[row.fault] == bench.decoder.counters.recordFaults.total)
        #expect(bench.decoder.counters.recordFaults.total >= 1)
    }

    @Test func `the break is announced where the record was lost, and the rest still applies`() {
        var bench = FeedBench.whole()
        let price = #"{"type":"price","market":"aave-v2","asset":"WETH","price":5}"#
        bench.feed("\(price),7,\(price)", sequence: 2)
        let input = Input.price(ReserveIndex(1 as UInt16), Price(baseUnits: 5))
        #expect(Array(bench.inputs) == [input, .stream(.broken), input])
    }

    /// A body that is refused as a whole.
    struct Refused: Sendable, CustomTestStringConvertible {
        var topic = "venue-1.prices"
        let body: String
        let fault: FeedFault
        var testDescription: String { "\(fault): \(topic.prefix(40)) \(body.prefix(60))" }
    }

    private static func text(_ replaced: String, by new: String) -> String {
        let body =
            #"{"publisher":"venue-1","stream":"prices","epoch":1,"sequence":1,"published_ns":7,"snapshot":"only","records":[]}"#
        precondition(body.contains(replaced), "Condition: the case changes the body")
        return body.replacing(replaced, with: new)
    }

    static let refused = [
        Refused(topic: String(repeating: "t", count: 33), body: text("1", by: "1"), fault: .topicTooLong),
        Refused(body: String(repeating: " ", count: 256 * 1024 + 1), fault: .bodyTooLong),
        Refused(body: "", fault: .notJSON), Refused(body: "{", fault: .notJSON),
        Refused(body: "\u{0}", fault: .notJSON),
        Refused(body: text("[]", by: "[18446744073709551616]"), fault: .notJSON),
        Refused(
            body: text("[]", by: String(repeating: "[", count: 17) + String(repeating: "]", count: 17)), fault: .tooDeep
        ),
        Refused(
            body: text("[]", by: String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)),
            fault: .tooDeep),
        Refused(body: text("[]", by: "[[" + String(repeating: "1,", count: 70_000) + "1]]"), fault: .tooManyTokens),
        Refused(body: text("[]", by: "[" + String(repeating: "1,", count: 4_096) + "1]"), fault: .tooManyRecords),
        Refused(body: "[]", fault: .envelopeNotAnObject),
        Refused(body: text("\"venue-1\"", by: "1"), fault: .badPublisher),
        Refused(body: text("venue-1", by: "venue.1"), fault: .badPublisher),
        Refused(body: text("\"prices\"", by: "\"\""), fault: .badStream),
        Refused(body: text("venue-1", by: "venue-2"), fault: .topicMismatch),
        Refused(topic: "venue-1.price", body: text("1", by: "1"), fault: .topicMismatch),
        Refused(topic: "", body: text("1", by: "1"), fault: .topicMismatch),
        Refused(body: text("\"epoch\":1", by: "\"epoch\":-1"), fault: .badEpoch),
        Refused(body: text("\"sequence\":1", by: "\"sequence\":0"), fault: .badSequence),
        Refused(body: text("\"sequence\":1", by: "\"sequence\":1.0"), fault: .badSequence),
        Refused(body: text("\"published_ns\":7", by: "\"published_ns\":9223372036854775808"), fault: .badPublishTime),
        Refused(body: text("\"only\"", by: "\"all\""), fault: .badSnapshotMark),
        Refused(body: text("\"only\"", by: "1"), fault: .badSnapshotMark),
        Refused(body: text("[]", by: "{}"), fault: .badRecords),
    ]

    @Test(arguments: refused)
    func `a faulty message is counted by its reason and says nothing`(row: Refused) {
        var bench = FeedBench()
        let verdict = bench.feed(topic: row.topic, body: Array(row.body.utf8))
        #expect(verdict.outcome == .faulty(row.fault))
        #expect(verdict.stream == nil)
        #expect(bench.inputs.isEmpty)
        #expect(bench.decoder.counters.faults[row.fault] == 1)
        #expect(bench.decoder.counters.isBalanced)
        #expect(bench.decoder.directory.streamCount == 0)
    }

    @Test func `every reason for a faulty message has a case here`() {
        let covered = Set(Self.refused.map(\.fault)).union([.tooManyStreams])
        #expect(covered == Set(FeedFault.allCases))
    }

    @Test func `the 65th stream is refused`() {
        var bench = FeedBench()
        for number in 0...64 {
            let body = #"{"publisher":"p","stream":"\#(number)","epoch":1,"sequence":1,"published_ns":7,"records":[]}"#
            let verdict = bench.feed(topic: "p.\(number)", body: Array(body.utf8))
            #expect(verdict.outcome == (number < 64 ? .applied : .faulty(.tooManyStreams)))
        }
    }

    @Test func `a heartbeat ahead of us breaks the stream and a gap after it is not counted twice`() {
        var bench = FeedBench.whole()
        #expect(bench.feed(#"{"type":"heartbeat"}"#, sequence: 1).outcome == .heartbeat)
        #expect(bench.inputs.isEmpty)
        #expect(bench.feed(#"{"type":"heartbeat"}"#, sequence: 3).outcome == .heartbeat)
        #expect(Array(bench.inputs) == [.stream(.broken)])
        bench.feed("", sequence: 4)
        #expect(bench.inputs.isEmpty)
        #expect(bench.decoder.counters.missing == 2)
    }

    @Test func `a snapshot of a whole stream begins and ends, and changes no condition`() {
        var bench = FeedBench.whole()
        let stream = StreamIndex(0 as UInt8)
        bench.feed("", sequence: 2, snapshot: "only")
        #expect(Array(bench.inputs) == [.snapshotBegins(stream), .snapshotEnds(stream)])
    }

    @Test func `after a gap only the end of a run over several messages makes the stream whole`() {
        var bench = FeedBench.whole()
        let stream = StreamIndex(0 as UInt8)
        bench.feed("", sequence: 3)
        #expect(Array(bench.inputs) == [.stream(.broken)])
        bench.feed("", sequence: 5)
        #expect(bench.inputs.isEmpty)
        bench.feed("", sequence: 6, snapshot: "begin")
        #expect(Array(bench.inputs) == [.snapshotBegins(stream)])
        bench.feed("", sequence: 7, snapshot: "part")
        #expect(bench.inputs.isEmpty)
        bench.feed("", sequence: 8, snapshot: "end")
        #expect(Array(bench.inputs) == [.snapshotEnds(stream), .stream(.whole)])
        #expect(bench.decoder.counters.breaks == 2)
    }

    @Test func `a record lost in a snapshot withholds its end`() {
        var bench = FeedBench()
        bench.feed(FeedBench.definitions + ",7", sequence: 1, snapshot: "only")
        #expect(bench.inputs.count == 5)
        #expect(bench.inputs.last != .snapshotEnds(StreamIndex(0 as UInt8)))
        #expect(bench.decoder.state(of: StreamIndex(0 as UInt8)) == .broken)
    }
}
