public import Domain

/// How the index watches one account: what its rules make of its holdings. One is reused for all accounts, so that making
/// a form allocates nothing.
///
/// A *linear* form holds everywhere: excess = constant + Σ weight · factor. A *local* one is for accounts that are not
/// linear (brackets, options): the excess here, and bounds of its slopes that hold within a box around here. The index
/// plants it within the box and hands the account back when a trigger fires.
public struct AccountForm: Sendable {
    public private(set) var factors: ContiguousArray<FactorIndex> = []
    /// Linear: weights. Local: the slope here, by which the account is ranked.
    public private(set) var slopes: ContiguousArray<Double> = []
    public private(set) var bounds: ContiguousArray<SlopeBounds> = []
    public private(set) var isLocal = false
    /// Linear: money that does not move with any factor. Local: the excess here.
    public var constant = 0.0
    /// Rounding of the exact rules, either way, in excess units.
    public var allowance = 0.0
    /// How far the exact excess may lie above the form, relative to the gross. Linear forms only.
    public var slack = 0.0

    public init() {}

    public mutating func removeAll() {
        factors.removeAll(keepingCapacity: true)
        slopes.removeAll(keepingCapacity: true)
        bounds.removeAll(keepingCapacity: true)
        (isLocal, constant, allowance, slack) = (false, 0, 0, 0)
    }

    /// One more factor of a linear form. A weight of zero is left out.
    public mutating func add(_ factor: FactorIndex, weight: Double) {
        guard weight != 0 else { return }
        factors.append(factor)
        slopes.append(weight)
    }

    /// One more factor of a local form. A slope that is zero all over the box is left out.
    public mutating func add(_ factor: FactorIndex, slope: Double, bounds within: SlopeBounds) {
        precondition(within.lowest <= within.highest, "Condition: bounds are in order")
        precondition(within.halfWidth > 0, "Condition: the box has a width")
        isLocal = true
        guard within.lowest != 0 || within.highest != 0 else { return }
        factors.append(factor)
        slopes.append(slope)
        bounds.append(within)
    }

    /// Changes a weight that was added.
    public mutating func addToWeight(at position: Int, _ change: Double) { slopes[position] += change }
}

/// Between which values the excess's slope in a factor stays while every factor stays within its half width of here.
public struct SlopeBounds: Equatable, Sendable {
    public var lowest: Double
    public var highest: Double
    /// In the factor's own unit.
    public var halfWidth: Double

    public init(_ lowest: Double, _ highest: Double, halfWidth: Double) {
        self.lowest = lowest
        self.highest = highest
        self.halfWidth = halfWidth
    }

    var steepest: Double { max(abs(lowest), abs(highest)) }
}
