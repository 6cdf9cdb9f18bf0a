/// The right to buy, or the right to sell.
public enum OptionKind: UInt8, Hashable, Sendable, CaseIterable {
    case call = 0
    case put = 1
}

/// The first derivatives of a value, and its second by the price: per unit, per 1.00 of volatility, per year.
///
/// A trader's vega per volatility point is `vega / 100`, a trader's theta per day `theta / 365`.
public struct Greeks: Hashable, Sendable {
    public var delta: Double
    public var gamma: Double
    public var vega: Double
    /// −∂value/∂years.
    public var theta: Double
}
