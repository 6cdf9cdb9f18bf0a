public import Domain
public import Margin
public import Replay
public import TapeCache
public import Units

/// The world takes stretches of prices as the engine does: while nobody can cross, only the last ones count.
extension PaperWorld: StretchTaker {
    public mutating func look(_ ranges: inout ContiguousArray<PriceRange>) -> StretchLook {
        PaperImpact.publish(&ranges, by: oracleFactors())
        return watch.look(ranges.span)
    }

    public mutating func narrow(_ ranges: inout ContiguousArray<PriceRange>) -> Bool {
        PaperImpact.publish(&ranges, by: oracleFactors())
        return watch.narrow(ranges.span)
    }

    public mutating func follow() { watch.follow() }

    public mutating func stays(_ reserve: ReserveIndex, at price: Price) -> Bool {
        watch.stays(reserve, at: PaperImpact.published(price, by: factor(of: reserve)))
    }

    public mutating func printOfSuspects() -> Fingerprint? {
        let impacts = impacts
        return watch.printOfSuspects { $0.position < impacts.count ? impacts[$0.position].factor : PaperImpact.whole }
    }

    public var moved: ContiguousArray<AccountIndex> { watch.moved }
    public mutating func recall(_ moved: ArraySlice<AccountIndex>) { watch.recall(moved) }

    public mutating func cross(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) {
        put(tick, table, in: file)
        now = tick.at
        watch.lookAtMoved()
        judgeTouched()
        // The engine is told with the whole stretch.
        dropTold()
    }

    public func concerns(_ reserve: ReserveIndex) -> Bool { watch.concerns(reserve) }

    public mutating func put(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) {
        // Instruments are put one after the other, each with its own last price.
        now = max(now, tick.at)
        include(tick.reserve)
        impacts[tick.reserve.position].tapePrice = tick.price
        impacts[tick.reserve.position].priceStream = tick.stream
        let factor = impacts[tick.reserve.position].factor
        watch.put(tick.reserve, price: PaperImpact.published(tick.price, by: factor))
    }

    public mutating func settle(after ticks: Int) {
        watch.settle()
        watch.clearTouched()
    }

    public mutating func play(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) {
        apply(.price(tick.reserve, tick.price), from: tick.stream, at: tick.at)
        // The engine is told with the whole stretch.
        dropTold()
    }

    /// By reserve, what the oracle says of the tape's price in parts per billion; none where it says the price.
    func oracleFactors() -> ContiguousArray<UInt64> {
        guard impacts.contains(where: { $0.factor != PaperImpact.whole }) else { return [] }
        return ContiguousArray(impacts.map(\.factor))
    }
}

extension PaperImpact {
    /// Makes ranges of what the oracle says of their prices, a little wider: it rounds.
    static func publish(_ ranges: inout ContiguousArray<PriceRange>, by factors: ContiguousArray<UInt64>) {
        guard !factors.isEmpty else { return }
        for i in ranges.indices where ranges[i].reserve.position < factors.count {
            ranges[i] = published(ranges[i], by: factors[ranges[i].reserve.position])
        }
    }

    static func published(_ range: PriceRange, by factor: UInt64) -> PriceRange {
        guard factor != whole else { return range }
        let share = Double(factor) / Double(whole)
        var range = range
        range.lowest = range.lowest * share * (1 - 1e-12) - 1
        range.highest = range.highest * share * (1 + 1e-12) + 1
        return range
    }
}
