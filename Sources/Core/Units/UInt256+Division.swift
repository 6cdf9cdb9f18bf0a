// Every division names its rounding. The general case is Knuth's Algorithm D (The Art of Computer
// Programming, volume 2, section 4.3.1) on 64-bit digits; the common cases never reach it.
extension UInt256 {
    /// ⌊self / divisor⌋.
    @inlinable
    public func dividedRoundingDown(by divisor: UInt256) -> UInt256 {
        quotientAndRemainder(dividingBy: divisor).quotient
    }

    /// ⌈self / divisor⌉.
    @inlinable
    public func dividedRoundingUp(by divisor: UInt256) -> UInt256 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder.isZero ? quotient : quotient + 1
    }

    @inlinable
    public func quotientAndRemainder(dividingBy divisor: UInt256) -> (quotient: UInt256, remainder: UInt256) {
        precondition(!divisor.isZero, "Condition: a divisor is not zero")
        if high == 0 && divisor.high == 0 {
            let (quotient, remainder) = low.quotientAndRemainder(dividingBy: divisor.low)
            return (UInt256(quotient), UInt256(remainder))
        }
        if self < divisor { return (.zero, self) }
        if divisor.high == 0 {
            let (quotient, remainder) = ShortDivision.divide(self, by: divisor.low)
            return (quotient, UInt256(remainder))
        }
        let result = LongDivision.divide(high: .zero, low: self, by: divisor)
        return (result.quotient, result.remainder)
    }

    /// ⌊self · factor / divisor⌋ with the product at full width; `nil` when the quotient exceeds 256 bits.
    @inlinable
    public func multiplied(by factor: UInt256, dividedRoundingDownBy divisor: UInt256) -> UInt256? {
        multipliedAndDivided(by: factor, divisor)?.quotient
    }

    /// ⌈self · factor / divisor⌉ with the product at full width; `nil` when the quotient exceeds 256 bits.
    @inlinable
    public func multiplied(by factor: UInt256, dividedRoundingUpBy divisor: UInt256) -> UInt256? {
        guard let (quotient, remainder) = multipliedAndDivided(by: factor, divisor) else { return nil }
        return remainder.isZero ? quotient : quotient.adding(1)
    }

    @inlinable
    func multipliedAndDivided(
        by factor: UInt256, _ divisor: UInt256
    ) -> (quotient: UInt256, remainder: UInt256)? {
        precondition(!divisor.isZero, "Condition: a divisor is not zero")
        if high == 0 && factor.high == 0 {
            return UInt256(product: low, factor.low).quotientAndRemainder(dividingBy: divisor)
        }
        let product = multipliedFullWidth(by: factor)
        guard product.high < divisor else { return nil }
        return LongDivision.divide(high: product.high, low: product.low, by: divisor)
    }
}

/// Division of a 512-bit number by a 256-bit one, whose quotient fits 256 bits.
public enum LongDivision {
    public static func divide(
        high: UInt256, low: UInt256, by divisor: UInt256
    ) -> (quotient: UInt256, remainder: UInt256) {
        precondition(high < divisor, "Condition: the quotient fits 256 bits")
        let digits = significantDigits(of: divisor)
        if digits == 1 { return divideByDigit(high: high, low: low, UInt64(truncatingIfNeeded: divisor.low)) }
        // Knuth's D1: shift so that the divisor's top digit has its top bit set.
        let shift = leadingZeros(of: divisor) & 63
        var u = shiftedDigits(high: high, low: low, left: shift)
        let v = shiftedDigits(high: .zero, low: divisor, left: shift)
        var quotient: InlineArray<9, UInt64> = .init(repeating: 0)
        // Digits above the dividend's own are zero, and so are those of the quotient.
        let given = high.isZero ? significantDigits(of: low) : 4 + significantDigits(of: high)
        for j in stride(from: max(given - digits, 0), through: 0, by: -1) {
            var guess = estimate(u, v, at: j, digits)
            if subtract(v, times: guess, from: &u, at: j, digits) {
                guess &-= 1  // D6: the estimate was one too large; rare, about 2 in 2^64
                addBack(v, to: &u, at: j, digits)
            }
            quotient[j] = guess
        }
        return (word(quotient), unshifted(u, right: shift))
    }

