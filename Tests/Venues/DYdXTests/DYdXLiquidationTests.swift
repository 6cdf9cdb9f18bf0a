import DYdX
import Domain
import Mechanisms
import PlainNumbers
import Testing
import Units

/// Bankruptcy and fillable prices and the insurance fund, worked by hand and against plain arithmetic.
@Suite struct DYdXLiquidationTests {
    /// A long worth 10 000 whose account has 300 of the 500 it needs.
    private static let long = DYdXLiquidation(
        netCollateral: 300_000_000, maintenance: 500_000_000, worth: 10_000_000_000, positionMaintenance: 500_000_000,
        size: 5_000)

    @Test func `a lone long is bankrupt where the sale leaves nothing, and fills a little below the oracle`() {
        #expect(Self.long.bankruptcyQuote == 9_700_000_000)
        // Two fifths short: 0.4 · 10 % · 500 = 20 below.
        #expect(Self.long.fillableQuote(DYdXLiquidationTerms()) == 9_980_000_000)
        var healthy = Self.long
        healthy.netCollateral = 600_000_000
        #expect(healthy.fillableQuote(DYdXLiquidationTerms()) == 10_000_000_000)
        var hopeless = Self.long
        hopeless.netCollateral = -100_000_000
        #expect(hopeless.fillableQuote(DYdXLiquidationTerms()) == 9_950_000_000)
        #expect(hopeless.bankruptcyQuote == 10_100_000_000)
    }

    @Test func `the fund gets at most the fee of a good fill, and pays for a bad one`() {
        let terms = DYdXLiquidationTerms()
        #expect(Self.long.insuranceDelta(filledFor: 9_980_000_000, terms) == 49_900_000)
        #expect(Self.long.insuranceDelta(filledFor: 9_710_000_000, terms) == 10_000_000)
        #expect(Self.long.insuranceDelta(filledFor: 9_600_000_000, terms) == -100_000_000)
    }

    @Test(arguments: 0..<40)
    func `prices are plain fractions, rounded against the taker`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let terms = DYdXLiquidationTerms()
        for _ in 0..<50 {
            let worth = generator.signed(bits: 20...60), needed = Int128(generator.number(bits: 10...50))
            let all = needed + Int128(generator.number(bits: 1...50)), net = generator.signed(bits: 1...50)
            let liquidation = DYdXLiquidation(
                netCollateral: Int256(net), maintenance: Int256(all), worth: Int256(worth),
                positionMaintenance: Int256(needed), size: Int256(worth))
            let bankruptcy = Whole(worth) - (Whole(net) * Whole(needed)).floored(by: Whole(all))
            #expect(liquidation.bankruptcyQuote?.description == "\(bankruptcy)", "seed \(seed)")
            // ABR · 10 % · PMMR with ABR = 1 − TNC / TMMR between 0 and 1.
            let short = max(Whole(0), min(Whole(all - net), Whole(all)))
            let off = (short * Whole(needed)).floored(by: Whole(all) * Whole(10))
            let fillable = try #require(liquidation.fillableQuote(terms))
            #expect(fillable.description == "\(Whole(worth) - off)", "seed \(seed)")
            let fill = Whole(worth) - off
            let delta = fill - bankruptcy
            let fee = Whole(fill.magnitude) * Whole(5_000) / Whole(1_000_000)
            let expected = delta > Whole(0) ? min(delta, fee) : delta
            #expect(
                liquidation.insuranceDelta(filledFor: fillable, terms)?.description == "\(expected)", "seed \(seed)")
        }
    }
}
