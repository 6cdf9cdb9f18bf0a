import Drift
import PlainNumbers
import Testing
import Units

/// Size over time, fees and price of a Drift liquidation, worked by hand and against plain arithmetic.
@Suite struct DriftLiquidationTests {
    private static let terms = DriftTerms(fee: 10_000, insuranceFeeMost: 5_000, duration: 150, initialPortion: 2_000)
    /// 100 units at 100 with a margin ratio of 5 %.
    private static let position = DriftPosition(
        base: 100_000_000_000, isLong: true, price: 100_000_000, marginRatio: 500)

    private static func liquidation(
        _ shortage: UInt128, freed: UInt128 = 0, slots: UInt64 = 0
    ) -> DriftLiquidation {
        DriftLiquidation(shortage: shortage, alreadyFreed: freed, slotsElapsed: slots, terms: terms)
    }

    @Test func `at first a fifth of what is missing may be freed, and more with every slot`() {
        #expect(Self.liquidation(100_000_000).portion == 2_000)
        #expect(Self.liquidation(100_000_000, slots: 15).portion == 3_000)
        #expect(Self.liquidation(100_000_000, slots: 10_000).portion == 10_000)
        // Of 100 in all, 20 are free by now: no more until time passes.
        #expect(Self.liquidation(80_000_000, freed: 20_000_000).portion == 0)
        #expect(Self.liquidation(49_999_999).portion == 10_000, "less than 50 is freed at once")
    }

    @Test func `as much is taken as frees the missing margin after both fees`() {
        let liquidation = Self.liquidation(100_000_000, slots: 150)
        // 100 missing of 100 units at 100: 1 % of the worth. 5 % − 1 % − 1 %, of which 19/20 would go to the fund: its most.
        #expect(liquidation.insuranceFee(Self.position) == 5_000)
        // 100 / (100 · 4 % − 100 · 0.5 %) = 28.57 units.
        #expect(liquidation.baseToCover(Self.position, insuranceFee: 5_000) == 28_571_428_571)
        #expect(liquidation.base(Self.position, takerMost: .max) == 28_571_428_571)
        #expect(liquidation.base(Self.position, takerMost: 7) == 7)
        var stepped = Self.position
        stepped.step = 1_000_000_000
        #expect(liquidation.base(stepped, takerMost: .max) == 29_000_000_000)
        #expect(Self.liquidation(100_000_000).base(Self.position, takerMost: .max) == 5_714_285_714)
    }

    @Test func `a position that its fee would eat is taken whole, and so is a small one`() {
        var thin = Self.position
        thin.marginRatio = 100
        #expect(Self.liquidation(100_000_000, slots: 150).base(thin, takerMost: .max) == thin.base)
        var small = Self.position
        small.base = 500_000_000
        #expect(Self.liquidation(100_000_000).base(small, takerMost: .max) == small.base)
    }

    @Test func `a long is handed over below the oracle, a short above`() {
        let liquidation = Self.liquidation(100_000_000)
        #expect(liquidation.transferPrice(Self.position) == 99_000_000)
        var short = Self.position
        short.isLong = false
        #expect(liquidation.transferPrice(short) == 101_000_000)
    }

    @Test func `after fifteen hundred quiet slots the fee grows by the slot`() {
        #expect(DriftLiquidation.fee(base: 10_000, most: 30_000, slotsSinceActive: 1_499) == 10_000)
        #expect(DriftLiquidation.fee(base: 10_000, most: 30_000, slotsSinceActive: 1_500) == 11_500)
        #expect(DriftLiquidation.fee(base: 10_000, most: 30_000, slotsSinceActive: 90_000) == 30_000)
    }

    @Test(arguments: 0..<40)
    func `portion and size are plain arithmetic's`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let shortage = generator.number(bits: 20...50), freed = generator.number(bits: 1...50)
            let slots = generator.below(200)
            let liquidation = Self.liquidation(shortage, freed: freed, slots: slots)
            var plain = Natural(10_000)
            if shortage >= 50_000_000 {
                let share = min(Natural(10_000), Natural(UInt128(slots)) * .ten(4) / Natural(150) + Natural(2_000))
                let most = (Natural(shortage) + Natural(freed)) * share / .ten(4)
                plain = most > Natural(freed) ? (most - Natural(freed)) * .ten(4) / Natural(shortage) : Natural(0)
            }
            #expect("\(liquidation.portion)" == "\(plain)", "seed \(seed)")
            let position = DriftPosition(
                base: generator.number(bits: 20...50), isLong: true, price: generator.number(bits: 10...40),
                marginRatio: UInt128(generator.within(150...2_000)))
            let perBase = Whole(shortage) * .ten(9) / Whole(position.base) * .ten(6) / Whole(position.price)
            let margin = Whole(Int128(position.marginRatio) * 100)
            let over = margin - Whole(10_000) - perBase
            let fee = over > Whole(0) ? min(Whole(5_000), over * Whole(19) / Whole(20)) : Whole(0)
            #expect("\(liquidation.insuranceFee(position))" == "\(fee)", "seed \(seed)")
            let price = Whole(position.price)
            let each = price * (margin - Whole(10_000)) / .ten(6) - price * fee / .ten(6)
            let cover = each > Whole(0) ? Whole(shortage) * .ten(9) / each : Whole(position.base)
            let allowed = cover * Whole(plain) / .ten(4)
            let worth = Whole(position.base) * price / .ten(9)
            let wanted = worth <= Whole(50_000_000) ? max(allowed, Whole(position.base)) : allowed
            let base = liquidation.base(position, takerMost: .max)
            #expect("\(base)" == "\(min(wanted, Whole(position.base)))", "seed \(seed)")
        }
    }
}
