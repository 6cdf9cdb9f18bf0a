package import Domain
package import Mechanisms
package import Units

/// What liquidating an account would earn, and the bid that follows: pair, size, funding and tip.
///
/// Everything is integers; what we receive is rounded down and what we pay is rounded up.
package struct BidSimulation: Sendable {
    package let rules: any FixedPenaltyRules
    package let market: MarketDefinition
    package let reserves: ReserveTable
    package let gas: GasUpdate
    package let parameters: StrategyParameters
    /// What a model asks for; nothing of it is taken on trust.
    package var advised: AdvisedTerms?

    package init(
        rules: any FixedPenaltyRules, market: MarketDefinition, reserves: ReserveTable, gas: GasUpdate,
        parameters: StrategyParameters
    ) {
        self.rules = rules
        self.market = market
        self.reserves = reserves
        self.gas = gas
        self.parameters = parameters
    }

    /// The best bid on one pair, or why there is none.
    package func bid(on subject: LiquidationSubject, _ purse: Purse) -> Result<Bid, Refusal> {
        let limit = rules.repayAvoidingDust(of: subject, in: reserves)
        guard limit > 0 else { return .failure(.venueWouldRevert) }
        if let repay = advised?.repay, repay == 0 || repay > limit { return .failure(.modelUnusable) }
        var best: Result<Bid, Refusal> = .failure(.venueWouldRevert)
        for funding in fundings(purse) {
            guard let size = bestSize(subject, limit: limit, funding) else {
                best = best.better(.failure(unsellable(subject)))
                continue
            }
            best = best.better(
                priced(size, subject, funding, purse).map { bid in
                    var bid = bid
                    bid.repayMax = limit
                    return bid
                })
        }
        return best
    }

    private func fundings(_ purse: Purse) -> [Funding] {
        parameters.usesFlashLoans ? [.capital, .flashLoan] : [.capital]
    }

    private func unsellable(_ subject: LiquidationSubject) -> Refusal {
        for reserve in [subject.pair.collateral, subject.pair.debt] where reserve != market.cash {
            if reserves.row(reserve)?.pool == nil { return .inputMissing }
        }
        return .venueWouldRevert
    }

    /// Adds gas and tip, and holds the result against the limits.
    private func priced(
        _ size: RepaySize, _ subject: LiquidationSubject, _ funding: Funding, _ purse: Purse
    ) -> Result<Bid, Refusal> {
        if funding == .capital && TokenAmount(clamping: purse.cash.units) < size.swaps.repayCost {
            return .failure(.capitalExhausted)
        }
        guard
            let fees = FeeChoice(
                margin: size.swaps.margin, market, gas, parameters, advised: advised?.priorityFee, in: reserves)
        else {
            return .failure(.inputMissing)
        }
        guard purse.gasMoney >= fees.feeCap * parameters.gasPerLiquidation else { return .failure(.gasMoneyExhausted) }
        let profit = size.swaps.margin + .cost(fees.cost)
        guard profit >= minimumProfit else { return .failure(.belowMinimumProfit) }
        guard profit >= minimumReturn(on: size.swaps.repayCost) else { return .failure(.belowMinimumReturn) }
        return .success(Bid(pair: subject.pair, funding: funding, size: size, fees: fees, netProfit: profit))
    }

    private var minimumProfit: Cash {
        let unit = Int128(reserves.row(market.cash)?.unit ?? 1)
        return Cash(units: Int128(parameters.minimumProfitMicros) * unit / 1_000_000)
    }

    /// A negative minimum profit says that a loss is wanted; then no return is asked for.
    private func minimumReturn(on risked: TokenAmount) -> Cash {
        parameters.minimumProfitMicros < 0
            ? minimumProfit : .proceeds(parameters.minimumReturn.shareRoundingUp(of: risked))
    }
}

/// What is left to bid with: own cash and gas money, less what open bids hold.
package struct Purse: Equatable, Sendable {
    package var cash: Cash
    package var gasMoney: Wei

    package init(cash: Cash, gasMoney: Wei) {
        self.cash = cash
        self.gasMoney = gasMoney
    }
}

extension Result where Success == Bid, Failure == Refusal {
    /// The more profitable of two; of two refusals, the later in the order of checks, since it came further.
    package func better(_ other: Result<Bid, Refusal>) -> Result<Bid, Refusal> {
        switch (self, other) {
        case (.success(let a), .success(let b)): b.netProfit > a.netProfit ? other : self
        case (.success, .failure): self
        case (.failure, .success): other
        case (.failure(let a), .failure(let b)): Bid.progress(b) > Bid.progress(a) ? other : self
        }
    }
}

extension Refusal: Error {}
