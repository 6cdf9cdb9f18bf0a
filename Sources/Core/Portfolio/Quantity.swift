import Numerics
public import Options

/// A number in a margin formula: a plain double, or a `Jet` that also knows its slopes over a box.
///
/// Each formula is written once for both, so that what judges an account and what bounds its slopes cannot drift apart.
///
/// | expression | double | jet |
/// |---|---|---|
/// | `a + b`, `a - b`, `a * b`, `a * 2` | as usual | sum, difference and product rule |
/// | `.least(a, b)`, `.greatest(a, b)` | the one | both branches where the box does not decide |
/// | `.option(…)` | Black-76 | Greeks here, their enclosures over the box |
public protocol Quantity: Sendable {
    init(_ value: Double)
    /// Whether the box of the factors makes any difference.
    static var hasBox: Bool { get }
    /// A factor's value, which may move by the half width either way.
    static func variable(_ position: Int, at value: Double, halfWidth: Double) -> Self
    /// What it is at the factors of now.
    var here: Double { get }

    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func * (a: Self, b: Double) -> Self
    /// Adds so many of another: the sum over a book, in place.
    mutating func add(_ other: Self, times amount: Double)

    static func least(_ a: Self, _ b: Self) -> Self
    static func greatest(_ a: Self, _ b: Self) -> Self
    /// Of a positive quantity.
    var logarithm: Self { get }
    var exponential: Self { get }
    /// Of a quantity that is not negative.
    var squareRoot: Self { get }
    /// Of a positive quantity.
    var inverse: Self { get }

    /// ln(strike / forward), given the forward's own logarithm.
    static func moneyness(of strike: Double, at forward: Double, logarithm: Self) -> Self
    /// What one option is worth today.
    static func option(_ contract: OptionContract, forward: Self, volatility: Self, years: Self, rate: Double) -> Self
    /// What an expiry's options are worth together under each shock.
    static func revalued(_ expiry: ExpiryBook<Self>, under shocks: ExpiryShocks<Self>) -> ContiguousArray<Self>
    /// The same number with its range cut down to what its slopes allow: after netting, much less.
    func tightened(over halfWidths: ContiguousArray<Double>) -> Self
}

/// What is fixed of an option.
public struct OptionContract: Hashable, Sendable {
    public var kind: OptionKind
    public var strike: Double

    public init(_ kind: OptionKind, strike: Double) {
        self.kind = kind
        self.strike = strike
    }
}

/// What an expiry's forward is multiplied by, and the direction of its volatilities.
public struct ScanMove: Hashable, Sendable {
    let forward: Double
    let volatility: Scenario.Volatility

    init(_ forward: Double, _ volatility: Scenario.Volatility) {
        self.forward = forward
        self.volatility = volatility
    }
}

/// The scenarios as one expiry sees them, and what its volatilities are multiplied by in either direction.
public struct ExpiryShocks<Q: Quantity>: Sendable {
    let moves: ContiguousArray<ScanMove>
    let up: Q
    let down: Q

    /// The market as it is.
    static var still: ExpiryShocks { ExpiryShocks(moves: [ScanMove(1, .same)], up: Q(1), down: Q(1)) }
}

extension Double: Quantity {
    public static var hasBox: Bool { false }
    public static func variable(_ position: Int, at value: Double, halfWidth: Double) -> Double { value }
    public var here: Double { self }
    public mutating func add(_ other: Double, times amount: Double) { self += other * amount }
    public static func least(_ a: Double, _ b: Double) -> Double { min(a, b) }
    public static func greatest(_ a: Double, _ b: Double) -> Double { max(a, b) }
    public var logarithm: Double { Elementary.log(self) }
    public var exponential: Double { Elementary.exp(self) }
    public var squareRoot: Double { squareRoot() }
    public var inverse: Double { 1 / self }
    public static func moneyness(of strike: Double, at forward: Double, logarithm: Double) -> Double {
        -Moneyness.of(forward, strike)
    }

    public static func option(
        _ contract: OptionContract, forward: Double, volatility: Double, years: Double, rate: Double
    ) -> Double {
        BlackPricer(forward: forward, strike: contract.strike, volatility: volatility, years: years, rate: rate)
            .value(contract.kind)
    }

    public func tightened(over halfWidths: ContiguousArray<Double>) -> Double { self }

    /// By the scenario kernel: four scenarios at a time.
    public static func revalued(
        _ expiry: ExpiryBook<Double>, under shocks: ExpiryShocks<Double>
    ) -> ContiguousArray<Double> {
        let moves = ContiguousArray(
            shocks.moves.map { move in
                let factor =
                    switch move.volatility {
                    case .up: shocks.up
                    case .same: 1.0
                    case .down: shocks.down
                    }
                return PriceShock(forwardFactor: move.forward, volatilityFactor: factor)
            })
        let positions = ContiguousArray(
            expiry.options.map {
                OptionPosition(
                    $0.contract.kind, strike: $0.contract.strike, volatility: $0.volatility, expiry: 0,
                    amount: $0.amount, moneyness: -$0.moneyness)
            })
        let market: InlineArray<1, OptionExpiry> = [
            OptionExpiry(forward: expiry.forward, discount: expiry.discount, years: expiry.years)
        ]
        var values = ContiguousArray(repeating: 0.0, count: shocks.moves.count)
        var kernel = ScenarioKernel(moves.span, expiriesMax: 1)
        var out = values.mutableSpan
        kernel.value(positions.span, at: market.span, into: &out)
        return values
    }
}
