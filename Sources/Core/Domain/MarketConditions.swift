package import Units

/// What the rules read of a whole market.
package struct MarketConditions: Equatable, Sendable {
    package var cash: ReserveIndex
    /// The time of its last block.
    package var clock = Moment.start
    package var categories: [EfficiencyMode] = []

    package init(cash: ReserveIndex) { self.cash = cash }

    package func category(_ number: UInt8) -> EfficiencyMode? {
        number == 0 ? nil : categories.first { $0.terms.category == number }
    }
}

/// An efficiency mode: better terms for accounts that keep to assets that move together (`EModeCategory`).
package struct EfficiencyMode: Equatable, Sendable {
    package var terms: EfficiencyTerms
    /// The assets whose collateral gets these terms.
    package var members: Set<ReserveIndex> = []

    package init(_ terms: EfficiencyTerms, members: Set<ReserveIndex> = []) {
        self.terms = terms
        self.members = members
    }
}

/// What an efficiency mode gives its members.
package struct EfficiencyTerms: Equatable, Sendable {
    /// The venue's own number; 0 is none.
    package var category: UInt8
    package var liquidationThreshold: BasisPoints
    package var liquidationBonus: BasisPoints
    /// Until 3.1 a category could price its members by one asset's oracle.
    package var priceSource: ReserveIndex?

    package init(
        category: UInt8, liquidationThreshold: BasisPoints, liquidationBonus: BasisPoints,
        priceSource: ReserveIndex? = nil
    ) {
        self.category = category
        self.liquidationThreshold = liquidationThreshold
        self.liquidationBonus = liquidationBonus
        self.priceSource = priceSource
    }
}
