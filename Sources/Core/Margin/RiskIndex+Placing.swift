public import Domain

extension RiskIndex {
    /// Replaces how an account is watched, and tells of it.
    public mutating func place(_ account: AccountIndex, _ form: borrowing AccountForm) {
        remove(account)
        set(account, form)
        touched.append(account)
    }

    /// Gives a stale account its new form. It is told of only when something new was proved of it, or nothing.
    public mutating func renew(_ account: AccountIndex, _ form: borrowing AccountForm) {
        remove(account)
        set(account, form)
    }

    /// There is nothing to watch any more: out of every queue, and told of.
    public mutating func dismiss(_ account: AccountIndex) {
        remove(account)
        touched.append(account)
    }

    /// An account that needs a new form, or `nil` when there is none left.
    public mutating func takeStale() -> AccountIndex? {
        while stale.count > 0 {
            let account = AccountIndex(stale.removeLast())
            if book.zone(of: account) == .stale { return account }
        }
        return nil
    }

    private mutating func set(_ account: AccountIndex, _ form: borrowing AccountForm) {
        for i in form.factors.indices { include(form.factors[i]) }
        book.accounts[account.position].isLocal = form.isLocal
        book.accounts[account.position].slack = Float(form.slack)
        book.accounts[account.position].allowance = Float(form.allowance).nextUp
        if form.isLocal { return setLocal(account, form) }
        book.resize(account, to: form.factors.count)
        let start = Int(book.accounts[account.position].start)
        for i in form.factors.indices {
            book.factors[start + i] = form.factors[i]
            book.legs[start + i].weight = form.slopes[i]
        }
        book.accounts[account.position].constant = form.constant
        plant(account.raw)
    }

    /// Two legs a factor, for the box ends on both sides. A slope that keeps its sign hurts on one side only; on the other a
    /// *guard* stands at the end of the box.
    private mutating func setLocal(_ account: AccountIndex, _ form: borrowing AccountForm) {
        book.resize(account, to: 2 * form.factors.count)
        var leg = Int(book.accounts[account.position].start)
        var constant = form.constant
        var local = LocalForm(excess: form.constant, allowance: form.allowance)
        for i in form.factors.indices {
            let factor = form.factors[i].position
            let bound = form.bounds[i]
            let steepest = bound.steepest
            local.add(steepest: steepest, slope: form.slopes[i], bound.halfWidth, scale: queues[factor].scale)
            let (rising, falling) = (bound.highest > 0, bound.lowest < 0)
            let share = rising && falling ? steepest / 2 : steepest
            setLeg(leg, form.factors[i], weight: rising ? share : LegRow.guardWeight)
            setLeg(leg + 1, form.factors[i], weight: falling ? -share : -LegRow.guardWeight)
            if rising != falling { constant -= (rising ? share : -share) * queues[factor].value }
            leg += 2
        }
        book.accounts[account.position].constant = constant
        plant(account.raw, local)
    }

    private mutating func setLeg(_ leg: Int, _ factor: FactorIndex, weight: Double) {
        book.factors[leg] = factor
        book.legs[leg].weight = weight
    }
}

/// What placing a local form finds: how far off the edge is at the steepest slopes, and how far the form holds.
struct LocalForm {
    var excess: Double
    var allowance: Double
    /// Σ steepest slope · scale: no box of one scale can cost more.
    var steepest = 0.0
    /// Σ |slope here| · scale: what the account is ranked by.
    var spread = 0.0
    /// In scales.
    var reach = Double.infinity

    init(excess: Double, allowance: Double) {
        self.excess = excess
        self.allowance = allowance
    }

    mutating func add(steepest bound: Double, slope: Double, _ halfWidth: Double, scale: Double) {
        steepest += bound * scale
        spread += abs(slope) * scale
        reach = min(reach, halfWidth / scale)
    }

    var lowest: Double { excess - allowance }
    var highest: Double { excess + allowance }
    var verdict: Evaluation.Verdict { lowest > 0 ? .safe : highest < 0 ? .fallen : .undecided }
    /// With no slope here, by the steepest that there may be.
    var distance: Double { excess / (spread > 0 ? spread : steepest) }

    func radius(to distance: Double) -> Double {
        (lowest / steepest - distance) * (1 - Evaluation.radiusMargin)
    }
    var radiusToRecovery: Double { -highest / steepest * (1 - Evaluation.radiusMargin) }
    func within(_ radius: Double) -> Double { min(radius, reach * (1 - Evaluation.radiusMargin)) }
}
