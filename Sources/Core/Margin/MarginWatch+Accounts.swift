public import Domain
import Units

extension MarginWatch {
    /// Gives an account its legs, and watches it.
    public mutating func place(
        _ account: AccountIndex, in market: MarketIndex, _ traits: AccountTraits, legs: Span<Leg>
    ) {
        holdings.replace(account, in: market, with: legs, traits)
        reweigh(account)
        // Making room for it may have sent others for new forms.
        renewStale()
    }

    /// Weighs an account anew with the legs it has.
    public mutating func reweigh(_ account: AccountIndex) {
        withForm(of: account) { index, form in index.place(account, form) }
    }

    /// Stops watching an account; what it holds stays readable.
    public mutating func remove(_ account: AccountIndex) { index.remove(account) }

    /// New forms for whoever has left theirs.
    mutating func renewStale() {
        while let account = index.takeStale() {
            withForm(of: account) { index, form in index.renew(account, form) }
        }
    }

    private mutating func withForm(
        of account: AccountIndex, _ use: (inout RiskIndex, borrowing AccountForm) -> Void
    ) {
        var form = AccountForm()
        swap(&form, &self.form)
        form.removeAll()
        if fill(&form, for: account) { use(&index, form) } else { index.dismiss(account) }
        swap(&form, &self.form)
    }

    func fill(_ form: inout AccountForm, for account: AccountIndex) -> Bool {
        guard let market = holdings.market(of: account), let rules = rules(of: market) else { return false }
        let legs = holdings.legs(of: account)
        return holdings.factors.withSpan(legs) { factors in
            holdings.amounts.withSpan(legs) { amounts in
                rules.form(
                    factors: factors, amounts: amounts, traits: holdings.traits(of: account), in: reserves, into: &form)
            }
        }
    }

    /// How an account is ranked at the factors of now, by a form made for the purpose: for `RiskIndex.nearest`.
    public func localDistance(of account: AccountIndex) -> Double? {
        var form = AccountForm()
        guard fill(&form, for: account) else { return nil }
        var (excess, spread, steepest) = (form.constant, 0.0, 0.0)
        for i in form.factors.indices {
            let scale = index.scale(of: form.factors[i])
            spread += abs(form.slopes[i]) * scale
            if form.isLocal {
                steepest += form.bounds[i].steepest * scale
            } else {
                excess += form.slopes[i] * index.value(of: form.factors[i])
            }
        }
        return excess / (spread > 0 ? spread : steepest)
    }

    /// The nearest accounts by the factors of now.
    public func nearest(_ count: Int) -> [Ranked] { index.nearest(count) { localDistance(of: $0) } }

    /// Everybody whose judgement may read the instrument, watched or not: at the cash asset stand the market's own numbers,
    /// which concern all of it. O(legs).
    func accounts(concernedBy reserve: ReserveIndex) -> [AccountIndex] {
        let market = reserves.row(reserve)?.market
        let isCash = market.flatMap { reserves.conditions(of: $0)?.cash } == reserve
        return (0..<holdings.accountCount).map { AccountIndex($0) }.filter { account in
            guard holdings.market(of: account) == market, index.book.zone(of: account) != .absent || isPlaced(account)
            else { return false }
            if isCash || holdings.traits(of: account).category != 0 { return true }
            return holdings.legs(of: account).contains { leg in
                let held = holdings.factors[leg].reserve
                if held == reserve { return true }
                // Judged by other instruments too: the expiry, the underlying, the neighbours' smiles.
                switch reserves.terms(of: held) {
                case .option, .expiry: return true
                case .lending, nil: return false
                }
            }
        }
    }

    private func isPlaced(_ account: AccountIndex) -> Bool { !holdings.legs(of: account).isEmpty }
}
