public import Margin
public import Domain
import Limits
public import Units

/// Stretches of prices in which nothing is decided.
extension Engine {
    /// Who could make the engine say something, or leave it otherwise than their last ones do alone, while prices stay within the ranges.
    ///
    /// - Parameter ranges: of instruments that their streams have priced before; else nothing is known.
    public mutating func look(_ ranges: Span<PriceRange>) -> StretchLook {
        guard proposals.isEmpty else { return .unknown }
        for i in ranges.indices {
            let (reserve, stream) = (ranges[i].reserve.position, ranges[i].stream)
            guard reserve < pricingStreams.count, pricingStreams[reserve] & 1 << UInt64(stream.raw & 63) != 0 else {
                return .unknown
            }
            // Every price counts in a volatility.
            if reserve < volatileThresholds.count, volatileThresholds[reserve] != nil { return .unknown }
        }
        return watch.look(ranges)
    }

    /// As those of `MarginWatch`, for parts of what was looked at last.
    public mutating func narrow(_ ranges: Span<PriceRange>) -> Bool { watch.narrow(ranges) }
    public mutating func follow() { watch.follow() }
    public mutating func stays(_ reserve: ReserveIndex, at price: Price) -> Bool { watch.stays(reserve, at: price) }
    public func concerns(_ reserve: ReserveIndex) -> Bool { watch.concerns(reserve) }

    public mutating func printOfSuspects(_ factor: (ReserveIndex) -> UInt64) -> Fingerprint? {
        watch.printOfSuspects(factor)
    }
    public var moved: ContiguousArray<AccountIndex> { watch.moved }
    public mutating func recall(_ moved: ArraySlice<AccountIndex>) { watch.recall(moved) }

    /// Takes a price with which some of those that are followed may not stay, and nobody else: who that is, `stays` has found.
    public mutating func cross(
        _ price: Price, of reserve: ReserveIndex, at moment: Moment, into outputs: inout ContiguousArray<Output>
    ) {
        now = moment
        counters.inputs += 1
        counters.ticks += 1
        put(price, of: reserve, at: moment)
        watch.lookAtMoved()
        judgeTouched(&outputs)
        if !proposals.isEmpty { choose(&outputs) }
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
