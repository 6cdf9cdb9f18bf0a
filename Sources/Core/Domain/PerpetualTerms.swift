package import Units

/// The parameters of a perpetual market. Each venue's rules read those that it has; the others stay at their defaults.
package struct PerpetualTerms: Equatable, Sendable {
    /// Share of the notional that opening needs, and that staying open needs; 18 decimals.
    package var initialMargin: Wad
    package var maintenanceMargin: Wad
    /// Brackets by notional, ascending; empty when the maintenance margin is flat.
    package var tiers: [MarginTier]

    package init(initialMargin: Wad, maintenanceMargin: Wad, tiers: [MarginTier] = []) {
        self.initialMargin = initialMargin
        self.maintenanceMargin = maintenanceMargin
        self.tiers = tiers
    }
}

/// One bracket: above `floor` of notional the maintenance margin is `maintenanceMargin` · notional − `deduction`.
package struct MarginTier: Equatable, Sendable {
    /// In the quote's smallest units.
    package var floor: UInt128
    package var maintenanceMargin: Wad
    /// Chosen by the venue so that the requirement does not jump at the floor.
    package var deduction: UInt128

    package init(floor: UInt128, maintenanceMargin: Wad, deduction: UInt128) {
        self.floor = floor
        self.maintenanceMargin = maintenanceMargin
        self.deduction = deduction
    }
}
