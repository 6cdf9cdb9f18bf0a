/// The branchless functions for eight numbers at once: the same operations in the same order, so that every lane has the
/// bits of the scalar function. The tests hold them to that; who changes one changes both.
extension Elementary {
    /// `expNormal` by lanes.
    @inline(__always)
    static func expNormal(lanes x: SIMD8<Double>) -> SIMD8<Double> {
        let shifted = x * ln2Inverse + rounder
        let count = bits(shifted) &- rounder.bitPattern
        let k = shifted - rounder
        let high = x - k * ln2High
        let low = k * ln2Low
        let r = high - low
        let y = 1 + (high - (low - r * r * exponentialTail(lanes: r)))
        return y * powerOfTwo(lanes: count)
    }

    @inline(__always)
    static func bits(_ x: SIMD8<Double>) -> SIMD8<UInt64> { unsafeBitCast(x, to: SIMD8<UInt64>.self) }

    @inline(__always)
    static func magnitude(lanes x: SIMD8<Double>) -> SIMD8<Double> {
        unsafeBitCast(bits(x) & 0x7FFF_FFFF_FFFF_FFFF, to: SIMD8<Double>.self)
    }

    /// a with the sign that b has not. Exact, as all of these three.
    @inline(__always)
    static func oppositeSign(lanes a: SIMD8<Double>, of b: SIMD8<Double>) -> SIMD8<Double> {
        unsafeBitCast(bits(a) ^ (~bits(b) & 0x8000_0000_0000_0000), to: SIMD8<Double>.self)
    }

    @inline(__always)
    static func powerOfTwo(lanes k: SIMD8<UInt64>) -> SIMD8<Double> {
        unsafeBitCast((k &+ 1023) &<< 52, to: SIMD8<Double>.self)
    }

    @inline(__always)
    static func exponentialTail(lanes r: SIMD8<Double>) -> SIMD8<Double> {
        let r2 = r * r
        let r4 = r2 * r2
        let a = 0x1.0000000000001p-1 + 0x1.5555555555556p-3 * r
        let b = 0x1.5555555553d68p-5 + 0x1.11111111109b5p-7 * r
        let c = 0x1.6c16c17889ef1p-10 + 0x1.a01a01a7c2efep-13 * r
        let d = 0x1.a019b9149a41cp-16 + 0x1.71de0db2f6b19p-19 * r
        let e = 0x1.28917c89a43a7p-22 + 0x1.af389ecfc4b9cp-26 * r
        return (a + b * r2) + ((c + d * r2) + e * r4) * r4
    }
}

extension Normal {
    /// `survival` by lanes: one call for eight prices.
    package static func survival(lanes y: SIMD8<Double>, _ z: SIMD8<Double>) -> SIMD8<Double> {
        let (inner, outer) = millsRatios(lanes: Elementary.magnitude(lanes: y), z)
        // inner - outer below zero and 1 - (inner + outer) above, without computing both.
        let base = SIMD8<Double>(repeating: 1).replacing(with: 0, where: y .< 0)
        let share = base + densityNormal(lanes: y) * (Elementary.oppositeSign(lanes: inner, of: y) - outer)
        return share.replacing(with: 0, where: share .< 0)
    }

    /// `densityNormal` by lanes.
    @inline(__always)
    static func densityNormal(lanes x: SIMD8<Double>) -> SIMD8<Double> {
        let high = unsafeBitCast(Elementary.bits(x) & 0xFFFF_FFFF_F800_0000, to: SIMD8<Double>.self)
        let low = x - high
        let square = x * x
        let rest = ((high * high - square) + 2 * high * low) + low * low
        return Elementary.expNormal(lanes: -0.5 * square) * (rootInverse - halfRootInverse * rest)
    }

    /// `millsRatios` by lanes.
    @inline(__always)
    static func millsRatios(lanes x: SIMD8<Double>, _ z: SIMD8<Double>) -> (SIMD8<Double>, SIMD8<Double>) {
        let (a, b) = (center + x, center + z)
        let inverse = 1 / (a * b)
        return (millsRatio(lanes: x, inverse: inverse * b), millsRatio(lanes: z, inverse: inverse * a))
    }

    @inline(__always)
    static func millsRatio(lanes x: SIMD8<Double>, inverse: SIMD8<Double>) -> SIMD8<Double> {
        let t = (center - x) * inverse
        let t2 = t * t
        let t4 = t2 * t2
        let t8 = t4 * t4
        let low = millsLow(lanes: t, t2, t4)
        let middle = millsMiddle(lanes: t, t2, t4)
        return (low + (middle + millsHigh(lanes: t, t2, t4) * t8) * t8) * inverse
    }

    @inline(__always)
    private static func millsLow(lanes t: SIMD8<Double>, _ t2: SIMD8<Double>, _ t4: SIMD8<Double>) -> SIMD8<Double> {
        let a = 0x1.f2d2fd15d616dp+0 + 0x1.c1d5d4c5f37fep+0 * t
        let b = 0x1.6d1b049a20240p+0 + 0x1.0999c262fe36cp+0 * t
        let c = 0x1.57ea9ca3592fap-1 + 0x1.87e5ceee0fb68p-2 * t
        let d = 0x1.81e690aacb7f8p-3 + 0x1.3e21804c18334p-4 * t
        return (a + b * t2) + (c + d * t2) * t4
    }

    @inline(__always)
    private static func millsMiddle(lanes t: SIMD8<Double>, _ t2: SIMD8<Double>, _ t4: SIMD8<Double>) -> SIMD8<Double> {
        let a = 0x1.9be92160aebfbp-6 + 0x1.5e2b0bf4cb34bp-8 * t
        let b = 0x1.5995e71d4fa83p-14 + -0x1.dcafc3ee98fdap-12 * t
        let c = -0x1.54655e1860923p-13 + -0x1.697803857b8fcp-19 * t
        let d = 0x1.1dfce3bba7b06p-16 + 0x1.2e2abe0d24b9ep-18 * t
        return (a + b * t2) + (c + d * t2) * t4
    }

    @inline(__always)
    private static func millsHigh(lanes t: SIMD8<Double>, _ t2: SIMD8<Double>, _ t4: SIMD8<Double>) -> SIMD8<Double> {
        let a = -0x1.250e971a1e15fp-20 + -0x1.99e8093a40f4fp-21 * t
        let b = 0x1.0c65161eb8a01p-25 + 0x1.96c0c62be0bbdp-24 * t
        let c = 0x1.3a0395e1ab4dcp-31 + -0x1.d998205da6e99p-28 * t
        return (a + b * t2) + c * t4
    }
}
