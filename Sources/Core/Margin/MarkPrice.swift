public import Domain
public import Units

/// Where a venue's mark price comes from. Pure functions of integers; the mark is kept apart from the index and the oracle,
/// which are prices of something else (`PerpetualQuotes`).
public enum MarkPrice {
    /// The price of a virtual pool of constant product: quote over base, rounded down.
    ///
    /// Example: 30 000 of quote against 10 units of base is 3 000 for one. `nil` for an empty pool, or past 128 bits.
    public static func virtualPool(base: UInt128, quote: UInt128, unit: UInt128) -> Price? {
        guard base > 0, quote > 0 else { return nil }
        return UInt256(quote).multiplied(by: UInt256(unit), dividedRoundingDownBy: UInt256(base))?.asUInt128
            .map { Price(baseUnits: $0) }
    }

    /// The middle of the best bid and ask, rounded down, held within a band around the index.
    ///
    /// `nil` for a crossed book.
    public static func book(bid: Price, ask: Price, index: Price, band: BasisPoints) -> Price? {
        guard bid <= ask else { return nil }
        let middle = bid.baseUnits + (ask.baseUnits - bid.baseUnits) / 2
        let spread = UInt256(index.baseUnits).multiplied(by: UInt256(UInt64(band.count)), dividedRoundingDownBy: 10_000)
        guard let spread = spread?.asUInt128 else { return nil }
        let (highest, overflow) = index.baseUnits.addingReportingOverflow(spread)
        guard !overflow else { return nil }
        let lowest = index.baseUnits > spread ? index.baseUnits - spread : 0
        return Price(baseUnits: min(max(middle, lowest), highest))
    }

    /// The middle one of three, as order-book venues take it of the last trade, the best bid and the best ask, or of an
    /// index with its moving basis, the book, and other venues.
    public static func median(_ a: Price, _ b: Price, _ c: Price) -> Price {
        max(min(a, b), min(max(a, b), c))
    }

    /// A venue that marks at its index.
    public static func index(_ quotes: PerpetualQuotes) -> Price? { quotes.index }
}
