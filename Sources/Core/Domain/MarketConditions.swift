public import Units

/// What the rules read of a whole market.
public struct MarketConditions: Equatable, Sendable {
    public var cash: ReserveIndex
    /// The time of its last block.
    public var clock = Moment.start
    public var categories: [EfficiencyMode] = []

    public init(cash: ReserveIndex) { self.cash = cash }

    public func category(_ number: UInt8) -> EfficiencyMode? {
        number == 0 ? nil : categories.first { $0.terms.category == number }
    }
}

/// An efficiency mode: better terms for accounts that keep to assets that move together (`EModeCategory`).
public struct EfficiencyMode: Equatable, Sendable {
    public var terms: EfficiencyTerms
    /// The assets whose collateral gets these terms.
    public var members: Set<ReserveIndex> = []

    public init(_ terms: EfficiencyTerms, members: Set<ReserveIndex> = []) {
        self.terms = terms
        self.members = members
    }
}

/// What an efficiency mode gives its members.
public struct EfficiencyTerms: Equatable, Sendable {
    /// The venue's own number; 0 is none.
    public var category: UInt8
    public var liquidationThreshold: BasisPoints
    public var liquidationBonus: BasisPoints
    /// Until 3.1 a category could price its members by one asset's oracle.
    public var priceSource: ReserveIndex?

    public init(
        category: UInt8, liquidationThreshold: BasisPoints, liquidationBonus: BasisPoints,
        priceSource: ReserveIndex? = nil
    ) {
        self.category = category
        self.liquidationThreshold = liquidationThreshold
        self.liquidationBonus = liquidationBonus
        self.priceSource = priceSource
    }
}
