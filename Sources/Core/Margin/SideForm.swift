public import Domain
import Units

/// On which side of the edge an account stands, by prices alone: sums in doubles, with all of the venue's roundings against the answer.
///
/// Finer than the linear form where an average threshold is cut to basis points, and made for accounts at the edge, when they are
/// looked at closely. It holds while nothing but prices changes.
public struct SideForm: Sendable {
    /// A holding or a debt.
    struct Leg: BitwiseCopyable {
        var reserve: ReserveIndex
        var isDebt: Bool
        /// Worth for one of the oracle's units of price, and that of a smallest unit.
        var perPrice: Double
        var unitPerPrice: Double
        var threshold: Double
    }

    private(set) var legs: ContiguousArray<Leg> = []
    /// Whether the whole collateral counts by the average threshold, cut to basis points, and not each by its own.
    public var cutsAverage = false

    public init() {}

    public mutating func removeAll() { legs.removeAll(keepingCapacity: true) }

    /// - Parameter tokens: of the smallest unit, interest included.
    public mutating func owe(_ tokens: Double, of index: ReserveIndex, _ reserve: RoughReserve) {
        add(tokens, index, reserve, isDebt: true, threshold: 0)
    }

    public mutating func hold(_ tokens: Double, of index: ReserveIndex, _ reserve: RoughReserve) {
        add(tokens, index, reserve, isDebt: false, threshold: reserve.liquidationThreshold)
    }

    private mutating func add(
        _ tokens: Double, _ index: ReserveIndex, _ reserve: RoughReserve, isDebt: Bool, threshold: Double
    ) {
        legs.append(
            Leg(
                reserve: index, isDebt: isDebt, perPrice: tokens / reserve.unit, unitPerPrice: 1 / reserve.unit,
                threshold: threshold))
    }

    /// What tells it from other forms, its prices included: what a walk finds out of an account depends on nothing else.
    func print(into print: inout Fingerprint, _ price: (ReserveIndex) -> Double) {
        print.add(UInt64(legs.count) << 1 | (cutsAverage ? 1 : 0))
        for i in legs.indices {
            print.add(UInt64(legs[i].reserve.raw) << 1 | (legs[i].isDebt ? 1 : 0))
            print.add(legs[i].perPrice.bitPattern)
            print.add(legs[i].unitPerPrice.bitPattern)
            print.add(legs[i].threshold.bitPattern)
            print.add(price(legs[i].reserve).bitPattern)
        }
    }

    /// Whether the account can be liquidated, whatever values within their reach prices take; `nil` where it changes sides, or might.
    public func isLiquidatable(_ reach: (ReserveIndex) -> PriceReach) -> Bool? {
        var sums = SideSums()
        for i in legs.indices { sums.add(legs[i], reach(legs[i].reserve)) }
        return cutsAverage ? sums.sideByAverage : sums.side
    }
}

/// Between what a price may be, and some price between. In the oracle's units.
public struct PriceReach: BitwiseCopyable, Sendable {
    public var lowest: Double
    public var highest: Double
    public var middle: Double

    public init(only price: Double) { (lowest, highest, middle) = (price, price, price) }

    public mutating func include(_ range: PriceRange) {
        lowest = min(lowest, range.lowest)
        highest = max(highest, range.highest)
    }
}

/// Collateral, its value times threshold, and debt, at the ends of the prices' reach.
struct SideSums {
    private var collateral = (lowest: 0.0, highest: 0.0, middle: 0.0)
    private var weighted = (lowest: 0.0, highest: 0.0, middle: 0.0)
    private var debt = (lowest: 0.0, highest: 0.0)
    private var thresholds = (lowest: Double.infinity, highest: 0.0)
    /// One of the oracle's units and one token unit for each leg: more than any of the venue's roundings.
    private var rounding = 2.0

    /// Doubles are off by parts in 2^50.
    private static let below = 1 - 1e-11
    private static let above = 1 + 1e-11
    private static let whole = 10_000.0

    @inline(__always)
    mutating func add(_ leg: SideForm.Leg, _ reach: PriceReach) {
        let (lowest, highest) = (leg.perPrice * reach.lowest, leg.perPrice * reach.highest)
        rounding += 1 + reach.highest * leg.unitPerPrice
        guard !leg.isDebt else {
            debt.lowest += lowest
            debt.highest += highest
            return
        }
        let middle = leg.perPrice * reach.middle
        collateral.lowest += lowest
        collateral.highest += highest
        collateral.middle += middle
        weighted.lowest += lowest * leg.threshold
        weighted.highest += highest * leg.threshold
        weighted.middle += middle * leg.threshold
        thresholds = (min(thresholds.lowest, leg.threshold), max(thresholds.highest, leg.threshold))
    }

    /// Σ value · threshold against the debt.
    var side: Bool? {
        let lost = rounding * Self.whole
        return decide(weighted.lowest - lost, weighted.highest + lost)
    }

    var sideByAverage: Bool? {
        guard collateral.lowest > rounding else { return collateral.highest == 0 ? decide(0, 0) : nil }
        var (least, most) = thresholds
        if least < most {
            // By how much the average can move: a value's change counts with its threshold's distance from the average.
            let change = collateral.highest - collateral.lowest + 2 * rounding
            let drift = (most - least) * change / (collateral.lowest - rounding) + most * 1e-9
            let average = weighted.middle / collateral.middle
            (least, most) = ((average - drift).rounded(.down), (average + drift).rounded(.down))
        }
        return decide((collateral.lowest - rounding) * least, (collateral.highest + rounding) * most)
    }

    private func decide(_ least: Double, _ most: Double) -> Bool? {
        guard debt.lowest > rounding else { return nil }
        if most * Self.above < (debt.lowest - rounding) * Self.whole * Self.below { return true }
        if least * Self.below > (debt.highest + rounding) * Self.whole * Self.above { return false }
        return nil
    }
}
