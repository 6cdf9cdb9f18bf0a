public import Domain
public import Margin
public import Units

/// The linear form of a subaccount: net collateral less maintenance margin, in quote quantums.
extension DYdXRules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        PerpetualReading.reading(of: factor, fundingPerValue: Self.fundingDivisor, in: reserves)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard let now = Subaccount(factors, amounts, traits, reserves) else { return false }
        var needs = false
        // The funding's floor.
        form.allowance = 2
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .cash(let balance): form.constant += balance.approximate
            case .position(let position):
                guard let margins = DYdXMargins(position.instrument, reserves) else { return false }
                add(position, margins.share, to: &form)
                needs = needs || margins.share > 0
            case .collateral, .nothing, nil: continue
            }
        }
        // A position worth less than a quantum needs no margin and cannot be liquidated: near that only the integers know.
        if now.notional.approximate < Self.dust { form.allowance = Self.askAlways }
        return needs
    }

    private func add(_ position: PerpetualPosition, _ share: Double, to form: inout AccountForm) {
        let size = position.size.approximate
        form.add(position.mark, weight: size - abs(size) * share)
        form.addFunding(
            position.funding, weight: -size / Self.fundingDivisor, since: position.settledFunding.approximate)
        form.constant += position.entry.approximate
        // Its worth is cut to whole quantums, its margin rounded up twice.
        form.allowance += 4
    }

    private static let fundingDivisor = 1e6
    /// Until an account is weighed anew prices may fall by a factor of sixteen; generously.
    private static let dust = 4_096.0
    /// More than any account is worth, so that nothing is proved without the exact rules.
    private static let askAlways = 1e36
}

extension DYdXMargins {
    fileprivate var share: Double { initial.approximate / 1e18 * (fraction.approximate / 1e18) }
}
