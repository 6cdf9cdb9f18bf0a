package import Domain
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

/// How one opportunity ended.
package struct OpportunityClosing: Equatable, Sendable {
    package var account: AccountIndex
    package var kind: OpportunityClass
    /// What stands in the class's sum: earned where it was won, worth where it was not.
    package var money: Cash
    package var worth: Cash
    /// By all bids on it, gas deducted: failed ones too.
    package var earned: Cash
    /// Why it was last left alone, if it was.
    package var refusal: Refusal?

    package init(
        account: AccountIndex, kind: OpportunityClass, money: Cash, worth: Cash, earned: Cash, refusal: Refusal?
    ) {
        self.account = account
        self.kind = kind
        self.money = money
        self.worth = worth
        self.earned = earned
        self.refusal = refusal
    }
}
