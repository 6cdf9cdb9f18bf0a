/// Division of 256 bits by at most 128, which is nearly every division of a venue's rules: schoolbook on 64-bit digits held in
/// words, where the general case (`LongDivision`) walks arrays of digits.
public enum ShortDivision {
    /// ⌊value / divisor⌋ and what is left. The divisor is not zero.
    public static func divide(_ value: UInt256, by divisor: UInt128) -> (quotient: UInt256, remainder: UInt128) {
        guard divisor >> 64 != 0 else {
            let (quotient, remainder) = divide(value, by: UInt64(truncatingIfNeeded: divisor))
            return (quotient, UInt128(remainder))
        }
        // The divisor's top bit set, as in Knuth's D1; what falls out of the dividend is a fifth digit.
        let shift = UInt128(divisor.leadingZeroBitCount)
        let normal = divisor << shift
        let out = shift == 0 ? 0 : value.high >> (128 - shift)
        let high = value.high << shift | (shift == 0 ? 0 : value.low >> (128 - shift))
        let low = value.low << shift
        // Where the top half is smaller than the divisor the upper quotient digits are zero.
        var rest = out
        var upper: UInt128 = 0
        if out != 0 || high >= normal {
            let first = step(&rest, upperDigit(high), normal)
            let second = step(&rest, lowerDigit(high), normal)
            upper = UInt128(first) << 64 | UInt128(second)
        } else {
            rest = high
        }
        let third = step(&rest, upperDigit(low), normal)
        let fourth = step(&rest, lowerDigit(low), normal)
        return (UInt256(high: upper, low: UInt128(third) << 64 | UInt128(fourth)), rest >> shift)
    }

    /// One quotient digit: (rest · 2^64 + digit) by a divisor of two digits, its top bit set; the rest is less than it.
    private static func step(_ rest: inout UInt128, _ digit: UInt64, _ divisor: UInt128) -> UInt64 {
        let (top, next) = (upperDigit(divisor), lowerDigit(divisor))
        var guess: UInt64
        // What is left after taking the guess times the top digit alone; beyond one digit nothing needs a correction.
        var left: UInt128
        if upperDigit(rest) >= top {
            guess = .max
            left = rest - UInt128(top) * UInt128(UInt64.max)
        } else {
            let (quotient, remainder) = top.dividingFullWidth((upperDigit(rest), lowerDigit(rest)))
            (guess, left) = (quotient, UInt128(remainder))
        }
        // At most two too large (Knuth's theorem B).
        while left >> 64 == 0, UInt128(guess) * UInt128(next) > left << 64 | UInt128(digit) {
            guess -= 1
            left += UInt128(top)
        }
        rest = (left << 64 | UInt128(digit)) &- UInt128(guess) &* UInt128(next)
        return guess
    }

    private static func divide(_ value: UInt256, by divisor: UInt64) -> (quotient: UInt256, remainder: UInt64) {
        let digits = (upperDigit(value.high), lowerDigit(value.high), upperDigit(value.low), lowerDigit(value.low))
        let (first, rest0) = (digits.0 / divisor, digits.0 % divisor)
        let (second, rest1) = divisor.dividingFullWidth((rest0, digits.1))
        let (third, rest2) = divisor.dividingFullWidth((rest1, digits.2))
        let (fourth, rest3) = divisor.dividingFullWidth((rest2, digits.3))
        return (
            UInt256(
                high: UInt128(first) << 64 | UInt128(second), low: UInt128(third) << 64 | UInt128(fourth)), rest3
        )
    }

    private static func upperDigit(_ value: UInt128) -> UInt64 { UInt64(truncatingIfNeeded: value >> 64) }
    private static func lowerDigit(_ value: UInt128) -> UInt64 { UInt64(truncatingIfNeeded: value) }
}
