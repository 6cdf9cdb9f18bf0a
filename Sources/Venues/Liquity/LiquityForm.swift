public import Domain
public import Margin
public import Units

/// How a trove is watched. Excess is in 18 decimals of the stable coin: collateral · price − debt · edge.
///
/// Version 2 is linear. In version 1 the edge jumps when the system enters recovery mode and then follows the system's
/// ratio: a local form, that holds while the system stays in its mode.
extension LiquityRules {
    /// The collateral's price, and on the accrual side the system's collateral for one unit of its debt. Nothing stands
    /// on the debt side; its reading tells the watch that the instrument is ready.
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let row = reserves.row(factor.reserve), let price = row.price else { return nil }
        let share = Double(row.scalePartsPerMillion) / 1e6
        switch factor.side {
        case .collateral: return FactorReading(perPrice: 1e-18, scale: price.baseUnits.approximate * 1e-18 * share)
        case .debt: return FactorReading(fixed: 1, scale: 1)
        case .accrual:
            guard let backing = backing(factor.reserve, reserves) else { return nil }
            return FactorReading(fixed: backing, scale: max(backing, 1e-9) * share)
        case .entry: return nil
        }
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard let trove = Trove(factors, amounts), let price = reserves.price(of: trove.instrument),
            let minimum = minimumRatio(trove.instrument, reserves)
        else { return false }
        let edge = minimum.approximate / 1e18
        if version == .v2 {
            form.add(FactorIndex(trove.instrument, .collateral), weight: trove.collateral.approximate)
            form.constant = -trove.debt.approximate * edge
            return true
        }
        guard let backing = backing(trove.instrument, reserves) else { return false }
        let place = SystemPlace(
            price: price.baseUnits.approximate / 1e18, backing: backing,
            critical: Self.criticalRatio.approximate / 1e18, minimum: edge)
        fill(&form, trove, place)
        return true
    }

    /// Both factors may hurt either way, since the mode may change either way: bounds on both sides of zero.
    private func fill(_ form: inout AccountForm, _ trove: Trove, _ place: SystemPlace) {
        let collateral = trove.collateral.approximate
        let debt = trove.debt.approximate
        form.constant = collateral * place.price - debt * place.edge
        // Ratios are rounded down to 18 decimals on both sides of the comparison.
        form.allowance = 2 * debt * 1e-18 + 2 + Self.roundingError * (collateral * place.price + debt * place.edge)
        if place.isAtBorder { form.allowance = Self.askAlways }
        let highest = 1 + place.box
        let byPrice = max(collateral, debt * place.backing * highest)
        let byBacking = debt * place.price * highest
        form.add(
            FactorIndex(trove.instrument, .collateral),
            slope: place.isRecovering ? collateral - debt * place.backing : collateral,
            bounds: SlopeBounds(-byPrice, byPrice, halfWidth: place.price * place.box))
        form.add(
            FactorIndex(trove.instrument, .accrual), slope: place.isRecovering ? -debt * place.price : 0,
            bounds: SlopeBounds(-byBacking, byBacking, halfWidth: place.backing * place.box))
    }

    /// The system's collateral for one unit of its debt.
    private func backing(_ instrument: ReserveIndex, _ reserves: borrowing ReserveTable) -> Double? {
        guard version == .v1, let totals = reserves.state(of: instrument)?.totals, totals.shares > 0
        else { return nil }
        return totals.assets.approximate / totals.shares.approximate
    }

    /// What the doubles of a local form may be off by, relative to what they add up; generously.
    private static let roundingError = 1e-12
    /// More than any trove is worth, so that nothing is proved without the exact rules.
    private static let askAlways = 1e36
}

/// Where the whole system stands, and how far it may move before it changes its mode.
struct SystemPlace {
    let price: Double
    let backing: Double
    let critical: Double
    let minimum: Double

    var ratio: Double { price * backing }
    var isRecovering: Bool { ratio < critical }
    var edge: Double { isRecovering ? max(ratio, minimum) : minimum }
    /// How far it is to the other mode, as a share.
    private var toBorder: Double { abs(ratio - critical) / max(ratio, critical) }
    /// So close that the doubles cannot tell the mode.
    var isAtBorder: Bool { toBorder < 1e-9 }
    /// How far price and backing may each move, as a share: (1 ± box)² stays on this side of the border.
    var box: Double { isAtBorder ? 0.01 : min(0.25, toBorder / 3) }
}
