public import Opportunities

/// Endings of opportunities, one by one, for whoever reports them: off unless asked for, since live keeps sums alone.
extension Engine {
    public mutating func keepClosings() { opportunities.keepClosings() }

    public mutating func takeClosings() -> ContiguousArray<OpportunityClosing> { opportunities.takeClosings() }
}
