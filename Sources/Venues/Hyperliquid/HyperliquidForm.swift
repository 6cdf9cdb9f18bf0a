public import Domain
public import Margin
public import Units

/// How a Hyperliquid account is watched: equity less maintenance margin, in cash's smallest units. Linear while all rates are
/// flat; with brackets a local form that reaches to the nearest bracket's edge.
extension HyperliquidRules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        PerpetualReading.reading(of: factor, fundingPerValue: Self.fundingDivisor, in: reserves)
            .map { reading in
                // Funding is told for a whole unit, the value for the smallest.
                guard factor.side == .accrual, let unit = reserves.row(factor.reserve)?.unit else { return reading }
                return FactorReading(fixed: reading.fixed, scale: reading.scale * unit.approximate)
            }
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard let account = HyperliquidAccount(factors, amounts, traits, reserves), account.positions > 0,
            let excess = account.excess
        else { return false }
        let bends = bends(factors, amounts, reserves)
        // Worth, funding and margin of a position are each rounded to whole units.
        let rounding = 4.0 * Double(account.positions)
        if bends { form.begin(excess: excess.approximate, rounding: rounding) } else { form.allowance = rounding }
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .cash(let balance): if !bends { form.constant += balance.approximate }
            case .position(let position):
                guard let unit = reserves.row(position.instrument)?.unit.approximate,
                    let margins = Self.maintenance(of: position.instrument, reserves)
                else { return false }
                let funding = -position.size.approximate / unit / Self.fundingDivisor
                if bends {
                    guard addBent(position, margins, funding, reserves, &form) else { return false }
                } else {
                    add(position, margins, funding, &form)
                }
            case .collateral, .nothing, nil: continue
            }
        }
        return true
    }

    private func add(
        _ position: PerpetualPosition, _ margins: TieredMaintenance, _ funding: Double, _ form: inout AccountForm
    ) {
        let size = position.size.approximate
        form.add(position.mark, weight: size - abs(size) * margins.bend(around: 0).here)
        form.addFunding(position.funding, weight: funding, since: position.settledFunding.approximate)
        form.constant -= position.entry.approximate
    }

    private func addBent(
        _ position: PerpetualPosition, _ margins: TieredMaintenance, _ funding: Double,
        _ reserves: borrowing ReserveTable, _ form: inout AccountForm
    ) -> Bool {
        guard let mark = place(of: position.mark, in: reserves), let due = place(of: position.funding, in: reserves)
        else { return false }
        let size = position.size.approximate
        let bend = margins.bend(around: abs(size) * mark.value)
        form.addLocal(
            position.mark, at: mark.value, slope: size - abs(size) * bend.here,
            within: SlopeBounds(
                size - abs(size) * bend.highest, size - abs(size) * bend.lowest, halfWidth: mark.value * bend.reach))
        form.allowance += bend.leap
        form.addLocal(position.funding, at: due.value, weight: funding, scale: due.scale)
        return true
    }

    /// Whether a position of the account has more than one bracket, or one that deducts.
    private func bends(
        _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ reserves: borrowing ReserveTable
    ) -> Bool {
        for leg in factors.indices where amounts[leg] > 0 {
            let tiers = reserves.tiers(of: factors[leg].reserve)
            if tiers.count > 1 || tiers.contains(where: { $0.deduction > 0 }) { return true }
        }
        return false
    }

    private static let fundingDivisor = 1e18
}
