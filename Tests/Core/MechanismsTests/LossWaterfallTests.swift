import Mechanisms
import Testing
import Units

/// Insurance fund, deleveraging and socialised loss: nothing lost, nothing invented.
@Suite struct LossWaterfallTests {
    @Test func `the fund pays first, then winners, then everybody by his share`() {
        let waterfall = LossWaterfall(loss: 100, fund: 30, winners: 20)
        #expect(waterfall.fromFund == 30 && waterfall.fromWinners == 20 && waterfall.socialised == 50)
        let parts = Parts()
        #expect(waterfall.split(by: [UInt256(1), UInt256(2)]) { parts.values.append($1) } == UInt256(50))
        // ⌊50 / 3⌋, and what is due so far less that.
        #expect(parts.values == [16, 34])
        #expect(LossWaterfall(loss: 100, fund: 200, winners: 0).socialised == .zero)
        #expect(waterfall.split(by: [UInt256.zero]) { _, _ in } == nil)
    }

    @Test(arguments: 0..<40)
    func `the parts add up to the loss, and each is within a unit of its share`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let waterfall = LossWaterfall(
                loss: UInt256(UInt128(generator.next())), fund: UInt256(UInt128(generator.below(1 << 62))),
                winners: UInt256(UInt128(generator.below(1 << 62))))
            let shares = (0..<generator.within(1...9)).map { _ in UInt256(UInt128(generator.below(1 << 40) + 1)) }
            let parts = Parts()
            let paid = waterfall.split(by: shares) { parts.values.append($1) }
            #expect(paid == waterfall.socialised, "seed \(seed)")
            #expect(parts.values.reduce(.zero) { $0 + $1 } == waterfall.socialised, "seed \(seed)")
            let total = shares.reduce(UInt256.zero) { $0 + $1 }
            for (part, share) in zip(parts.values, shares) {
                let exact = waterfall.socialised * share
                #expect((part + 1) * total > exact && part * total < exact + total, "seed \(seed)")
            }
            let sum = waterfall.fromFund + waterfall.fromWinners + waterfall.socialised
            #expect(sum == LossWaterfall(loss: sum, fund: .zero, winners: .zero).socialised, "seed \(seed)")
        }
    }

    @Test func `who wins most for what stands behind it is closed first, losers last`() {
        func position(_ size: Int128, _ profit: Int128, _ equity: UInt128) -> Deleverable {
            Deleverable(size: Int256(size), profit: Int256(profit), notional: 100, equity: UInt256(equity))
        }
        let positions = [
            position(-3, 10, 100), position(-3, 10, 20), position(5, 90, 1), position(-3, -5, 10), position(-3, -5, 50),
            position(-3, 10, 20),
        ]
        let parts = Parts()
        // A bankrupt long of 11 for 1 000: only shorts, the second and its equal first, then the first, then who loses least.
        let left = DeleveragingQueue.close(11, for: 1_000, against: positions.span) { index, size, cash in
            parts.order.append(index)
            parts.values.append(cash)
            parts.sizes.append(size)
        }
        #expect(left == .zero)
        #expect(parts.order == [1, 5, 0, 3])
        #expect(parts.sizes == [3, 3, 3, 2])
        #expect(parts.values == [272, 273, 273, 182])
    }

    @Test(arguments: 0..<40)
    func `deleveraging closes as much as there is, and conserves size and cash`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let positions = (0..<generator.within(1...12)).map { _ in
                Deleverable(
                    size: Int256(Int128(generator.within(-50...50))), profit: Int256(Int128(generator.within(-9...9))),
                    notional: 100, equity: UInt256(UInt128(generator.below(5))))
            }
            let size = Int256(Int128(generator.within(1...200)) * (generator.below(2) == 0 ? 1 : -1))
            let cash = UInt256(UInt128(generator.below(1 << 50)))
            let parts = Parts()
            let left = DeleveragingQueue.close(size, for: cash, against: positions.span) { index, size, cash in
                parts.order.append(index)
                parts.sizes.append(size)
                parts.values.append(cash)
            }
            let closed = parts.sizes.reduce(UInt256.zero) { $0 + $1 }
            let paid = parts.values.reduce(UInt256.zero) { $0 + $1 }
            #expect(closed + left == size.magnitude, "seed \(seed)")
            #expect(paid == (cash * closed).dividedRoundingDown(by: size.magnitude), "seed \(seed)")
            let others = positions.filter { !$0.size.isZero && $0.size.isNegative != size.isNegative }
            let room = others.reduce(UInt256.zero) { $0 + $1.size.magnitude }
            #expect(closed == min(room, size.magnitude), "seed \(seed)")
            #expect(Set(parts.order).count == parts.order.count, "seed \(seed)")
            for (a, b) in zip(parts.order, parts.order.dropFirst()) {
                #expect(!DeleveragingQueue.precedes(positions[b], positions[a]), "seed \(seed)")
            }
        }
    }
}

/// What a closure was handed.
private final class Parts {
    var order: [Int] = []
    var sizes: [UInt256] = []
    var values: [UInt256] = []
}
