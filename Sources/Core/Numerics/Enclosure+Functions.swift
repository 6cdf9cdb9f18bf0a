/// Monotone functions of the ends. Our functions need not be monotone themselves in the last bit: what counts is that the
/// true function is, and that each end is moved outward by more than ours can be wrong.
extension Enclosure {
    public static func exp(_ a: Enclosure) -> Enclosure {
        let wide = widened(Elementary.exp(a.low), Elementary.exp(a.high), byUlps: Elementary.expUlps)
        return Enclosure(max(wide.low, 0), wide.high)
    }

    /// Of the part of a that is not negative, of which there must be some.
    public static func log(_ a: Enclosure) -> Enclosure {
        precondition(a.high >= 0, "Condition: a logarithm is taken of something that is not negative")
        return widened(Elementary.log(max(a.low, 0)), Elementary.log(a.high), byUlps: Elementary.logUlps)
    }

    public static func cumulative(_ a: Enclosure) -> Enclosure {
        let ulps = Normal.cumulativeUlps
        let wide = widened(Normal.cumulative(a.low), Normal.cumulative(a.high), byUlps: ulps)
        return Enclosure(max(wide.low, 0), min(wide.high, 1))
    }

    /// Rises up to 0 and falls from there.
    public static func density(_ a: Enclosure) -> Enclosure {
        let (left, right) = (Normal.density(a.low), Normal.density(a.high))
        let peak = a.contains(0) ? Normal.density(0) : max(left, right)
        let wide = widened(min(left, right), peak, byUlps: Normal.densityUlps)
        return Enclosure(max(wide.low, 0), wide.high)
    }

    /// One step more than the bound: the product with the ulp rounds too. An infinite end came from a finite argument past
    /// the largest double, where it proves only that much.
    private static func widened(_ low: Double, _ high: Double, byUlps ulps: Double) -> Enclosure {
        let bottom = low == .infinity ? .greatestFiniteMagnitude : low
        return Enclosure(
            bottom.isFinite ? (bottom - (ulps + 1) * bottom.ulp).nextDown : bottom,
            high.isFinite ? (high + (ulps + 1) * high.ulp).nextUp : high)
    }
}
