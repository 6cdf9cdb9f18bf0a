public import Domain
public import Margin
import Mechanisms
public import Units
import Winning

/// Every pair of an account: bounds in doubles choose which of them are worked out to the unit.
extension BidSimulation {
    /// The best bid on any pair of an account's legs, or why there is none. Nothing is allocated,
    /// except for planning two steps.
    public func best(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, health: AccountHealth, traits: AccountTraits,
        _ purse: Purse
    ) -> Result<Bid, Refusal> {
        let worthless = worthlessMargin
        if isWorthless(factors, amounts, health, traits, worthless) { return .failure(.belowMinimumProfit) }
        var best: Result<Bid, Refusal> = .failure(.venueWouldRevert)
        var waiting = PairShortlist()
        for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
            for collateral in factors.indices where factors[collateral].side == .collateral && amounts[collateral] > 0 {
                let subject = LiquidationSubject.of(
                    collateral, debt, factors, amounts, health, closeFactor: market.closeFactor, traits)
                switch roughOutline(of: subject) {
                case .failure(let refusal): best = best.better(.failure(refusal))
                case .success(var outline):
                    if waiting.isFull {
                        best = decide(&waiting, best, factors, amounts, health, traits, purse, worthless)
                    }
                    (outline.collateral, outline.debt) = (collateral, debt)
                    waiting.add(outline)
                }
            }
        }
        best = decide(&waiting, best, factors, amounts, health, traits, purse, worthless)
        guard parameters.takesTwoSteps, case .success(let bid) = best else { return best }
        return .success(inTwoSteps(bid, factors, amounts, health, traits, purse) ?? bid)
    }

    /// Whether the venue's bounds alone say that no pair pays for its gas: so it is with most accounts, and costs least to find.
    private func isWorthless(
        _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ health: AccountHealth, _ traits: AccountTraits,
        _ worthless: Double
    ) -> Bool {
        var isAny = false
        for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
            for collateral in factors.indices where factors[collateral].side == .collateral && amounts[collateral] > 0 {
                let subject = LiquidationSubject.of(
                    collateral, debt, factors, amounts, health, closeFactor: market.closeFactor, traits)
                guard let rough = rules.liquidationBound(of: subject, in: reserves) else { return false }
                guard let bound = roughBound(rough, subject.pair) else { continue }
                guard bound < worthless else { return false }
                isAny = true
            }
        }
        return isAny
    }

    /// What no bid on each of the account's pairs exceeds around the state of now, whatever its health is then. `false` where the venue
    /// has no bound for one.
    public func forEachCeiling(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, _ body: (PairCeiling) -> Void
    ) -> Bool {
        var isAny = false
        for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
            for collateral in factors.indices where factors[collateral].side == .collateral && amounts[collateral] > 0 {
                let subject = LiquidationSubject.of(
                    collateral, debt, factors, amounts, .hopeless, closeFactor: market.closeFactor, traits)
                guard let ceiling = ceiling(of: subject) else { return false }
                body(ceiling)
                isAny = true
            }
        }
        return isAny
    }

    /// The first of two calls, where both together bring more than one call and the gas of a second; `nil` where they do not.
    private func inTwoSteps(
        _ bid: Bid, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ health: AccountHealth,
        _ traits: AccountTraits, _ purse: Purse
    ) -> Bid? {
        var held: ContiguousArray<TokenAmount> = []
        var (collateral, debt) = (0, 0)
        for leg in factors.indices {
            held.append(amounts[leg])
            if factors[leg] == FactorIndex(bid.pair.collateral, .collateral) { collateral = leg }
            if factors[leg] == FactorIndex(bid.pair.debt, .debt) { debt = leg }
        }
        let subject = LiquidationSubject.of(
            collateral, debt, factors, amounts, health, closeFactor: market.closeFactor, traits)
        let plan = StepPlanner(rules: rules, subject: subject).plan(factors: factors, amounts: &held, in: reserves)
        guard case .two(let first, let second) = plan,
            let size = size(first.repay, subject, bid.funding),
            let both = SwapLegs(
                seize: plan.total.seize, repay: plan.total.repay, subject.pair, funding: bid.funding, market,
                in: reserves, depth: depth, costs: costs),
            let gasCost = gasMarket?.cost(at: gas.baseFee),
            both.margin > bid.swaps.margin + .proceeds(gasCost),
            case .success(var step) = priced(size, subject, bid.funding, purse, limit: bid.repayMax)
        else { return nil }
        step.following = second
        return step
    }

    /// From the highest bound down, until no bound can beat what was found.
    private func decide(
        _ waiting: inout PairShortlist, _ found: Result<Bid, Refusal>, _ factors: Span<FactorIndex>,
        _ amounts: Span<TokenAmount>, _ health: AccountHealth, _ traits: AccountTraits, _ purse: Purse,
        _ worthless: Double
    ) -> Result<Bid, Refusal> {
        var (best, tooLittle) = (found, -Double.infinity)
        while var outline = waiting.takeBest() {
            if cannotImprove(best, outline.bound, tooLittle) { continue }
            guard outline.bound >= worthless else {
                best = best.better(.failure(.belowMinimumProfit))
                continue
            }
            let subject = LiquidationSubject.of(
                outline.collateral, outline.debt, factors, amounts, health, closeFactor: market.closeFactor, traits)
            if outline.isRough {
                switch self.outline(of: subject) {
                case .failure(let refusal): best = best.better(.failure(refusal))
                case .success(var exact):
                    (exact.collateral, exact.debt) = (outline.collateral, outline.debt)
                    waiting.add(exact)
                }
                continue
            }
            guard outline.isRefined else {
                refine(&outline, subject.pair, purse)
                waiting.add(outline)
                continue
            }
            best = best.better(bid(on: subject, outline, purse, &tooLittle))
        }
        return best
    }

    /// No bid with a smaller margin is worth its gas, whatever it tips: most accounts that wait for a better price are told
    /// apart by this alone.
    public var worthlessMargin: Double {
        guard let gasMarket, let cost = gasMarket.cost(at: gas.baseFee) else { return -.infinity }
        let needed = Double(approximating: minimumProfit) + cost.approximate
        return needed - abs(needed) * 1e-9
    }

    /// Whether a margin of at most so much could change anything: where the tip's cap does not bind, profit and expected value
    /// rise with the margin, so that what was too little for one pair is for every smaller one.
    private func cannotImprove(_ best: Result<Bid, Refusal>, _ bound: Double, _ tooLittle: Double) -> Bool {
        switch best {
        case .success(let bid):
            let margin = Double(approximating: bid.swaps.margin)
            guard margin > uncappedMargin else { return bound <= margin }
            return mostExpected(of: bound, above: Double(approximating: bid.expectedValue)) == nil
        case .failure(let refusal):
            return Bid.progress(refusal) >= Bid.progress(.belowMinimumProfit)
                && (bound <= tooLittle || bound < Double(approximating: minimumProfit))
        }
    }

    /// What a margin of at most so much may be worth, where that is more than so much; else `nil`.
    ///
    /// A stake worth more than `found` is larger than `found`, so the largest tip is at most a certain share of it, and whoever
    /// tips a smaller share wins no more often.
    private func mostExpected(of bound: Double, above found: Double) -> Double? {
        guard bound > found else { return nil }
        guard found > 0, let capped = gasMarket?.cost(ofTip: parameters.tipMax) else { return bound }
        let share = min(capped.approximate / found * 10_000 + 2, Double(parameters.tipShareMax.count))
        let most = bound * winModel.chance(tip: Int64(share), in: contest).approximate * (1 + 1e-9)
        return most > found ? most : nil
    }

    /// Up to here any share of the profit can be tipped. Above, a larger stake may win less often with the largest tip.
    var uncappedMargin: Double {
        guard !winModel.isCertain else { return .infinity }
        guard let capped = gasMarket?.cost(ofTip: parameters.tipMax) else { return 0 }
        return capped.approximate * 10_000 / Double(max(parameters.tipShareMax.count, 1))
    }
}
