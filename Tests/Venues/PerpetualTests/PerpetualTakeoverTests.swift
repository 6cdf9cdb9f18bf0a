import Mechanisms
import Perpetual
import PlainNumbers
import Testing
import Units

/// Size and fee of a takeover, worked by hand and against plain arithmetic.
@Suite struct PerpetualTakeoverTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static func dollars(_ whole: Int128) -> Int256 { Int256(whole * Int128(wad)) }
    private static let penalty = UInt256(25_000_000_000_000_000)

    private static func takeover(_ size: Int128, value: Int256, total: UInt128, price: UInt128 = wad)
        -> PerpetualTakeover?
    {
        PerpetualTakeover(
            size: dollars(size), price: price, value: value, margin: UInt256(total * wad / 16),
            total: UInt256(total * wad), penalty: penalty)
    }

    @Test func `above half of its margin an account loses half, the fee is shared`() throws {
        // 1 000 of size need 62.5; 40 are there.
        let half = try #require(Self.takeover(1_000, value: Self.dollars(40), total: 1_000))
        #expect(half.size == Self.dollars(500))
        #expect(half.feeToLiquidator == UInt256(Self.wad / 4 * 25) && half.feeToInsurance == half.feeToLiquidator)
        // −500 + 6.25: the taker pays 493.75 for a long of 500.
        #expect(half.openNotional == Int256(-493_750_000_000_000_000_000 as Int128))
    }

    @Test func `a small position, or an account below half, is taken whole`() throws {
        #expect(Self.takeover(100, value: Self.dollars(4), total: 100)?.size == Self.dollars(100))
        #expect(Self.takeover(-1_000, value: Self.dollars(31), total: 1_000)?.size == Self.dollars(-1_000))
        // 31.25 is exactly half.
        let exact = Int256(31_250_000_000_000_000_000 as Int128)
        #expect(Self.takeover(-1_000, value: exact, total: 1_000)?.size == Self.dollars(-500))
        #expect(Self.takeover(300, value: Self.dollars(40), total: 1_000)?.size == Self.dollars(300))
    }

    @Test func `below nothing the whole fee is the taker's`() throws {
        let all = try #require(Self.takeover(1_000, value: Self.dollars(-1), total: 1_000))
        #expect(all.feeToLiquidator == UInt256(25 * Self.wad) && all.feeToInsurance == .zero)
    }

    @Test(arguments: 0..<40)
    func `size and fees are plain arithmetic's`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let size = generator.signed(bits: 40...90), price = generator.number(bits: 50...75)
            let worth = Whole(size) * Whole(price) / .ten(18)
            let others = generator.number(bits: 1...90), value = generator.signed(bits: 40...90)
            let total = UInt256(decimal: "\(Natural(others) + worth.magnitude)") ?? .zero
            let margin = total.dividedRoundingDown(by: 16)
            let found = try #require(
                PerpetualTakeover(
                    size: Int256(size), price: price, value: Int256(value), margin: margin, total: total,
                    penalty: Self.penalty))
            var part = Whole(size)
            let isHopeless = Whole(value) < Whole(Natural(margin) / Natural(2))
            if !worth.magnitude.isZero, worth.magnitude > Natural(100) * .ten(18), !isHopeless {
                let share = Natural(total) * .ten(6) / (worth.magnitude * Natural(2))
                part = part * Whole(min(share, .ten(6))) / .ten(6)
            }
            let notional = part * Whole(price) / .ten(18)
            let fee = notional.magnitude * Natural(25_000) / .ten(6)
            let ours = value < 0 ? fee : fee / Natural(2)
            #expect("\(found.size)" == "\(part)" && "\(found.notional)" == "\(notional)", "seed \(seed)")
            #expect("\(found.feeToLiquidator)" == "\(ours)", "seed \(seed)")
            #expect("\(found.feeToLiquidator + found.feeToInsurance)" == "\(fee)", "seed \(seed)")
        }
    }
}
