public import Domain
public import Liquidity
public import Mechanisms
public import Units
public import Winning

/// What liquidating an account would earn, and the bid that follows: pair, size, funding and tip.
///
/// Everything that becomes an amount is integers; what we receive is rounded down and what we pay is rounded up. Doubles only
/// choose what is worth working out (`PairCurve`).
public struct BidSimulation: Sendable {
    public let rules: any FixedPenaltyRules
    public let market: MarketDefinition
    public let reserves: ReserveTable
    public let gas: GasUpdate
    public let parameters: StrategyParameters
    /// Empty: every asset trades in its reserve's own pool.
    public var depth: DepthTable
    public let costs: BidCosts
    public let winModel: WinModel
    public let contest: Contest
    /// What a model asks for; nothing of it is taken on trust.
    public var advised: AdvisedTerms?

    /// - Parameter winModel: what the parameters say, unless something better is known (a table of outcomes).
    public init(
        rules: any FixedPenaltyRules, market: MarketDefinition, reserves: ReserveTable, gas: GasUpdate,
        parameters: StrategyParameters, depth: DepthTable = .empty, costs: BidCosts = .none, winModel: WinModel? = nil
    ) {
        self.rules = rules
        self.market = market
        self.reserves = reserves
        self.gas = gas
        self.parameters = parameters
        self.depth = depth
        self.costs = costs
        self.winModel = winModel ?? parameters.winModel
        contest = parameters.contest
    }

    /// The best bid on one pair, or why there is none.
    public func bid(on subject: LiquidationSubject, _ purse: Purse) -> Result<Bid, Refusal> {
        switch outline(of: subject) {
        case .failure(let refusal): return .failure(refusal)
        case .success(var outline):
            if let repay = advised?.repay, repay == 0 || repay > outline.limit { return .failure(.modelUnusable) }
            refine(&outline, subject.pair, purse)
            var tooLittle = -Double.infinity
            return bid(on: subject, outline, purse, &tooLittle)
        }
    }

    /// The same from where the filter has pointed. `tooLittle` becomes the largest margin that was refused for being small.
    func bid(
        on subject: LiquidationSubject, _ outline: PairOutline, _ purse: Purse, _ tooLittle: inout Double
    ) -> Result<Bid, Refusal> {
        guard outline.funding == .capital else {
            let lent = bid(on: subject, outline, .flashLoan, purse, &tooLittle)
            return Result<Bid, Refusal>.failure(.capitalExhausted).better(lent)
        }
        let own = bid(on: subject, outline, .capital, purse, &tooLittle)
        guard mayBorrow(subject.pair), case .failure(let refusal) = own, Self.mayNeedLoan(refusal) else { return own }
        return own.better(bid(on: subject, outline, .flashLoan, purse, &tooLittle))
    }

    /// A loan is paid back within the transaction, from what is sold.
    func mayBorrow(_ pair: LiquidationPair) -> Bool { parameters.usesFlashLoans && !depth.isKept(pair.collateral) }

    /// A loan costs more than our own money: it helps only where money was what was missing.
    private static func mayNeedLoan(_ refusal: Refusal) -> Bool {
        refusal == .capitalExhausted || refusal == .gasMoneyExhausted
    }

    private func bid(
        on subject: LiquidationSubject, _ outline: PairOutline, _ funding: Funding, _ purse: Purse,
        _ tooLittle: inout Double
    ) -> Result<Bid, Refusal> {
        guard let size = size(subject, outline, funding) else { return .failure(.venueWouldRevert) }
        let bid = priced(size, subject, funding, purse, limit: outline.limit)
        if case .failure(let refusal) = bid, refusal == .belowMinimumProfit || refusal == .belowExpectedValue {
            let margin = Double(approximating: size.swaps.margin)
            if margin <= uncappedMargin { tooLittle = max(tooLittle, margin) }
        }
        return bid
    }

    /// Adds gas and tip, and holds the result against the limits.
    func priced(
        _ size: RepaySize, _ subject: LiquidationSubject, _ funding: Funding, _ purse: Purse, limit: TokenAmount
    ) -> Result<Bid, Refusal> {
        if funding == .capital && TokenAmount(clamping: purse.cash.units) < size.swaps.repayCost {
            return .failure(.capitalExhausted)
        }
        guard let fees = fees(for: size.swaps.margin) else { return .failure(.inputMissing) }
        guard purse.gasMoney >= fees.feeCap * parameters.gasPerLiquidation + costs.dataFee else {
            return .failure(.gasMoneyExhausted)
        }
        var bid = Bid(pair: subject.pair, funding: funding, size: size, fees: fees)
        bid.repayMax = limit
        return refusal(of: bid).map { .failure($0) } ?? .success(bid)
    }

    private func refusal(of bid: Bid) -> Refusal? {
        if bid.netProfit < minimumProfit { return .belowMinimumProfit }
        if bid.netProfit < minimumReturn(on: bid.swaps.repayCost) { return .belowMinimumReturn }
        // A negative minimum says that a loss is wanted.
        guard parameters.minimumProfitMicros >= 0 else { return nil }
        return bid.expectedValue <= .zero || bid.expectedValue < minimumProfit ? .belowExpectedValue : nil
    }

    public var minimumProfit: Cash {
        let unit = Int128(reserves.unit(of: market.cash) ?? 1)
        return Cash(units: Int128(parameters.minimumProfitMicros) * unit / 1_000_000)
    }

    /// A negative minimum profit says that a loss is wanted; then no return is asked for.
    private func minimumReturn(on risked: TokenAmount) -> Cash {
        parameters.minimumProfitMicros < 0
            ? minimumProfit : .proceeds(parameters.minimumReturn.shareRoundingUp(of: risked))
    }
}

/// What is left to bid with: own cash and gas money, less what open bids hold.
public struct Purse: Equatable, Sendable {
    public var cash: Cash
    public var gasMoney: Wei

    public init(cash: Cash, gasMoney: Wei) {
        self.cash = cash
        self.gasMoney = gasMoney
    }
}

extension Result where Success == Bid, Failure == Refusal {
    /// The one worth more; of two refusals, the later in the order of checks, since it came further.
    public func better(_ other: Result<Bid, Refusal>) -> Result<Bid, Refusal> {
        switch (self, other) {
        case (.success(let a), .success(let b)): b.expectedValue > a.expectedValue ? other : self
        case (.success, .failure): self
        case (.failure, .success): other
        case (.failure(let a), .failure(let b)): Bid.progress(b) > Bid.progress(a) ? other : self
        }
    }
}

extension Refusal: Error {}
