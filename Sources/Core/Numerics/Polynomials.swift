/// The fits behind the exponential and the Mills ratio, for one number or for several: each by halves, so that the additions
/// of one half do not wait for the other.
enum Polynomials {
    /// (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2, off by 2^-57 of e^r.
    @inline(__always)
    static func exponentialTail<N: Fusing>(_ r: N) -> N {
        let r2 = r * r
        let r4 = r2 * r2
        let a = .constant(0x1.0000000000001p-1) + .constant(0x1.5555555555556p-3) * r
        let b = .constant(0x1.5555555553d68p-5) + .constant(0x1.11111111109b5p-7) * r
        let c = .constant(0x1.6c16c17889ef1p-10) + .constant(0x1.a01a01a7c2efep-13) * r
        let d = .constant(0x1.a019b9149a41cp-16) + .constant(0x1.71de0db2f6b19p-19) * r
        let e = .constant(0x1.28917c89a43a7p-22) + .constant(0x1.af389ecfc4b9cp-26) * r
        return (a + b * r2) + ((c + d * r2) + e * r4) * r4
    }

    /// (x + 6) M(x) in t = (6 − x) / (6 + x), off by 2^-53.
    @inline(__always)
    static func mills<N: Fusing>(_ t: N) -> N {
        let t2 = t * t
        let t4 = t2 * t2
        let t8 = t4 * t4
        return millsLow(t, t2, t4).plus(millsMiddle(t, t2, t4).plus(millsHigh(t, t2, t4), times: t8), times: t8)
    }

    @inline(__always)
    private static func millsLow<N: Fusing>(_ t: N, _ t2: N, _ t4: N) -> N {
        let a = line(0x1.f2d2fd15d616dp+0, 0x1.c1d5d4c5f37fep+0, t)
        let b = line(0x1.6d1b049a20240p+0, 0x1.0999c262fe36cp+0, t)
        let c = line(0x1.57ea9ca3592fap-1, 0x1.87e5ceee0fb68p-2, t)
        let d = line(0x1.81e690aacb7f8p-3, 0x1.3e21804c18334p-4, t)
        return a.plus(b, times: t2).plus(c.plus(d, times: t2), times: t4)
    }

    @inline(__always)
    private static func millsMiddle<N: Fusing>(_ t: N, _ t2: N, _ t4: N) -> N {
        let a = line(0x1.9be92160aebfbp-6, 0x1.5e2b0bf4cb34bp-8, t)
        let b = line(0x1.5995e71d4fa83p-14, -0x1.dcafc3ee98fdap-12, t)
        let c = line(-0x1.54655e1860923p-13, -0x1.697803857b8fcp-19, t)
        let d = line(0x1.1dfce3bba7b06p-16, 0x1.2e2abe0d24b9ep-18, t)
        return a.plus(b, times: t2).plus(c.plus(d, times: t2), times: t4)
    }

    @inline(__always)
    private static func millsHigh<N: Fusing>(_ t: N, _ t2: N, _ t4: N) -> N {
        let a = line(-0x1.250e971a1e15fp-20, -0x1.99e8093a40f4fp-21, t)
        let b = line(0x1.0c65161eb8a01p-25, 0x1.96c0c62be0bbdp-24, t)
        let c = line(0x1.3a0395e1ab4dcp-31, -0x1.d998205da6e99p-28, t)
        return a.plus(b, times: t2).plus(c, times: t4)
    }

    /// constant + slope · x.
    @inline(__always)
    private static func line<N: Fusing>(_ constant: Double, _ slope: Double, _ x: N) -> N {
        N.constant(constant).plus(.constant(slope), times: x)
    }
}
