package import Units

/// One class: how many, and the money.
package struct OpportunityTotal: Equatable, Sendable {
    package var count: UInt64 = 0
    package var money = Cash.zero

    package init() {}
}

/// All opportunities of a run by class. What was opened is the sum of the classes and what is still open.
package struct OpportunitySummary: Equatable, Sendable {
    package var opened: UInt64 = 0
    package var open = 0
    private var totals: ContiguousArray<OpportunityTotal> = []

    package init() {}

    init(opened: UInt64, open: Int, totals: ContiguousArray<OpportunityTotal>) {
        self.opened = opened
        self.open = open
        self.totals = totals
    }

    package subscript(kind: OpportunityClass) -> OpportunityTotal {
        Int(kind.rawValue) < totals.count ? totals[Int(kind.rawValue)] : OpportunityTotal()
    }
}
