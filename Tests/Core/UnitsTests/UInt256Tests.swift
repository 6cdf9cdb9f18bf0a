import Testing
import Units

@Suite struct UInt256Tests {
    /// Identities that a wrong carry, shift or quotient digit breaks; numbers of every width from a seed.
    @Test(arguments: 0..<50)
    func `quotient times divisor plus remainder is the dividend`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let a = generator.word(), b = generator.word(), c = generator.word()
            guard !c.isZero else { continue }
            let (quotient, remainder) = a.quotientAndRemainder(dividingBy: c)
            #expect(remainder < c && quotient * c + remainder == a, "seed \(seed): \(a) / \(c)")
            let product = a.multipliedFullWidth(by: b)
            let floor = a.multiplied(by: b, dividedRoundingDownBy: c)
            #expect((floor == nil) == (product.high >= c), "seed \(seed): \(a) * \(b) / \(c)")
            guard let floor else { continue }
            let back = floor.multipliedFullWidth(by: c)
            // product - floor * c must lie in 0..<c, in 512 bits.
            let borrow = product.low < back.low
            let rest = borrow ? product.low.wrappingSubtract(back.low) : product.low - back.low
            #expect(product.high == back.high + (borrow ? 1 : 0) && rest < c, "seed \(seed): \(a) * \(b) / \(c)")
            let ceiling = a.multiplied(by: b, dividedRoundingUpBy: c)
            #expect(ceiling == (rest.isZero ? floor : floor.adding(1)), "seed \(seed)")
        }
    }

    @Test(arguments: 0..<20)
    func `division by up to two digits equals the general one, and a product of halves the library's`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let a = generator.word(), divisor = generator.word().low
            guard divisor != 0 else { continue }
            let short = ShortDivision.divide(a, by: divisor)
            let long = LongDivision.divide(high: .zero, low: a, by: UInt256(divisor))
            #expect(
                short.quotient == long.quotient && UInt256(short.remainder) == long.remainder,
                "seed \(seed): \(a) / \(divisor)")
            let whole = a.high.multipliedFullWidth(by: divisor)
            #expect(UInt256(product: a.high, divisor) == UInt256(high: whole.high, low: whole.low), "seed \(seed)")
        }
    }

    @Test func `decimal text goes there and back`() {
        #expect(UInt256.max.description.count == 78)
        #expect(UInt256(decimal: UInt256.max.description) == .max)
        #expect(UInt256(decimal: UInt256.max.description + "0") == nil)
        #expect(UInt256(decimal: "-1") == nil)
        #expect(UInt256(decimal: "") == nil)
        #expect(UInt256(decimal: "1000000000000000000000000000000000000000")?.description.count == 40)
    }

    @Test func `what does not fit is nil where a contract would revert`() {
        #expect(UInt256.max.adding(1) == nil)
        #expect(UInt256.zero.subtracting(1) == nil)
        #expect(UInt256.max.multiplied(by: 2) == nil)
        #expect(UInt256.max.multiplied(by: .max, dividedRoundingDownBy: .max) == .max)
    }

    @Test func `division by zero is our fault and traps`() async {
        await #expect(processExitsWith: .failure) { _ = UInt256(1).dividedRoundingDown(by: 0) }
    }
}

extension UInt256 {
    fileprivate func wrappingSubtract(_ other: UInt256) -> UInt256 {
        let (low, borrow) = low.subtractingReportingOverflow(other.low)
        return UInt256(high: high &- other.high &- (borrow ? 1 : 0), low: low)
    }
}

extension SeededGenerator {
    /// A word of a random width, with runs of ones and zeros, where long division goes wrong.
    fileprivate mutating func word() -> UInt256 {
        var value = UInt256.zero
        for _ in 0..<4 {
            let choice = below(6)
            let digit: UInt64 = choice == 0 ? 0 : choice == 1 ? .max : choice == 2 ? 1 << 63 : next()
            value = UInt256(high: value.high << 64 | value.low >> 64, low: value.low << 64 | UInt128(digit))
        }
        let width = UInt64(within(1...256))
        let shift = 256 - width
        if shift >= 128 { return UInt256(high: 0, low: shift == 256 ? 0 : value.high >> (shift - 128)) }
        if shift == 0 { return value }
        return UInt256(high: value.high >> shift, low: value.low >> shift | value.high << (128 - shift))
    }
}
