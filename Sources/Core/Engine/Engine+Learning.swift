import Domain
import Strategy
import Units
import Winning

/// What outcomes teach: the gas of transactions, and how bids fare by their tip.
extension Engine {
    mutating func learn(_ used: GasUnits, _ action: GasAction, in market: MarketIndex) {
        guard market.position < markets.count, used.count > 0 else { return }
        while gasUse.count <= market.position { gasUse.append(LearnedGas(settings.parameters)) }
        gasUse[market.position].learn(used, action)
    }

    /// The strategy's parameters with what has been learned of a market's gas.
    func parameters(in market: MarketIndex) -> StrategyParameters {
        var parameters = settings.parameters
        parameters.gasPerLiquidation = gasPerLiquidation(in: market)
        if let gas = learnedGas(of: .revert, in: market) { parameters.gasPerRevert = gas }
        return parameters
    }

    /// What is assumed to be used: learned, else configured.
    func gasPerLiquidation(in market: MarketIndex) -> GasUnits {
        learnedGas(of: .liquidation, in: market) ?? settings.parameters.gasPerLiquidation
    }

    /// What a transaction may use: what is configured, or what was learned and a quarter more. A limit that does not suffice
    /// loses the bid and the gas.
    func gasLimit(in market: MarketIndex) -> GasUnits {
        let configured = settings.parameters.gasPerLiquidation
        guard let learned = learnedGas(of: .liquidation, in: market) else { return configured }
        return max(configured, min(GasUnits(learned.count + learned.count / 4), GasUnits(16_777_216)))
    }

    /// `nil` where the parameters say it.
    var winModel: WinModel? { winning.map { .table($0.table) } }

    /// A bid that was beaten, or that nobody included where only the best is, was lost at its tip.
    mutating func learn(_ ending: IntentOutcome.Ending, of intent: OpenIntent) {
        guard settings.winTableWeight != nil else { return }
        switch ending {
        case .settled: winning?.learn(WinTable.Outcome(tip: intent.tipShare, hasWon: true))
        case .outbid: winning?.learn(WinTable.Outcome(tip: intent.tipShare, hasWon: false))
        case .expired where settings.parameters.contestants.rule == .sealedBid:
            winning?.learn(WinTable.Outcome(tip: intent.tipShare, hasWon: false))
        case .expired, .reverted, .rejected: break
        }
    }
}

extension IntentOutcome.Ending {
    var gasAction: GasAction { self == .settled ? .liquidation : .revert }
}
