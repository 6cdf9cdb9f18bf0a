import Submission
import Testing

@Suite struct IntentIDTests {
    @Test(arguments: [
        "00000000000000000000000000000000", "00000000000000000000000000000a1b", "ffffffffffffffffffffffffffffffff",
    ])
    func `an id is the text it was read from`(text: String) {
        #expect(IntentID(text: text)?.text == text)
    }

    @Test(arguments: [
        "", "0", "0000000000000000000000000000000g", "0000000000000000000000000000000A",
        "000000000000000000000000000000000",
    ])
    func `any other spelling is refused`(text: String) {
        #expect(IntentID(text: text) == nil)
    }
}

@Suite struct OpportunityTests {
    @Test func `its text carries the length of each part`() {
        #expect(opportunity(market: "aave-v2", account: "0xabc").text == "7:aave-v2,5:0xabc,1:3,4:USDC,4:WETH,2:me,")
    }

    @Test func `names that imitate the separators do not collide`() {
        #expect(opportunity(market: "a,1:b", account: "c").text != opportunity(market: "a", account: "b,1:c").text)
    }

    private func opportunity(market: String, account: String) -> Opportunity {
        Opportunity(
            market: market, account: account, version: 3, debtAsset: "USDC", collateralAsset: "WETH", liquidator: "me")
    }
}
