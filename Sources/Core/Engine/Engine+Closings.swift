package import Opportunities

/// Endings of opportunities, one by one, for whoever reports them: off unless asked for, since live keeps sums alone.
extension Engine {
    package mutating func keepClosings() { opportunities.keepClosings() }

    package mutating func takeClosings() -> ContiguousArray<OpportunityClosing> { opportunities.takeClosings() }
}
