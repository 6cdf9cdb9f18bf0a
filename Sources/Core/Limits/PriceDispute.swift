public import Domain
public import Units

/// Whether the venue's oracle and the other sources tell the same price. When they part, nobody knows what a seizure is worth.
public enum PriceDispute {
    /// The oracle decides eligibility; the median of the others decides value (`DESIGN.md` 8). No others, no dispute.
    public static func refusal(oracle: Price, others: Span<Price>, _ limit: BasisPoints?) -> Refusal? {
        guard let limit, let middle = median(others) else { return nil }
        let apart = oracle > middle ? oracle.baseUnits - middle.baseUnits : middle.baseUnits - oracle.baseUnits
        return apart > limit.share(of: middle.baseUnits) ? .priceDisputed : nil
    }

    /// Of two in the middle the lower: what is received is worth less rather than more. At most `sourcesMax` are looked at.
    public static func median(_ prices: Span<Price>) -> Price? {
        let count = min(prices.count, sourcesMax)
        guard count > 0 else { return nil }
        var sorted = InlineArray<8, Price>(repeating: Price(baseUnits: 0))
        for next in 0..<count {
            var place = next
            while place > 0, sorted[place - 1] > prices[next] {
                sorted[place] = sorted[place - 1]
                place -= 1
            }
            sorted[place] = prices[next]
        }
        return sorted[(count - 1) / 2]
    }

    public static let sourcesMax = 8
}
