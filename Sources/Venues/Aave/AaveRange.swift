public import Domain
import Margin
public import Units

/// On which side an Aave account is while prices move within ranges: finer than the linear form, which gives a basis point away where
/// the average threshold is cut.
extension AaveRules {
    public func isLiquidatable(
        throughout ranges: Span<PriceRange>, factors: Span<FactorIndex>, amounts: Span<TokenAmount>,
        traits: AccountTraits, in reserves: borrowing ReserveTable
    ) -> Bool? {
        guard traits.category == 0 else { return nil }
        var sums = RangeSums()
        for leg in factors.indices {
            let index = factors[leg].reserve
            guard let price = reserves.price(of: index), let unit = reserves.unit(of: index) else { return nil }
            let reach = Reach(of: index, price, ranges, unit: unit)
            switch factors[leg].side {
            case .debt:
                let tokens = amounts[leg].approximate * reserves.borrowIndex(of: index).value.approximate / 1e27
                sums.owe(tokens, reach)
            case .collateral:
                let threshold = reserves.liquidationThreshold(of: index)
                guard threshold != .zero || version >= .v3_6 else { continue }
                let tokens = amounts[leg].approximate * reserves.supplyIndex(of: index).value.approximate / 1e27
                sums.hold(tokens, reach, threshold: Double(threshold.count))
            case .accrual, .entry: continue
            }
        }
        return version >= .v3_5 ? sums.side : sums.sideByAverage
    }
}

/// What a smallest unit of a token is worth at the ends of its price's range and now, in base units.
private struct Reach {
    var lowest: Double
    var highest: Double
    var now: Double

    init(of reserve: ReserveIndex, _ price: Price, _ ranges: Span<PriceRange>, unit: UInt128) {
        let (value, size) = (price.baseUnits.approximate, unit.approximate)
        (lowest, highest) = (value, value)
        for i in ranges.indices where ranges[i].reserve.raw == reserve.raw {
            lowest = min(lowest, ranges[i].lowest)
            highest = max(highest, ranges[i].highest)
        }
        (lowest, highest, now) = (lowest / size, highest / size, value / size)
    }
}

/// Collateral, its value times threshold, and debt, at the ends and with all roundings against the answer.
private struct RangeSums {
    private var collateral = (lowest: 0.0, highest: 0.0, now: 0.0)
    private var weighted = (lowest: 0.0, highest: 0.0, now: 0.0)
    private var debt = (lowest: 0.0, highest: 0.0)
    private var thresholds = (lowest: Double.infinity, highest: 0.0)
    /// One base unit and one token unit for each leg: more than any of the venue's roundings.
    private var rounding = 2.0

    /// Doubles are off by parts in 2^50.
    private static let below = 1 - 1e-11
    private static let above = 1 + 1e-11
    private static let whole = 10_000.0

    mutating func owe(_ tokens: Double, _ reach: Reach) {
        debt.lowest += tokens * reach.lowest
        debt.highest += tokens * reach.highest
        rounding += 1 + reach.highest
    }

    mutating func hold(_ tokens: Double, _ reach: Reach, threshold: Double) {
        collateral.lowest += tokens * reach.lowest
        collateral.highest += tokens * reach.highest
        collateral.now += tokens * reach.now
        weighted.lowest += tokens * reach.lowest * threshold
        weighted.highest += tokens * reach.highest * threshold
        weighted.now += tokens * reach.now * threshold
        thresholds = (min(thresholds.lowest, threshold), max(thresholds.highest, threshold))
        rounding += 1 + reach.highest
    }

    /// From 3.5 on: Σ value · threshold against the debt.
    var side: Bool? {
        let lost = rounding * Self.whole
        return decide(weighted.lowest - lost, weighted.highest + lost)
    }

    /// Before: the whole collateral times the average threshold, cut to basis points (`currentLiquidationThreshold`).
    var sideByAverage: Bool? {
        guard collateral.lowest > rounding else { return collateral.highest == 0 ? decide(0, 0) : nil }
        var (least, most) = thresholds
        if least < most {
            // By how much the average can move: a value's change counts with its threshold's distance from the average.
            let change = collateral.highest - collateral.lowest + 2 * rounding
            let drift = (most - least) * change / (collateral.lowest - rounding) + most * 1e-9
            let average = weighted.now / collateral.now
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
