import Domain
import FeedProtocol
import Testing
import Units

@Suite struct InstrumentRecordTests {
    private let market = MarketIndex(0 as UInt16)
    private let usdc = ReserveIndex(0 as UInt16)
    private let weth = ReserveIndex(1 as UInt16)
    private let dai = ReserveIndex(2 as UInt16)

    private func read(_ record: String) -> [Input] {
        var bench = FeedBench.whole()
        bench.feed(FeedBench.reserve("DAI"), sequence: 2)
        bench.feed(#"{"market":"aave-v2","asset":"WETH",\#(record)}"#, sequence: 3)
        return Array(bench.inputs)
    }

    @Test func `funding is signed, plain or as a string`() {
        #expect(read(#""type":"funding","cumulative":-5"#) == [.funding(weth, -5)])
        #expect(
            read(#""type":"funding","cumulative":"-170141183460469231731687303715884105727""#)
                == [.funding(weth, -Int128.max)])
        #expect(read(#""type":"funding","cumulative":"--5""#) == [.stream(.broken)])
        #expect(read(#""type":"funding","cumulative":"-""#) == [.stream(.broken)])
    }

    @Test func `quotes carry what is known and leave out the rest`() {
        var quotes = PerpetualQuotes()
        quotes.index = Price(baseUnits: 7)
        quotes.skew = -3
        #expect(read(#""type":"quotes","index":"7","skew":"-3""#) == [.quotes(weth, quotes)])
        #expect(read(#""type":"quotes","oracle":"0""#) == [.stream(.broken)])
    }

    @Test func `a smile is at the money, skew, curvature and rate in billionths`() {
        let smile = Smile(atTheMoney: 800_000_000, skew: -100_000_000, curvature: 50_000_000, rate: 0)
        #expect(
            read(#""type":"smile","at_the_money":800000000,"skew":-100000000,"curvature":50000000"#)
                == [.smile(weth, smile)])
        #expect(read(#""type":"smile","at_the_money":0"#) == [.stream(.broken)])
    }

    @Test func `totals are a pool's assets and shares`() {
        #expect(
            read(#""type":"totals","assets":"11","shares":"12""#) == [.totals(weth, Totals(assets: 11, shares: 12))])
    }

    @Test func `parameters come by name, and one that is misspelt brings none`() {
        #expect(
            read(#""type":"parameters","values":{"maintenance_margin":"50000000000000000","skew_scale":"-1"}"#)
                == [.parameter(weth, .maintenanceMargin, 50_000_000_000_000_000), .parameter(weth, .skewScale, -1)])
        #expect(
            read(#""type":"parameters","values":{"maintenance_margin":"5","maintenence_margin":"5"}"#)
                == [.stream(.broken)])
        #expect(read(#""type":"parameters","values":{"maintenance_margin":"5.5"}"#) == [.stream(.broken)])
    }

    @Test func `brackets ascend`() {
        let first = #"{"floor":"0","maintenance_margin":"5000000000000000","deduction":"0"}"#
        let second = #"{"floor":"100","maintenance_margin":"10000000000000000","deduction":"1"}"#
        #expect(
            read(#""type":"tiers","tiers":[\#(first),\#(second)]"#)
                == [
                    .tier(weth, 0, MarginTier(floor: 0, maintenanceMargin: Wad(5_000_000_000_000_000), deduction: 0)),
                    .tier(
                        weth, 1, MarginTier(floor: 100, maintenanceMargin: Wad(10_000_000_000_000_000), deduction: 1)),
                ])
        #expect(read(#""type":"tiers","tiers":[\#(second),\#(first)]"#) == [.stream(.broken)])
    }

    @Test func `lending terms may have a ramp, whole or not at all`() {
        let factor = Wad(825_000_000_000_000_000)
        #expect(
            read(#""type":"lending","collateral_factor":"825000000000000000""#)
                == [.lendingTerms(weth, LendingTerms(collateralFactor: factor))])
        let ramp = ThresholdRamp(
            initial: .basisPoints(9_000), end: Moment(nanoseconds: 5), duration: .seconds(3_600))
        #expect(
            read(
                #""type":"lending","collateral_factor":"825000000000000000","ramp_initial_bps":9000,"ramp_end_ns":5,"ramp_seconds":3600"#
            ) == [.lendingTerms(weth, LendingTerms(collateralFactor: factor, ramp: ramp))])
        #expect(
            read(#""type":"lending","collateral_factor":"825000000000000000","ramp_end_ns":5"#) == [.stream(.broken)])
    }

    @Test func `an expiry names its underlying, and a series its expiry`() {
        #expect(
            read(#""type":"expiry","underlying":"USDC","expiry_ns":9"#)
                == [.expiryTerms(weth, ExpiryTerms(underlying: usdc, expiry: Moment(nanoseconds: 9)))])
        #expect(
            read(#""type":"option","expiry":"DAI","strike":"3000","kind":"put""#)
                == [.optionTerms(weth, OptionTerms(expiry: dai, strike: Price(baseUnits: 3_000), kind: .put))])
        #expect(read(#""type":"option","expiry":"DAI","strike":"3000","kind":"Put""#) == [.stream(.broken)])
        #expect(read(#""type":"option","expiry":"NONE","strike":"3000","kind":"put""#) == [.stream(.broken)])
    }

    @Test func `an efficiency mode comes with its members`() {
        let record =
            #""type":"efficiency_mode","category":1,"liquidation_threshold_bps":9500,"liquidation_bonus_bps":10100,"members":["WETH","DAI"]"#
        let terms = EfficiencyTerms(
            category: 1, liquidationThreshold: .basisPoints(9_500), liquidationBonus: .basisPoints(10_100))
        #expect(
            read(record) == [
                .efficiencyMode(market, terms), .efficiencyMember(market, category: 1, weth, isMember: true),
                .efficiencyMember(market, category: 1, dai, isMember: true),
            ])
    }

    @Test func `an asset that a mode's record no longer names has left it`() {
        var bench = FeedBench.whole()
        let record = #"{"type":"efficiency_mode","market":"aave-v2","category":1,"liquidation_threshold_bps":9500,"#
        let both = record + #""liquidation_bonus_bps":10100,"members":["WETH","USDC"]}"#
        bench.feed(both, sequence: 2)
        bench.feed(both.replacing(#""WETH","#, with: ""), sequence: 3)
        #expect(
            bench.inputs.suffix(2) == [
                .efficiencyMember(market, category: 1, usdc, isMember: true),
                .efficiencyMember(market, category: 1, weth, isMember: false),
            ])
    }

    @Test func `tags get bits, the excluded ones first`() {
        var decoder = FeedDecoder(rules: ["aave-2"], excludedTags: ["permissioned", "us"])
        var inputs: ContiguousArray<Input> = []
        let market = FeedBench.market.dropLast() + #","tags":["eu","us"]}"#
        let body = FeedBench.body(String(market), sequence: 1, snapshot: "only")
        _ = decoder.decode(topic: Array("venue-1.prices".utf8).span.bytes, body: body.span.bytes, into: &inputs)
        var found: Segments?
        for input in inputs { if case .market(let definition) = input { found = definition.segments } }
        #expect(found == [.tag(1), .tag(2)])
        let excluded = FeedDecoder.excludedSegments(2)
        #expect(found.map { !excluded.isDisjoint(with: $0) } == true)
    }
}
