import Domain
import Limits
import Testing
import Units

@Suite struct LimitTests {
    private let a = ReserveIndex(0)
    private let b = ReserveIndex(1)
    private let here = MarketIndex(0)
    private let there = MarketIndex(1)

    @Test func `exposure is counted by asset and by market, and released with its bid`() {
        var limits = LimitSettings()
        (limits.assetExposureMax, limits.marketExposureMax) = (100, 150)
        var exposure = Exposure()
        exposure.hold(80, for: 1, asset: a, market: here)
        exposure.hold(60, for: 2, asset: b, market: here)
        #expect(exposure.refusal(adding: 10, asset: a, market: here, limits) == nil)
        #expect(exposure.refusal(adding: 21, asset: a, market: there, limits) == .assetExposure)
        #expect(exposure.refusal(adding: 20, asset: b, market: here, limits) == .marketExposure)
        exposure.release(1)
        #expect(exposure.refusal(adding: 40, asset: a, market: here, limits) == nil)
        #expect(exposure.inAsset(a) == 0 && exposure.inMarket(here) == 60)
    }

    @Test func `an old price and one that was never told are refused alike`() {
        var age = PriceAge()
        age.tell(b, at: Moment(nanoseconds: 1_000))
        let limit = Interval(nanoseconds: 500)
        #expect(age.refusal(b, at: Moment(nanoseconds: 1_500), limit) == nil)
        #expect(age.refusal(b, at: Moment(nanoseconds: 1_501), limit) == .priceStale)
        #expect(age.refusal(a, at: Moment(nanoseconds: 1_501), limit) == .priceStale)
        #expect(age.refusal(ReserveIndex(9), at: Moment(nanoseconds: 1_501), limit) == .priceStale)
        #expect(age.refusal(a, at: Moment(nanoseconds: 1_501), nil) == nil)
    }

    @Test(arguments: 0..<50)
    func `the median is the one in the middle of all`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let prices = (0..<random.within(1...8)).map { _ in Price(baseUnits: UInt128(random.below(50))) }
        #expect(PriceDispute.median(prices.span) == prices.sorted()[(prices.count - 1) / 2], "seed \(seed)")
    }

    @Test func `an oracle that has parted from the others is disputed`() {
        let others = [Price(baseUnits: 990), Price(baseUnits: 1_000), Price(baseUnits: 5_000)]
        let limit = BasisPoints.basisPoints(500)
        #expect(PriceDispute.refusal(oracle: Price(baseUnits: 1_050), others: others.span, limit) == nil)
        #expect(PriceDispute.refusal(oracle: Price(baseUnits: 1_051), others: others.span, limit) == .priceDisputed)
        #expect(PriceDispute.refusal(oracle: Price(baseUnits: 949), others: others.span, limit) == .priceDisputed)
        #expect(PriceDispute.refusal(oracle: Price(baseUnits: 1), others: [Price]().span, limit) == nil)
    }
}
