public import Numerics

/// Bounds on an option's slopes over a box of forward, volatility and time: wherever in the box the market goes, delta, vega
/// and theta stay inside. The worst move of a portfolio follows without trying scenarios.
///
///     let slopes = SlopeEnclosure(.call, strike: 100, over: OptionBox(
///         forward: Enclosure(90, 110), volatility: Enclosure(0.5, 0.8), years: Enclosure(0.08, 0.09)), rate: 0.02)
///
/// d1 and d2 take their exact ranges over the box (they are monotone but for one turn), so delta is nearly tight; vega and
/// theta are products of ranges and a little wide. Where time or volatility may vanish the answers are wide but hold.
public struct SlopeEnclosure: Sendable {
    public let delta: Enclosure
    public let vega: Enclosure
    public let theta: Enclosure

    public init(_ kind: OptionKind, strike: Double, over box: OptionBox, rate: Double = 0) {
        precondition(strike > 0 && strike < .infinity, "Condition: a strike is positive and finite")
        precondition(box.forward.low > 0, "Condition: a forward is positive")
        precondition(box.volatility.low >= 0 && box.years.low >= 0, "Condition: no volatility and no time is negative")
        let discount = Enclosure.exp(-(Enclosure(rate) * box.years))
        let rootYears = box.years.squareRoot
        let moneyness = Enclosure.log(box.forward) - Enclosure.log(Enclosure(strike))
        let spread = (box.volatility * rootYears).notNegative
        let d1 = Self.distance(moneyness, spread)
        let density = discount * box.forward * Enclosure.density(d1)
        delta =
            kind == .call
            ? discount * Enclosure.cumulative(d1) : -(discount * Enclosure.cumulative(-d1))
        vega = (density * rootYears).notNegative
        let value = Self.value(kind, strike, box.forward, spread) * discount
        theta = Enclosure(rate) * value - Self.decay(density, box)
    }

    /// The range of m/s + s/2 over two ranges: it rises with m; along s it falls to √(2m), where it is least, and rises.
    private static func distance(_ moneyness: Enclosure, _ spread: Enclosure) -> Enclosure {
        guard spread.low > 0 else { return .whole }
        func at(_ m: Double, _ s: Double) -> Enclosure {
            Enclosure(m) / Enclosure(s) + Enclosure(0.5) * Enclosure(s)
        }
        let (m, s) = (moneyness, spread)
        let top = max(at(m.high, s.low).high, at(m.high, s.high).high)
        var bottom = min(at(m.low, s.low).low, at(m.low, s.high).low)
        if m.low > 0 {
            let turn = (Enclosure(2) * Enclosure(m.low)).squareRoot
            // The value at the turn is the turn itself: m/√(2m) + √(2m)/2.
            if turn.high >= s.low && turn.low <= s.high { bottom = min(bottom, turn.low) }
        }
        return Enclosure(bottom, top)
    }

    /// −∂/∂years of the value through its spread is at most this: F n(d1) σ / (2√τ).
    private static func decay(_ density: Enclosure, _ box: OptionBox) -> Enclosure {
        guard box.years.low > 0 else { return Enclosure(0, .infinity) }
        return (density * box.volatility / (Enclosure(2) * box.years.squareRoot)).notNegative
    }

    /// The undiscounted value rises with the spread, and with the forward for a call or against it for a put: two corners.
    private static func value(
        _ kind: OptionKind, _ strike: Double, _ forward: Enclosure, _ spread: Enclosure
    ) -> Enclosure {
        let (worst, best) = kind == .call ? (forward.low, forward.high) : (forward.high, forward.low)
        let low = value(kind, strike, worst, spread.low)
        let high = value(kind, strike, best, spread.high)
        return Enclosure(max(low.low, 0), high.high)
    }

    /// At one point, by the pricer's formula. Within four deviations that is right to 10^-12 of what is hoped for; beyond,
    /// hope is below 10^-5 of a leg and right to some 10^-11, which the share of the legs covers.
    private static func value(
        _ kind: OptionKind, _ strike: Double, _ forward: Double, _ spread: Double
    ) -> Enclosure {
        guard forward < .infinity else { return Enclosure(0, .infinity) }
        let intrinsic = max(kind == .call ? forward - strike : strike - forward, 0)
        let hope =
            spread > 0
            ? OutOfTheMoney(
                lesser: min(forward, strike), moneyness: Moneyness.of(forward, strike), spread: spread
            ).value : 0
        let error = 1e-11 * hope + 1e-14 * (forward + strike)
        return Enclosure(max(hope + intrinsic - error, 0), hope + intrinsic + error)
    }
}

/// Where the market of one expiry may be.
public struct OptionBox: Sendable {
    public var forward: Enclosure
    public var volatility: Enclosure
    public var years: Enclosure

    public init(forward: Enclosure, volatility: Enclosure, years: Enclosure) {
        self.forward = forward
        self.volatility = volatility
        self.years = years
    }
}

extension Enclosure {
    /// What is known not to be negative cannot begin below zero; rounding outward may have said so.
    var notNegative: Enclosure { Enclosure(max(low, 0), max(high, 0)) }
}
