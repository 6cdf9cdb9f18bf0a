public import Units

/// What sizes there are: from one unit to the most, except those that would leave dust behind.
public struct SizeLimits: Equatable, Sendable {
    public var most: TokenAmount
    /// Sizes that the venue refuses, though it takes smaller and larger ones.
    public var forbidden: ClosedRange<TokenAmount>?

    public init(most: TokenAmount, forbidden: ClosedRange<TokenAmount>? = nil) {
        self.most = most
        self.forbidden = forbidden
    }

    /// The sizes below and above what is forbidden, as half-open ranges: above the lower bound, up to the upper.
    var runs: (lower: SizeRun?, upper: SizeRun?) {
        guard let forbidden else { return (SizeRun(above: 0, most: most), nil) }
        let end = min(most, forbidden.lowerBound == 0 ? 0 : forbidden.lowerBound - 1)
        return (SizeRun(above: 0, most: end), SizeRun(above: forbidden.upperBound, most: most))
    }
}

/// Sizes without a hole.
struct SizeRun {
    var above: TokenAmount
    var most: TokenAmount

    init?(above: TokenAmount, most: TokenAmount) {
        guard above < most else { return nil }
        self.above = above
        self.most = most
    }
}

/// A size and what it earns.
public struct SizedMargin: Equatable, Sendable {
    public var size: TokenAmount
    public var margin: Cash
}

/// The size that earns most, of a margin that is concave but for rounding: what is seized grows with the size, and every
/// further unit sells for less.
///
/// Golden section, since kinks (ticks, levels, a collateral that runs out) make slopes useless. Concavity gives the proof of
/// when to stop: beyond a known point nothing can rise above the straight line through the two points on the other side.
/// The result is within a millionth of the optimum and a few units of rounding; where nothing can be executed
/// (`nil`) the size is too large.
public enum SizeSearch {
    /// The margin is asked at most so often.
    public static let evaluationsMax = 60

    /// A margin may be off by so much from a concave one: both legs are rounded.
    private static let rounding = Cash(units: 2)

    /// The best size within the limits; `nil` when none of those tried can be executed.
    public static func best(within limits: SizeLimits, _ margin: (TokenAmount) -> Cash?) -> SizedMargin? {
        var budget = evaluationsMax
        let (lower, upper) = limits.runs
        guard let upper else { return lower.flatMap { best(in: $0, &budget, margin) } }
        // Of a concave margin the best lies beyond the hole, or before it, or at the hole's edges.
        let edge = SizedMargin(upper.above + 1, &budget, margin)
        guard let lower, let below = SizedMargin(lower.most, &budget, margin) else {
            let beyond = best(in: upper, &budget, margin)
            return beyond.better(edge).better(lower.flatMap { best(in: $0, &budget, margin) })
        }
        if let edge, edge.margin > below.margin { return best(in: upper, &budget, margin).better(edge) }
        return best(in: lower, &budget, margin).better(below).better(edge)
    }

    private static func best(
        in run: SizeRun, _ budget: inout Int, _ margin: (TokenAmount) -> Cash?
    ) -> SizedMargin? {
        let whole = SizedMargin(run.most, &budget, margin)
        // When a hair less earns less, by more than rounding, everything is best. The common case.
        let hair = max(1, (run.most - run.above) >> 20)
        let less = run.most - hair > run.above ? SizedMargin(run.most - hair, &budget, margin) : nil
        if let whole, let less, less.margin + Self.rounding <= whole.margin { return whole }
        guard var section = GoldenSection(run, whole?.margin, &budget, margin) else { return whole.better(less) }
        while budget > 0, let probe = section.probe { section.take(SizedMargin(probe, &budget, margin), at: probe) }
        return Optional(section.best).better(whole).better(less)
    }
}

extension SizedMargin {
    /// Asks for a size's margin, which counts.
    init?(_ size: TokenAmount, _ budget: inout Int, _ margin: (TokenAmount) -> Cash?) {
        budget -= 1
        guard let margin = margin(size) else { return nil }
        self.init(size: size, margin: margin)
    }
}

extension SizedMargin? {
    /// The one that earns more; of two alike the first.
    func better(_ other: SizedMargin?) -> SizedMargin? {
        guard let self else { return other }
        guard let other, other.margin > self.margin else { return self }
        return other
    }
}
