import Domain
import Margin
import Mechanisms
import Testing
import Units

@Suite struct LiquidationTypesTests {
    @Test func `a health factor of one is ten to the eighteen`() {
        #expect(AccountHealth.one.description == "1000000000000000000")
    }

    @Test func `pairs are told apart by both legs`() {
        let forward = LiquidationPair(collateral: ReserveIndex(1), debt: ReserveIndex(2))
        let backward = LiquidationPair(collateral: ReserveIndex(2), debt: ReserveIndex(1))
        #expect(Set([forward, backward, forward]).count == 2)
    }
}
