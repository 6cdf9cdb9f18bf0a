import Numerics

/// Black-76: European options on a forward (Black, "The pricing of commodity contracts", 1976).
///
/// One pricer is one forward, strike, volatility and time; call and put, value and Greeks share its work.
///
///     BlackPricer(forward: 100, strike: 110, volatility: 0.6, years: 30.0 / 365, rate: 0.05).value(.call)
///
/// Without time or volatility: the discounted intrinsic value; a call's delta is the discount times 0, ½ (at the strike)
/// or 1; gamma and vega are 0, and theta is the rate times the value. Agreement with QuantLib and with 200-bit
/// arithmetic: `Tests/Reference/options.py`.
public struct BlackPricer: Sendable {
    public let forward: Double
    public let strike: Double
    public let volatility: Double
    public let years: Double
    public let rate: Double
    /// e^(−rτ).
    public let discount: Double

    private let rootYears: Double
    /// F n(d1) = K n(d2).
    private let density: Double
    private let hope: Double
    /// N(d1) and N(−d1), each right in its own tail.
    private let above: Double
    private let below: Double

    public init(forward: Double, strike: Double, volatility: Double, years: Double, rate: Double = 0) {
        precondition(forward > 0 && forward < .infinity, "Condition: a forward is positive and finite")
        precondition(strike > 0 && strike < .infinity, "Condition: a strike is positive and finite")
        precondition(volatility >= 0 && volatility < .infinity, "Condition: a volatility is not negative")
        precondition(years >= 0 && years < .infinity, "Condition: time is not negative")
        precondition(rate.isFinite, "Condition: a rate is finite")
        self.forward = forward
        self.strike = strike
        self.volatility = volatility
        self.years = years
        self.rate = rate
        discount = rate == 0 ? 1 : Elementary.exp(-rate * years)
        rootYears = years.squareRoot()
        let spread = volatility * rootYears
        let option = OutOfTheMoney(
            lesser: min(forward, strike), moneyness: Moneyness.of(forward, strike), spread: spread)
        let isAlive = spread > 0
        hope = isAlive ? option.value : 0
        density = isAlive ? option.lesser * option.density : 0
        let d1 = forward <= strike ? option.y : option.z
        above = isAlive ? Normal.cumulative(d1) : forward > strike ? 1 : forward == strike ? 0.5 : 0
        below = isAlive ? Normal.cumulative(-d1) : 1 - above
    }

    /// What the option is worth today.
    public func value(_ kind: OptionKind) -> Double {
        discount * (hope + max(kind == .call ? forward - strike : strike - forward, 0))
    }

    /// ∂value/∂forward.
    public func delta(_ kind: OptionKind) -> Double { kind == .call ? discount * above : -discount * below }

    /// ∂²value/∂forward², the same for call and put.
    public var gamma: Double {
        density == 0 ? 0 : discount * density / (forward * forward * volatility * rootYears)
    }

    /// ∂value/∂volatility, per 1.00, the same for call and put.
    public var vega: Double { discount * density * rootYears }

    /// What passing time alone takes from the value of either, a year, without interest: negative or 0.
    var decay: Double { density == 0 ? 0 : -discount * density * volatility / (2 * rootYears) }

    /// −∂value/∂years, the forward and the rate held.
    public func theta(_ kind: OptionKind) -> Double { decay + rate * value(kind) }

    public func greeks(_ kind: OptionKind) -> Greeks {
        Greeks(delta: delta(kind), gamma: gamma, vega: vega, theta: theta(kind))
    }
}

/// ln(F/K).
public enum Moneyness {
    /// Near the strike through the difference, which is exact there: rounding the quotient first would cost digits that
    /// a short option has none to spare of.
    public static func of(_ forward: Double, _ strike: Double) -> Double {
        let difference = forward - strike
        return difference.magnitude <= 0.25 * strike
            ? Elementary.log1p(difference / strike) : Elementary.log(forward) - Elementary.log(strike)
    }
}
