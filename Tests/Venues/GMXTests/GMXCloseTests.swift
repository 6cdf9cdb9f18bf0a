import GMX
import Testing
import Units

/// Costs in their order, worked by hand; and that nothing is lost.
@Suite struct GMXCloseTests {
    @Test func `costs are paid in order out of the collateral`() throws {
        let close = try #require(
            GMXClose(collateral: 100, price: 2, costs: GMXCosts(funding: 50, loss: 30, fees: 40)))
        #expect(close.remaining == 40 && !close.isInsolvent)
        #expect(close.paid == GMXCosts(funding: 25, loss: 15, fees: 20))
    }

    @Test func `when the collateral is exhausted the costs behind are not paid at all`() throws {
        let close = try #require(
            GMXClose(collateral: 100, price: 2, costs: GMXCosts(funding: 50, loss: 200, fees: 40)))
        #expect(close.remaining == .zero && close.isInsolvent)
        #expect(close.paid == GMXCosts(funding: 25, loss: 75))
        #expect(close.unpaid == 90)
    }

    @Test func `every cost is rounded up to whole token units`() throws {
        let close = try #require(GMXClose(collateral: 100, price: 7, costs: GMXCosts(funding: 1, loss: 8, fees: 14)))
        #expect(close.paid == GMXCosts(funding: 1, loss: 2, fees: 2) && close.remaining == 95)
    }

    @Test func `the liquidation fee is a share of the size in tokens, rounded up`() {
        // A fifth of a per cent of 10^34 (10 000 dollars) is 2 · 10^31; at 3 · 10^30 a token 6.67.
        let (size, factor) = (UInt256(10_000) * thirty, thirty.dividedRoundingDown(by: 500))
        #expect(GMXCosts.liquidationFee(size: size, factor: factor, price: thirty * 3) == 7)
    }

    private let thirty = UInt256(1_000_000_000_000_000_000_000_000_000_000)

    @Test(arguments: 0..<40)
    func `what is paid and left is the collateral, and what is unpaid is bounded by the costs`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let draws = (0..<6).map { _ in UInt256(UInt128(generator.below(1_000))) }
            let costs = GMXCosts(
                funding: draws[0], loss: draws[1], fees: draws[2], impact: draws[3], impactDifference: draws[4])
            let price = UInt256(UInt128(generator.below(20) + 1))
            let close = try #require(GMXClose(collateral: draws[5], price: price, costs: costs))
            let paid = close.paid.funding + close.paid.loss + close.paid.fees + close.paid.impact
            let all = paid + close.paid.impactDifference
            #expect(all + close.remaining == draws[5], "seed \(seed)")
            let due = draws[0] + draws[1] + draws[2] + draws[3] + draws[4]
            // Rounding up may pay less than a token more for each cost.
            #expect(close.unpaid <= due && all * price + close.unpaid >= due, "seed \(seed)")
            #expect(all * price + close.unpaid < due + price * 5, "seed \(seed)")
            #expect(close.remaining.isZero || !close.isInsolvent, "seed \(seed)")
        }
    }
}
