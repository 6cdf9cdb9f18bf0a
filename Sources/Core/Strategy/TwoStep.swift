public import Domain
import Margin
public import Mechanisms
public import Units

/// How an account is taken in one call or in two, by venues that take a fixed penalty up to a close factor.
///
/// The first call repays as much as leaves the account liquidatable, so that the close factor applies a second time to what
/// remains (Qin, Zhou, Gamito, Jovanovic and Gervais, "An empirical study of DeFi liquidations", 2021, section 5.2):
/// r₁ = (D − LT·C) / (1 − LT·(1 + LS)), r₂ = CF·(D − r₁), and the gain is LS·(1 − CF)·r₁. Here r₁ is found with the venue's own
/// integers, so dust rules, indices and mixed collateral are seen too.
public enum StepPlan: Equatable, Sendable {
    case one(LiquidationAmounts)
    case two(first: LiquidationAmounts, second: LiquidationAmounts)
    /// Every call makes the account worse and none is the last: what it owes grows against what is left.
    case toxic
    /// The venue takes no call.
    case none

    /// All that is repaid and seized.
    public var total: (repay: TokenAmount, seize: TokenAmount) {
        switch self {
        case .one(let call): (call.repay, call.seize)
        case .two(let first, let second): (first.repay + second.repay, first.seize + second.seize)
        case .toxic, .none: (0, 0)
        }
    }
}

/// Plans the steps for one pair of an account. The legs are lent to it and come back as they were.
public struct StepPlanner: Sendable {
    public let rules: any FixedPenaltyRules
    public let subject: LiquidationSubject

    public init(rules: any FixedPenaltyRules, subject: LiquidationSubject) {
        self.rules = rules
        self.subject = subject
    }

    /// The plan that repays most. `amounts` are the scaled balances of the factors, changed and restored in here.
    public func plan(
        factors: Span<FactorIndex>, amounts: inout ContiguousArray<TokenAmount>, in reserves: borrowing ReserveTable
    ) -> StepPlan {
        precondition(factors.count == amounts.count, "Condition: every factor has an amount")
        let most = rules.repayAvoidingDust(of: subject, in: reserves)
        guard let whole = call(most, subject, reserves),
            let after = health(after: whole, factors, &amounts, reserves)
        else { return .none }
        if isFinal(whole) { return .one(whole) }
        guard after.healthFactor > subject.health.healthFactor else { return .toxic }
        let first =
            after.isLiquidatable ? whole : largest(below: most, factors, &amounts, reserves)
        guard let first, let between = health(after: first, factors, &amounts, reserves),
            let second = call(following(first, between), reserves),
            first.repay + second.repay > whole.repay
        else { return .one(whole) }
        return .two(first: first, second: second)
    }

    /// The largest repayment that leaves the account liquidatable, by bisection: repaying makes it healthier all the way.
    private func largest(
        below most: TokenAmount, _ factors: Span<FactorIndex>, _ amounts: inout ContiguousArray<TokenAmount>,
        _ reserves: borrowing ReserveTable
    ) -> LiquidationAmounts? {
        var (low, high) = (TokenAmount(0), most)
        var found: LiquidationAmounts?
        while high - low > 1 {
            let middle = low + (high - low) / 2
            let tried = call(middle, subject, reserves)
            if let tried, health(after: tried, factors, &amounts, reserves)?.isLiquidatable == true {
                (low, found) = (middle, tried)
            } else {
                high = middle
            }
        }
        return found
    }

    private func following(_ first: LiquidationAmounts, _ health: AccountHealth) -> LiquidationSubject {
        var next = subject
        next.scaledCollateral = first.scaledCollateralAfter
        next.scaledDebt = first.scaledDebtAfter
        next.health = health
        return next
    }

    private func call(_ subject: LiquidationSubject, _ reserves: borrowing ReserveTable) -> LiquidationAmounts? {
        call(rules.repayAvoidingDust(of: subject, in: reserves), subject, reserves)
    }

    private func call(
        _ repay: TokenAmount, _ subject: LiquidationSubject, _ reserves: borrowing ReserveTable
    ) -> LiquidationAmounts? {
        guard repay > 0, case .success(let amounts) = rules.liquidation(repaying: repay, of: subject, in: reserves)
        else { return nil }
        return amounts
    }

    /// Whether nothing of one leg is left: there is no worse to come of it.
    private func isFinal(_ call: LiquidationAmounts) -> Bool {
        call.scaledCollateralAfter == 0 || call.scaledDebtAfter == 0
    }

    /// How the account stands after a call.
    private func health(
        after call: LiquidationAmounts, _ factors: Span<FactorIndex>, _ amounts: inout ContiguousArray<TokenAmount>,
        _ reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        let (collateral, debt) = (
            FactorIndex(subject.pair.collateral, .collateral), FactorIndex(subject.pair.debt, .debt)
        )
        for leg in factors.indices {
            if factors[leg] == collateral { amounts[leg] = call.scaledCollateralAfter }
            if factors[leg] == debt { amounts[leg] = call.scaledDebtAfter }
        }
        defer {
            for leg in factors.indices {
                if factors[leg] == collateral { amounts[leg] = subject.scaledCollateral }
                if factors[leg] == debt { amounts[leg] = subject.scaledDebt }
            }
        }
        return rules.health(factors: factors, amounts: amounts.span, traits: subject.traits, in: reserves)
    }
}