    /// D3: a quotient digit that is exact or one too large.
    private static func estimate(
        _ u: InlineArray<9, UInt64>, _ v: InlineArray<9, UInt64>, at j: Int, _ n: Int
    ) -> UInt64 {
        let top = v[n - 1]
        if u[j + n] >= top { return .max }
        var (guess, rest) = top.dividingFullWidth((u[j + n], u[j + n - 1]))
        while true {
            let product = guess.multipliedFullWidth(by: v[n - 2])
            guard product.high > rest || (product.high == rest && product.low > u[j + n - 2]) else { return guess }
            guess -= 1
            let (sum, overflow) = rest.addingReportingOverflow(top)
            if overflow { return guess }
            rest = sum
        }
    }

    /// D4: subtracts and says whether it borrowed out of the top digit.
    private static func subtract(
        _ v: InlineArray<9, UInt64>, times guess: UInt64, from u: inout InlineArray<9, UInt64>, at j: Int, _ n: Int
    ) -> Bool {
        var carry: UInt64 = 0
        for i in 0..<n {
            let product = guess.multipliedFullWidth(by: v[i])
            let (low, overflow) = product.low.addingReportingOverflow(carry)
            let (digit, borrow) = u[i + j].subtractingReportingOverflow(low)
            u[i + j] = digit
            carry = product.high &+ (overflow ? 1 : 0) &+ (borrow ? 1 : 0)
        }
        let (digit, borrow) = u[j + n].subtractingReportingOverflow(carry)
        u[j + n] = digit
        return borrow
    }

    private static func addBack(
        _ v: InlineArray<9, UInt64>, to u: inout InlineArray<9, UInt64>, at j: Int, _ n: Int
    ) {
        var carry: UInt64 = 0
        for i in 0..<n {
            let (partial, overflow) = u[i + j].addingReportingOverflow(v[i])
            let (digit, overflowOfCarry) = partial.addingReportingOverflow(carry)
            u[i + j] = digit
            carry = overflow || overflowOfCarry ? 1 : 0
        }
        u[j + n] = u[j + n] &+ carry
    }

    private static func divideByDigit(
        high: UInt256, low: UInt256, _ divisor: UInt64
    ) -> (quotient: UInt256, remainder: UInt256) {
        let digits = shiftedDigits(high: high, low: low, left: 0)
        var quotient: InlineArray<9, UInt64> = .init(repeating: 0)
        var remainder: UInt64 = 0
        for i in stride(from: 7, through: 0, by: -1) {
            (quotient[i], remainder) = divisor.dividingFullWidth((remainder, digits[i]))
        }
        return (word(quotient), UInt256(remainder))
    }

    private static func significantDigits(of value: UInt256) -> Int {
        (256 - leadingZeros(of: value) + 63) / 64
    }

    private static func leadingZeros(of value: UInt256) -> Int {
        value.high != 0 ? value.high.leadingZeroBitCount : 128 + value.low.leadingZeroBitCount
    }

    /// The eight digits, least first, shifted left by less than a digit; the ninth takes what falls out.
    private static func shiftedDigits(high: UInt256, low: UInt256, left shift: Int) -> InlineArray<9, UInt64> {
        var digits: InlineArray<9, UInt64> = .init(repeating: 0)
        let words = [low.low, low.high, high.low, high.high] as InlineArray<4, UInt128>
        for i in 0..<4 {
            digits[2 * i] = UInt64(truncatingIfNeeded: words[i])
            digits[2 * i + 1] = UInt64(truncatingIfNeeded: words[i] >> 64)
        }
        guard shift > 0 else { return digits }
        for i in stride(from: 8, through: 1, by: -1) {
            digits[i] = digits[i] << UInt64(shift) | digits[i - 1] >> UInt64(64 - shift)
        }
        digits[0] <<= UInt64(shift)
        return digits
    }

    private static func unshifted(_ digits: InlineArray<9, UInt64>, right shift: Int) -> UInt256 {
        var result = digits
        if shift > 0 {
            for i in 0..<8 { result[i] = result[i] >> UInt64(shift) | result[i + 1] << UInt64(64 - shift) }
        }
        return word(result)
    }

    private static func word(_ digits: InlineArray<9, UInt64>) -> UInt256 {
        UInt256(
            high: UInt128(digits[3]) << 64 | UInt128(digits[2]), low: UInt128(digits[1]) << 64 | UInt128(digits[0]))
    }
}
