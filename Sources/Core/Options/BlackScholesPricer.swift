import Numerics

/// Black-Scholes-Merton: European options on a spot with a continuous carry, as a dividend or a lending yield.
///
/// It is Black-76 on the forward S e^((r − q)τ), with the Greeks by the spot: the rate and the carry are held, the forward
/// moves with both spot and time.
public struct BlackScholesPricer: Sendable {
    public let spot: Double
    public let carry: Double
    private let black: BlackPricer
    /// ∂forward/∂spot.
    private let growth: Double

    public init(
        spot: Double, strike: Double, volatility: Double, years: Double, rate: Double, carry: Double = 0
    ) {
        precondition(carry.isFinite, "Condition: a carry is finite")
        self.spot = spot
        self.carry = carry
        growth = Elementary.exp((rate - carry) * years)
        black = BlackPricer(
            forward: spot * growth, strike: strike, volatility: volatility, years: years, rate: rate)
    }

    public func value(_ kind: OptionKind) -> Double { black.value(kind) }

    /// ∂value/∂spot.
    public func delta(_ kind: OptionKind) -> Double { growth * black.delta(kind) }

    /// ∂²value/∂spot².
    public var gamma: Double { growth * growth * black.gamma }

    /// ∂value/∂volatility, per 1.00.
    public var vega: Double { black.vega }

    /// −∂value/∂years with the spot held: the forward's own drift comes on top of Black-76.
    public func theta(_ kind: OptionKind) -> Double {
        black.theta(kind) - (black.rate - carry) * black.forward * black.delta(kind)
    }

    public func greeks(_ kind: OptionKind) -> Greeks {
        Greeks(delta: delta(kind), gamma: gamma, vega: vega, theta: theta(kind))
    }
}
