public import Units

/// Prices of one instrument over some time: none lay outside.
///
/// In the filter's doubles, as `approximate` of the price's base units; that never falls where the price rises, so that the ends
/// are those of the prices.
public struct PriceRange: Equatable, BitwiseCopyable, Sendable {
    public var reserve: ReserveIndex
    public var stream: StreamIndex
    public var lowest: Double
    public var highest: Double

    public init(_ reserve: ReserveIndex, from stream: StreamIndex, lowest: Double, highest: Double) {
        self.reserve = reserve
        self.stream = stream
        self.lowest = lowest
        self.highest = highest
    }

    public mutating func include(_ price: Price) {
        let value = price.baseUnits.approximate
        lowest = min(lowest, value)
        highest = max(highest, value)
    }
}
