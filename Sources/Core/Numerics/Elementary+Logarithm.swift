extension Elementary {
    /// The natural logarithm.
    public static func log(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x < .infinity else { return .infinity }
        // A subnormal number is made normal first.
        guard x >= .leastNormalMagnitude else { return logarithm(of: x * 0x1p54, exponent: -54, remainder: 0) }
        return logarithm(of: x, exponent: 0, remainder: 0)
    }

    /// The natural logarithm of 1 + x, exact in the sense of `log` where x is small.
    public static func log1p(_ x: Double) -> Double {
        guard x > -1 else { return x == -1 ? -.infinity : .nan }
        guard x < .infinity else { return .infinity }
        if x > -0.29 && x < 0.41 {
            // Below 2^-54 the result is x itself; the sum below would lose the sign of a zero.
            return x.magnitude < 0x1p-54 ? x : logarithm(exponent: 0, fraction: x, remainder: 0)
        }
        let sum = 1 + x
        // What the addition dropped, exactly.
        let dropped = x >= 1 ? 1 - (sum - x) : x - (sum - 1)
        return logarithm(of: sum, exponent: 0, remainder: dropped / sum)
    }

    /// ln(x · 2^exponent) + remainder for a normal x: x is split into 2^k · (1 + f) with 1 + f in √½..<√2.
    private static func logarithm(of x: Double, exponent: Int64, remainder: Double) -> Double {
        let rootOfHalf: UInt64 = 0x3FE6_A09E_667F_3BCD
        let above = Int64(bitPattern: x.bitPattern &- rootOfHalf)
        let k = above &>> 52
        let mantissa = Double(bitPattern: x.bitPattern &- UInt64(bitPattern: k &<< 52))
        return logarithm(exponent: Double(k &+ exponent), fraction: mantissa - 1, remainder: remainder)
    }

    /// k ln 2 + ln(1 + f) + remainder. With s = f / (2 + f), ln(1 + f) = 2s + s³ P(s²) = f − (f²/2 − s (f²/2 + s² P)):
    /// f is exact and leads, so that the roundings of the rest hardly count. The arrangement is that of fdlibm's `e_log.c`.
    private static func logarithm(exponent k: Double, fraction f: Double, remainder: Double) -> Double {
        let s = f / (2 + f)
        let z = s * s
        let halfSquare = 0.5 * f * f
        let inner = s * (halfSquare + z * logarithmTail(z))
        return k * ln2High - ((halfSquare - (inner + (k * ln2Low + remainder))) - f)
    }

    /// (ln((1 + s) / (1 − s)) − 2s) / s³ with z = s², for z up to 0.0295, off by 2^-60 of 2s.
    private static func logarithmTail(_ z: Double) -> Double {
        let z2 = z * z
        let a = 0x1.5555555555555p-1 + 0x1.9999999999a38p-2 * z
        let b = 0x1.2492492476cccp-2 + 0x1.c71c720159177p-3 * z
        let c = 0x1.745cf9048dd95p-3 + 0x1.3b1c355a8f7a2p-3 * z
        let d = 0x1.0fbe95d716020p-3 + 0x1.0c039c49989c6p-3 * z
        return (a + b * z2) + (c + d * z2) * (z2 * z2)
    }
}
