package import Units

/// Prices of one instrument over some time: none lay outside.
///
/// In the filter's doubles, as `approximate` of the price's base units; that never falls where the price rises, so that the ends
/// are those of the prices.
package struct PriceRange: Equatable, BitwiseCopyable, Sendable {
    package var reserve: ReserveIndex
    package var stream: StreamIndex
    package var lowest: Double
    package var highest: Double

    package init(_ reserve: ReserveIndex, from stream: StreamIndex, lowest: Double, highest: Double) {
        self.reserve = reserve
        self.stream = stream
        self.lowest = lowest
        self.highest = highest
    }

    package mutating func include(_ price: Price) {
        let value = price.baseUnits.approximate
        lowest = min(lowest, value)
        highest = max(highest, value)
    }
}
