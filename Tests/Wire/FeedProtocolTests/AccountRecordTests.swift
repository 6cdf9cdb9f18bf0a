import Domain
import FeedProtocol
import Testing
import Units

@Suite struct AccountRecordTests {
    private let market = MarketIndex(0 as UInt16)
    private let account = AccountIndex(0 as UInt32)
    private let weth = ReserveIndex(1 as UInt16)
    private let usdc = ReserveIndex(0 as UInt16)

    private func positions(_ positions: String) -> String {
        #"{"type":"account","market":"aave-v2","account":"0xabc","version":3,"positions":[\#(positions)]}"#
    }

    @Test func `an account is its head and its legs; balances of zero make none`() {
        var bench = FeedBench.whole()
        bench.feed(positions(#"{"asset":"WETH","collateral":"5","debt":"0"},{"asset":"USDC","debt":7}"#), sequence: 2)
        #expect(
            Array(bench.inputs) == [
                .accountBegins(
                    AccountUpdate(account: account, market: market, kind: .state, reserve: usdc, version: 3, legs: 2)),
                .accountLeg(Leg(weth, .collateral, 5)), .accountLeg(Leg(usdc, .debt, 7)),
            ])
        #expect(bench.decoder.directory.name(of: account) == "0xabc")
        #expect(bench.decoder.directory.account(named: "0xabc", in: market) == account)
    }

    @Test func `an account without positions is closed`() {
        var bench = FeedBench.whole()
        bench.feed(positions(""), sequence: 2)
        #expect(
            Array(bench.inputs) == [
                .accountBegins(
                    AccountUpdate(account: account, market: market, kind: .state, reserve: usdc, version: 3, legs: 0))
            ])
    }

    @Test func `a position replaces one asset`() {
        var bench = FeedBench.whole()
        bench.feed(
            #"{"type":"position","market":"aave-v2","account":"0xabc","version":4,"asset":"WETH","collateral":"1","debt":"2"}"#,
            sequence: 2)
        #expect(
            Array(bench.inputs) == [
                .accountBegins(
                    AccountUpdate(account: account, market: market, kind: .position, reserve: weth, version: 4, legs: 2)
                ),
                .accountLeg(Leg(weth, .collateral, 1)), .accountLeg(Leg(weth, .debt, 2)),
            ])
    }

    /// What makes an account untrustworthy.
    struct Suspect: Sendable {
        let record: String
        let reason: QuarantineReason
    }

    private static func state(_ positions: String, version: String = "3") -> String {
        #"{"type":"account","market":"aave-v2","account":"0xabc","version":\#(version),"positions":\#(positions)}"#
    }

    static let suspects = [
        Suspect(record: state(#"[{"asset":"WETH","debt":1},{"asset":"DAI","debt":1}]"#), reason: .unknownAsset),
        Suspect(record: state(#"[{"asset":"WETH","debt":1},{"asset":"USDC","debt":-1}]"#), reason: .badAmount),
        Suspect(record: state(#"[{"asset":"WETH","debt":1.5}]"#), reason: .badAmount),
        Suspect(record: state(#"[{"asset":"WETH","debt":null}]"#), reason: .badAmount),
        Suspect(
            record: state(#"[{"asset":"WETH","debt":"170141183460469231731687303715884105728"}]"#), reason: .badAmount),
        Suspect(record: state(#"[{"asset":"WETH","debt":1},{"asset":"WETH","debt":1}]"#), reason: .malformed),
        Suspect(record: state(#"[{"debt":1}]"#), reason: .malformed),
        Suspect(record: state("[1]"), reason: .malformed),
        Suspect(record: state("{}"), reason: .malformed),
        Suspect(record: state("[]", version: "-1"), reason: .malformed),
        Suspect(
            record: #"{"type":"position","market":"aave-v2","account":"0xabc","version":4,"asset":"DAI","debt":1}"#,
            reason: .unknownAsset),
        Suspect(
            record: #"{"type":"position","market":"aave-v2","account":"0xabc","version":4,"asset":"WETH","debt":"x"}"#,
            reason: .badAmount),
        Suspect(
            record: #"{"type":"position","market":"aave-v2","account":"0xabc","asset":"WETH","debt":"1"}"#,
            reason: .malformed),
    ]

    @Test(arguments: suspects)
    func `an account that cannot be read as a whole is quarantined and leaves no leg behind`(row: Suspect) {
        var bench = FeedBench.whole()
        bench.feed(row.record, sequence: 2)
        #expect(Array(bench.inputs) == [.accountQuarantined(account, market, row.reason)], "\(row.record)")
        #expect(bench.decoder.counters.quarantines == 1)
    }

    @Test func `256 assets on both sides are accepted and one more is too many`() {
        for count in [256, 257] {
            var bench = FeedBench.whole()
            bench.feed((0..<count).map { FeedBench.reserve("A\($0)") }.joined(separator: ","), sequence: 2)
            let all = (0..<count).map { #"{"asset":"A\#($0)","collateral":1,"debt":1}"# }.joined(separator: ",")
            bench.feed(positions(all), sequence: 3)
            #expect(bench.inputs.count == (count == 256 ? 513 : 1))
            #expect((bench.inputs.first == .accountQuarantined(account, market, .tooManyLegs)) == (count == 257))
        }
    }

    @Test func `accounts past the bound are dropped, counted, and break the stream`() {
        var limits = FeedLimits()
        limits.accountsMax = 1
        var bench = FeedBench(limits: limits)
        bench.feed(FeedBench.definitions, sequence: 1, snapshot: "only")
        bench.feed(positions("") + "," + positions("").replacing("0xabc", with: "0xdef"), sequence: 2)
        #expect(bench.inputs.count == 2)
        #expect(bench.inputs.last == .stream(.broken))
        #expect(bench.decoder.counters.recordFaults[.tooManyAccounts] == 1)
    }
}
