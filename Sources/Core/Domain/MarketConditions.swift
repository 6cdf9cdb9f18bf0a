package import Units

/// What the rules read of a whole market.
package struct MarketConditions: Equatable, Sendable {
    package var cash: ReserveIndex
    /// The time of its last block.
    package var clock = Moment.start
    package var categories: [EfficiencyMode] = []

    package init(cash: ReserveIndex) { self.cash = cash }

    package func category(_ number: UInt8) -> EfficiencyMode? {
        number == 0 ? nil : categories.first { $0.category == number }
    }
}

/// An efficiency mode: better terms for accounts that keep to assets that move together (`EModeCategory`).
package struct EfficiencyMode: Equatable, Sendable {
    package var category: UInt8
    package var liquidationThreshold: BasisPoints
    package var liquidationBonus: BasisPoints
    /// The assets whose collateral gets these terms.
    package var members: Set<ReserveIndex>
    /// Until 3.1 a category could price its members by one asset's oracle.
    package var priceSource: ReserveIndex?

    package init(
        category: UInt8, liquidationThreshold: BasisPoints, liquidationBonus: BasisPoints,
        members: Set<ReserveIndex>, priceSource: ReserveIndex? = nil
    ) {
        self.category = category
        self.liquidationThreshold = liquidationThreshold
        self.liquidationBonus = liquidationBonus
        self.members = members
        self.priceSource = priceSource
    }
}
