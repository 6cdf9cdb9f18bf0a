import Domain
import Forecast
import Margin
import Units

/// A reserve whose liquidation threshold follows its price's volatility.
struct VolatileThreshold: Sendable {
    private var volatility: ExponentialVolatility
    private var threshold: DynamicThreshold

    var current: BasisPoints { threshold.current }

    /// `nil` unless every parameter is there and makes sense: a reserve with half a policy keeps its fixed threshold.
    init?(_ reserve: Reserve, _ index: ReserveIndex, in reserves: borrowing ReserveTable, at moment: Moment) {
        guard let halfLife = reserves.parameter(.volatilityHalfLife, of: index), 1...Self.secondsMax ~= halfLife,
            let horizon = reserves.parameter(.volatilityHorizon, of: index), 1...Self.secondsMax ~= horizon,
            let tail = reserves.parameter(.volatilityTail, of: index), 1..<Self.wad / 2 ~= tail,
            let degrees = reserves.parameter(.volatilityDegrees, of: index), degrees >= 3 * Self.wad,
            let least = Self.points(reserves.parameter(.thresholdLeast, of: index)),
            let most = Self.points(reserves.parameter(.thresholdMost, of: index)), least <= most,
            let speed = Self.points(reserves.parameter(.thresholdHourlyMove, of: index)), speed > .zero,
            reserve.liquidationBonus >= .whole
        else { return nil }
        let multiplier = TailMultiplier.student(
            exceededWith: TokenAmount(tail).approximate / 1e18, degrees: TokenAmount(degrees).approximate / 1e18)
        let policy = ThresholdPolicy(
            multiplier: multiplier, horizon: .seconds(Int64(horizon)), liquidationBonus: reserve.liquidationBonus,
            least: least, most: most, hourlyMove: speed)
        let start = min(max(reserve.liquidationThreshold, least), most)
        threshold = DynamicThreshold(policy, from: start, at: moment)
        volatility = ExponentialVolatility(halfLife: .seconds(Int64(halfLife)), step: .seconds(1))
    }

    /// Takes in a price. Returns whether the threshold moved.
    mutating func observe(_ price: Price, at moment: Moment) -> Bool {
        guard volatility.observe(price.baseUnits.approximate, at: moment),
            let deviation = volatility.deviation(over: threshold.policy.horizon)
        else { return false }
        return threshold.approach(threshold.policy.target(deviation: deviation), at: moment)
    }

    private static func points(_ value: Int128?) -> BasisPoints? {
        guard let value, 0...10_000 ~= value else { return nil }
        return .basisPoints(UInt32(value))
    }

    private static let wad: Int128 = 1_000_000_000_000_000_000
    private static let secondsMax: Int128 = 31_536_000
}

extension Engine {
    /// A parameter has come: the reserve may have a whole policy now, or another one.
    mutating func refreshThreshold(of reserve: ReserveIndex) {
        guard let row = reserves.row(reserve) else { return }
        while volatileThresholds.count <= reserve.position { volatileThresholds.append(nil) }
        volatileThresholds[reserve.position] = VolatileThreshold(row, reserve, in: reserves, at: now)
        applyThreshold(of: reserve)
    }

    /// The hot path pays one comparison for a market without such thresholds.
    mutating func followVolatility(of reserve: ReserveIndex, _ price: Price) {
        guard reserve.position < volatileThresholds.count else { return }
        guard volatileThresholds[reserve.position]?.observe(price, at: now) == true else { return }
        applyThreshold(of: reserve)
    }

    /// A threshold that moved is a new definition: whoever has a leg in the reserve is weighed anew.
    private mutating func applyThreshold(of reserve: ReserveIndex) {
        guard let threshold = volatileThresholds[reserve.position]?.current, let row = reserves.row(reserve) else {
            return
        }
        var definition = ReserveDefinition(reserve, row)
        definition.liquidationThreshold = threshold
        watch.define(definition)
    }

    /// What the feed says of a reserve, but for the threshold when that is ours to move.
    func withOwnThreshold(_ definition: ReserveDefinition) -> ReserveDefinition {
        guard definition.reserve.position < volatileThresholds.count,
            let threshold = volatileThresholds[definition.reserve.position]?.current
        else { return definition }
        var changed = definition
        changed.liquidationThreshold = threshold
        return changed
    }
}
