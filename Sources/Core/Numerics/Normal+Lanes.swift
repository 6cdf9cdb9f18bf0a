/// The branchless functions for four numbers at once: the same operations in the same order, so that every lane has the
/// bits of the scalar function. The tests hold them to that; who changes one changes both.
extension Elementary {
    /// `expNormal` by lanes.
    @inline(__always)
    static func expNormal(lanes x: FourDoubles) -> FourDoubles {
        let shifted = x * ln2Inverse + rounder
        let count = bits(shifted) &- rounder.bitPattern
        return powerOfRemainder(x, shifted - rounder) * powerOfTwo(lanes: count)
    }

    @inline(__always)
    static func bits(_ x: FourDoubles) -> SIMD4<UInt64> { unsafeBitCast(x, to: SIMD4<UInt64>.self) }

    @inline(__always)
    static func magnitude(lanes x: FourDoubles) -> FourDoubles {
        unsafeBitCast(bits(x) & 0x7FFF_FFFF_FFFF_FFFF, to: FourDoubles.self)
    }

    /// a with the sign that b has not. Exact, as all of these three.
    @inline(__always)
    static func oppositeSign(lanes a: FourDoubles, of b: FourDoubles) -> FourDoubles {
        unsafeBitCast(bits(a) ^ (~bits(b) & 0x8000_0000_0000_0000), to: FourDoubles.self)
    }

    @inline(__always)
    static func powerOfTwo(lanes k: SIMD4<UInt64>) -> FourDoubles {
        unsafeBitCast((k &+ 1023) &<< 52, to: FourDoubles.self)
    }
}

extension Normal {
    /// `survival` by lanes for a row of them: one call for all prices of an option.
    public static func survival(
        _ y: Span<FourDoubles>, _ z: Span<FourDoubles>, into shares: inout MutableSpan<FourDoubles>
    ) {
        precondition(y.count == z.count && y.count <= shares.count, "Condition: there is room for every share")
        for i in y.indices { shares[i] = survival(lanes: y[i], z[i]) }
    }

    /// `survival` by lanes.
    @inline(__always)
    public static func survival(lanes y: FourDoubles, _ z: FourDoubles) -> FourDoubles {
        let (inner, outer) = millsRatios(lanes: Elementary.magnitude(lanes: y), z)
        // inner - outer below zero and 1 - (inner + outer) above, without computing both.
        let base = FourDoubles(repeating: 1).replacing(with: 0, where: y .< 0)
        let share = base.plus(densityNormal(lanes: y), times: Elementary.oppositeSign(lanes: inner, of: y) - outer)
        return share.replacing(with: 0, where: share .< 0)
    }

    /// `densityNormal` by lanes.
    @inline(__always)
    static func densityNormal(lanes x: FourDoubles) -> FourDoubles {
        let (square, rest) = squared(x)
        return Elementary.expNormal(lanes: -0.5 * square)
            * FourDoubles.constant(rootInverse).plus(.constant(-halfRootInverse), times: rest)
    }

    /// `millsRatios` by lanes.
    @inline(__always)
    static func millsRatios(lanes x: FourDoubles, _ z: FourDoubles) -> (FourDoubles, FourDoubles) {
        let (a, b) = (center + x, center + z)
        let inverse = 1 / (a * b)
        return (millsRatio(x, inverse: inverse * b), millsRatio(z, inverse: inverse * a))
    }
}
