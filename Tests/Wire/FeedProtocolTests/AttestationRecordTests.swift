import Domain
import FeedProtocol
import Testing
import Units

/// An attested account's level counts only after somebody verified its proof.
@Suite struct AttestationRecordTests {
    private let account = AccountIndex(0 as UInt32)
    private let market = MarketIndex(0 as UInt16)
    private let weth = ReserveIndex(1 as UInt16)

    /// A decoder that believes the proof 0x01 over the message that it expects.
    private func read(_ account: String) -> [Input] {
        let expected = Attestation(
            market: "aave-v2", account: "0xabc", version: 3, asset: "WETH", condition: .below, level: 1_500)
        var decoder = FeedDecoder(rules: ["attested"]) { market, message, proof in
            market == "aave-v2" && message == expected.message && proof == [1]
        }
        var inputs: ContiguousArray<Input> = []
        let market = FeedBench.market.replacing("aave-2", with: "attested")
        let definitions = [market, FeedBench.reserve("WETH"), FeedBench.reserve("USDC")].joined(separator: ",")
        let topic = Array("venue-1.prices".utf8)
        let first = FeedBench.body(definitions, sequence: 1, snapshot: "only")
        _ = decoder.decode(topic: topic.span.bytes, body: first.span.bytes, into: &inputs)
        inputs.removeAll()
        let record = #"{"type":"account","market":"aave-v2","account":"0xabc","version":3,\#(account)}"#
        let second = FeedBench.body(record, sequence: 2)
        _ = decoder.decode(topic: topic.span.bytes, body: second.span.bytes, into: &inputs)
        return Array(inputs)
    }

    private let level = #""positions":[{"asset":"WETH","liquidation":"below","level":"1500"}]"#

    @Test func `a level with a proof that verifies is the account's one leg`() {
        let update = AccountUpdate(
            account: account, market: market, kind: .state, reserve: ReserveIndex(0 as UInt16), version: 3, legs: 1)
        #expect(
            read(level + #","proof":"01""#) == [.accountBegins(update), .accountLeg(Leg(weth, .collateral, 1_500))])
    }

    @Test(arguments: [
        #","proof":"02""#, "", #","proof":"0""#, #","proof":"zz""#, #","proof":1"#,
    ])
    func `without one the account is quarantined`(proof: String) {
        #expect(read(level + proof) == [.accountQuarantined(account, market, .badAttestation)])
    }

    @Test func `a proof of one level proves no other`() {
        let other = #""positions":[{"asset":"WETH","liquidation":"below","level":"1501"}],"proof":"01""#
        #expect(read(other) == [.accountQuarantined(account, market, .badAttestation)])
        let above = #""positions":[{"asset":"WETH","liquidation":"above","level":"1500"}],"proof":"01""#
        #expect(read(above) == [.accountQuarantined(account, market, .badAttestation)])
    }

    @Test func `without a position the account is closed, and nothing needs proof`() {
        let update = AccountUpdate(
            account: account, market: market, kind: .state, reserve: ReserveIndex(0 as UInt16), version: 3, legs: 0)
        #expect(read(#""positions":[]"#) == [.accountBegins(update)])
    }
}
