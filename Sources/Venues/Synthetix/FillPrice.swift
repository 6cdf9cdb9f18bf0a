public import Units

/// The price at which a size is filled (`AsyncOrder.calculateFillPrice`): half way between the premium before it and after.
///
/// Example: at a price of 1 000 with a skew of 0 and a scale of 100, buying 10 fills at (1 000 + 1 100) / 2 = 1 050. It
/// becomes the position's entry: a fresh position starts with that loss.
public enum FillPrice {
    /// All with 18 decimals. `nil` where the contract reverts.
    public static func fill(size: Int128, skew: Int128, skewScale: UInt128, price: UInt128) -> Int256? {
        guard skewScale > 0 else { return Int256(price) }
        let one = Int256(Wad.one.value)
        guard let before = premium(Int256(skew), skewScale),
            let after = premium(Int256(skew) + Int256(size), skewScale),
            let first = Int256(price).timesDecimal(before)?.adding(Int256(price)),
            let last = Int256(price).timesDecimal(after)?.adding(Int256(price)),
            let both = first.adding(last)?.multiplied(by: one)
        else { return nil }
        return both.dividedTowardZero(by: Int256(2 * Wad.one.value))
    }

    private static func premium(_ skew: Int256, _ scale: UInt128) -> Int256? {
        skew.multiplied(by: Int256(Wad.one.value))?.dividedTowardZero(by: Int256(scale))
    }
}
