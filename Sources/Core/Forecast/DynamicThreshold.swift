public import Units

/// How a liquidation threshold follows volatility: what is left of the collateral after a rare move over the horizon must
/// still pay the debt with the bonus.
///
/// target = ⌊(1 − multiplier · σ√h) / bonus⌋ in basis points, between the least and the most.
public struct ThresholdPolicy: Equatable, Sendable {
    /// Deviations that the buffer withstands: see `TailMultiplier`.
    public var multiplier: Double
    public var horizon: Interval
    /// Total: 10 500 is 5 %.
    public var liquidationBonus: BasisPoints
    public var least: BasisPoints
    public var most: BasisPoints
    /// The most that the threshold moves within an hour, either way.
    public var hourlyMove: BasisPoints

    public init(
        multiplier: Double, horizon: Interval, liquidationBonus: BasisPoints, least: BasisPoints, most: BasisPoints,
        hourlyMove: BasisPoints
    ) {
        precondition(least <= most, "Condition: a threshold's bounds are in order")
        precondition(hourlyMove > .zero, "Condition: a threshold may move")
        self.multiplier = multiplier
        self.horizon = horizon
        self.liquidationBonus = liquidationBonus
        self.least = least
        self.most = most
        self.hourlyMove = hourlyMove
    }

    /// Where the threshold should be at this deviation over the horizon.
    public func target(deviation: Double) -> BasisPoints {
        let left = max(0, 1 - multiplier * deviation)
        let points = left * 10_000 * 10_000 / Double(liquidationBonus.count)
        return min(max(BasisPoints(UInt32(points)), least), most)
    }
}

/// A threshold on its way: it moves towards its target, never faster than its policy allows, in whole basis points.
public struct DynamicThreshold: Equatable, Sendable {
    public let policy: ThresholdPolicy
    public private(set) var current: BasisPoints
    private var movedAt: Moment

    public init(_ policy: ThresholdPolicy, from current: BasisPoints, at moment: Moment) {
        self.policy = policy
        self.current = current
        movedAt = moment
    }

    /// Moves as far as the time since the last move allows. Returns whether the threshold changed.
    ///
    /// A threshold that has stood at its target has no claim on the time that passed meanwhile: it starts moving from now.
    public mutating func approach(_ target: BasisPoints, at moment: Moment) -> Bool {
        guard target != current else {
            movedAt = max(movedAt, moment)
            return false
        }
        let elapsed = max(0, (moment - movedAt).nanoseconds)
        let allowed = min(Int64(policy.hourlyMove.count) * (elapsed / 1_000_000) / Self.hourMilliseconds, 10_000)
        guard allowed > 0 else { return false }
        let away = Int64(target.count) - Int64(current.count)
        let step = max(-allowed, min(allowed, away))
        current = BasisPoints(UInt32(Int64(current.count) + step))
        // Only the time that the step took is used up, so that many small calls move as far as one large one.
        let used = abs(step) * Self.hourMilliseconds * 1_000_000 / Int64(policy.hourlyMove.count)
        movedAt = step == away ? moment : movedAt + Interval(nanoseconds: used)
        return true
    }

    private static let hourMilliseconds: Int64 = 3_600_000
}
