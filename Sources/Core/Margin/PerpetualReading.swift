public import Domain
import Units

/// The factors that all perpetual venues have: an instrument's price for longs, shorts and collateral, and its funding.
public enum PerpetualReading {
    /// - Parameter fundingPerValue: how much funding on a size takes as much money as the size is worth at a value of 1.
    public static func reading(
        of factor: FactorIndex, fundingPerValue: Double, in reserves: borrowing ReserveTable
    ) -> FactorReading? {
        guard let row = reserves.row(factor.reserve), let price = row.price else { return nil }
        let perPrice = 1 / row.unit.approximate
        let scale = price.baseUnits.approximate * perPrice * Double(row.scalePartsPerMillion) / 1e6
        switch factor.side {
        case .collateral, .debt: return FactorReading(perPrice: perPrice, scale: scale)
        case .accrual:
            guard let funding = reserves.state(of: factor.reserve)?.cumulativeFunding.approximate else { return nil }
            // The floor keeps a step well above what doubles around the index can tell apart.
            return FactorReading(
                fixed: funding,
                scale: max(scale * fundingPerValue * fundingShare, abs(funding) * fundingFloor, .leastNormalMagnitude))
        case .entry: return nil
        }
    }

    /// A typical move of funding, as a share of the price's.
    private static let fundingShare = 0.01
    private static let fundingFloor = 1e-6
    /// How far above its present value a price may go before an account is weighed anew: the watch anchors its scales
    /// within a factor of four of the price, either way.
    public static let priceRange = 16.0
}

/// A factor's value and scale as the index has them.
public struct FactorPlace: Equatable, Sendable {
    public var value: Double
    public var scale: Double
}

extension MarginRules {
    /// Where a factor stands; `nil` while it cannot be read.
    public func place(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorPlace? {
        guard let reading = reading(of: factor, in: reserves) else { return nil }
        let price = reserves.price(of: factor.reserve)?.baseUnits.approximate ?? 0
        return FactorPlace(value: reading.value(at: price), scale: reading.scale)
    }
}
