import Drift
import Testing
import Units

/// Socialised losses worked by hand, and that no less than the loss is collected.
@Suite struct DriftBankruptcyTests {
    @Test func `a loss moves the funding of everybody in the market`() {
        // 5 over 25 units: 0.2 a unit, with 9 decimals.
        #expect(
            DriftBankruptcy.fundingDelta(loss: 5_000_000, longs: 10_000_000_000, shorts: 15_000_000_000) == 200_000_000)
        #expect(DriftBankruptcy.fundingDelta(loss: 5_000_000, longs: 0, shorts: 0) == nil)
    }

    @Test func `a borrow lowers what deposits have earned`() {
        #expect(DriftBankruptcy.interestDelta(cumulative: 10_000_000_000, borrow: 1, deposits: 3) == 3_333_333_334)
        #expect(DriftBankruptcy.interestDelta(cumulative: 1, borrow: 1, deposits: 0) == nil)
    }

    @Test(arguments: 0..<20)
    func `at least the loss is collected, and less than a step more`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let loss = UInt256(UInt128(generator.below(1 << 50))), base = UInt256(UInt128(generator.below(1 << 50) + 1))
            let delta = try #require(DriftBankruptcy.fundingDelta(loss: loss, longs: base, shorts: .zero))
            let collected = delta * base, due = loss * 1_000_000_000_000
            #expect(collected >= due && collected < due + base * 1_000, "seed \(seed)")
        }
    }
}
