public import Domain
public import Units

/// One class: how many, and the money.
public struct OpportunityTotal: Equatable, Sendable {
    public var count: UInt64 = 0
    public var money = Cash.zero

    public init() {}
}

/// All opportunities of a run by class. What was opened is the sum of the classes and what is still open.
public struct OpportunitySummary: Equatable, Sendable {
    public var opened: UInt64 = 0
    public var open = 0
    private var totals: ContiguousArray<OpportunityTotal> = []

    public init() {}

    init(opened: UInt64, open: Int, totals: ContiguousArray<OpportunityTotal>) {
        self.opened = opened
        self.open = open
        self.totals = totals
    }

    public subscript(kind: OpportunityClass) -> OpportunityTotal {
        Int(kind.rawValue) < totals.count ? totals[Int(kind.rawValue)] : OpportunityTotal()
    }
}

/// How one opportunity ended.
public struct OpportunityClosing: Equatable, Sendable {
    public var account: AccountIndex
    public var kind: OpportunityClass
    /// What stands in the class's sum: earned where it was won, worth where it was not.
    public var money: Cash
    public var worth: Cash
    /// By all bids on it, gas deducted: failed ones too.
    public var earned: Cash
    /// Why it was last left alone, if it was.
    public var refusal: Refusal?

    public init(
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
