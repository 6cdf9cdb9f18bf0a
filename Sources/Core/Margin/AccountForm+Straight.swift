public import Domain

/// The terms of a form whose excess here is known exactly, and of which only some bend.
extension AccountForm {
    /// What the doubles may be off by, relative to what they add up; generously.
    public static let roundingError = 1e-12

    /// Starts a local form: the excess here, told by the exact rules, and their rounding.
    public mutating func begin(excess: Double, rounding: Double) {
        constant = excess
        // Here, and wherever the factors go.
        allowance = 2 * rounding + Self.roundingError * abs(excess)
    }

    /// A factor of a local form, with its value here.
    public mutating func addLocal(_ factor: FactorIndex, at value: Double, slope: Double, within bounds: SlopeBounds) {
        allowance += Self.roundingError * max(abs(bounds.lowest), abs(bounds.highest)) * abs(value)
        add(factor, slope: slope, bounds: bounds)
    }

    /// A factor of a local form that does not bend in it.
    public mutating func addLocal(_ factor: FactorIndex, at value: Double, weight: Double, scale: Double) {
        let reach = max(abs(value), scale) * Self.straightReach
        addLocal(factor, at: value, slope: weight, within: SlopeBounds(weight, weight, halfWidth: reach))
    }

    /// Funding in a linear form: only its change since the last settlement is money.
    public mutating func addFunding(_ factor: FactorIndex, weight: Double, since settled: Double) {
        add(factor, weight: weight)
        constant -= weight * settled
    }

    /// How far, in values or scales, a local form reaches where it does not bend.
    private static let straightReach = 1_000.0
}
