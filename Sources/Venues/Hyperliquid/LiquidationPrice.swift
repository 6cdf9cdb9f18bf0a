public import Units

/// The mark at which a position is liquidated while everything else of its account stands still.
///
/// `price − side · available / size / (1 − l · side)`, with l the maintenance margin's rate: of the bracket that the price
/// here falls in, so it holds while the notional stays within that bracket.
///
/// Example: long 10 at 100 with 50 more than the maintenance margin, 5 %: 100 − 50 / 10 / 0.95 = 94.74.
public struct LiquidationPrice: Equatable, Sendable {
    /// Signed, in smallest units.
    public var size: Int256
    public var unit: UInt128
    public var price: Price
    /// Equity less maintenance margin: of the account when cross, of the position when isolated.
    public var available: Int256
    /// With 18 decimals.
    public var maintenance: Wad

    public init(size: Int256, unit: UInt128, price: Price, available: Int256, maintenance: Wad) {
        (self.size, self.unit, self.price) = (size, unit, price)
        (self.available, self.maintenance) = (available, maintenance)
    }

    /// Rounded towards the present price, so that it is told early rather than late: up for a long, down for a short.
    /// `nil` without a size, or when no price above zero does it.
    public var rounded: Price? {
        let one = Int256(Wad.one.value)
        let side: Int256 = size.isNegative ? -1 : 1
        guard !size.isZero, let share = one.subtracting(side * Int256(maintenance.value)), share > .zero,
            let divisor = Int256(size.magnitude)?.multiplied(by: share),
            let worth = available.multiplied(by: Int256(unit)),
            // The distance rounded down; below zero, where the price has passed, likewise.
            let distance = worth.multiplied(by: one, dividedRoundingDownBy: divisor),
            let found = Int256(price.baseUnits).subtracting(side * distance), found > .zero
        else { return nil }
        return found.asUInt256?.asUInt128.map { Price(baseUnits: $0) }
    }
}
