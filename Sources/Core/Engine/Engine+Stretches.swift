import Margin
import Limits
public import Domain
public import Units

/// Stretches of prices in which nothing is decided.
extension Engine {
    /// Whether prices within the ranges, in any order, would make the engine say nothing and leave it as their last ones do alone.
    ///
    /// - Parameter ranges: of instruments that their streams have priced before; else `false`.
    public mutating func isQuiet(_ ranges: Span<PriceRange>) -> Bool {
        guard proposals.isEmpty else { return false }
        for i in ranges.indices {
            let (reserve, stream) = (ranges[i].reserve.position, ranges[i].stream)
            guard reserve < pricingStreams.count, pricingStreams[reserve] & 1 << UInt64(stream.raw & 63) != 0 else {
                return false
            }
            // Every price counts in a volatility.
            if reserve < volatileThresholds.count, volatileThresholds[reserve] != nil { return false }
        }
        return watch.isQuiet(ranges)
    }

    /// Sets an instrument's last price of a quiet stretch; `settle` follows.
    ///
    /// - Parameter moment: when the price was heard.
    public mutating func put(_ price: Price, of reserve: ReserveIndex, at moment: Moment) {
        watch.put(reserve, price: price)
        priceAge.tell(reserve, at: moment)
    }

    /// A quiet stretch of so many prices is over. Whoever the filter points at stands where it stood, which is what quiet means: nobody is
    /// judged.
    public mutating func settle(prices: UInt64) {
        counters.inputs += prices
        counters.ticks += prices
        watch.settle()
        watch.clearTouched()
    }

    /// Whether it matters when a price was told.
    public var mindsPriceAge: Bool { settings.limits.priceAgeMax != nil }
}
