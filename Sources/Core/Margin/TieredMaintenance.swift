public import Domain
public import Units

/// A maintenance margin by brackets of the notional: rate · notional − deduction of the bracket that it falls in.
///
/// Example: 1 % up to 1 000 and 2 % − 10 from there: 500 needs 5, 1 000 needs 10, 2 000 needs 30. A notional at a floor is
/// above it. The product is rounded up, against the account; a deduction never makes it negative.
public struct TieredMaintenance: Equatable, Sendable {
    public let tiers: ContiguousArray<MarginTier>

    /// The instrument's brackets; where it has none, one flat rate. `nil` when there is neither.
    public init?(of instrument: ReserveIndex, flat: Int128?, in reserves: borrowing ReserveTable) {
        let known = reserves.tiers(of: instrument)
        guard known.isEmpty else {
            tiers = known
            return
        }
        guard let flat, flat >= 0 else { return nil }
        tiers = [MarginTier(floor: 0, maintenanceMargin: Wad(UInt128(flat)), deduction: 0)]
    }

    public func bracket(of notional: UInt256) -> MarginTier {
        var found = tiers[0]
        for tier in tiers where UInt256(tier.floor) <= notional { found = tier }
        return found
    }

    /// `nil` past 256 bits.
    public func requirement(for notional: UInt256) -> UInt256? {
        let tier = bracket(of: notional)
        return notional.multiplied(by: UInt256(tier.maintenanceMargin.value), dividedRoundingUpBy: AccountHealth.one)
            .map { $0.subtracting(UInt256(tier.deduction)) ?? .zero }
    }
}

/// How the maintenance margin bends around a notional.
public struct MaintenanceBend: Equatable, Sendable {
    /// Slopes in the notional: here, and between which it stays in the box.
    public var here: Double
    public var lowest: Double
    public var highest: Double
    /// How far the box reaches either way, as a share of the notional.
    public var reach: Double
    /// What badly chosen deductions let it leap within the box.
    public var leap: Double
}

extension TieredMaintenance {
    /// A bracket's edges are triggers: the box ends there, and within it the slope is known exactly. Close to an edge it
    /// reaches beyond, and the slope lies between those of the brackets that it touches.
    public func bend(around notional: Double) -> MaintenanceBend {
        var reach = Self.reachMost
        for tier in tiers.dropFirst() where notional > 0 {
            reach = min(reach, (abs(tier.floor.approximate - notional) - 2) / notional * (1 - 1e-9))
        }
        reach = max(reach, Self.reachLeast)
        let (low, high) = (notional * (1 - reach) - 2, notional * (1 + reach) + 2)
        var bend = MaintenanceBend(here: 0, lowest: .infinity, highest: -.infinity, reach: reach, leap: 0)
        for i in tiers.indices {
            let start = i == 0 ? -.infinity : tiers[i].floor.approximate
            let end = i + 1 < tiers.count ? tiers[i + 1].floor.approximate : .infinity
            let rate = tiers[i].rate
            if start <= notional, notional < end { bend.here = rate }
            guard start <= high, low <= end else { continue }
            bend.lowest = min(bend.lowest, rate)
            bend.highest = max(bend.highest, rate)
            if rate * max(low, start) < tiers[i].deduction.approximate { bend.lowest = min(bend.lowest, 0) }
            if i > 0, low <= start { bend.leap += abs(tiers[i].amount(at: start) - tiers[i - 1].amount(at: start)) }
        }
        return bend
    }

    private static let reachMost = 0.25
    private static let reachLeast = 0.02
}

extension MarginTier {
    fileprivate var rate: Double { maintenanceMargin.value.approximate / 1e18 }
    fileprivate func amount(at notional: Double) -> Double { max(0, rate * notional - deduction.approximate) }
}
