import Domain
public import Units
public import Winning

/// What is offered for inclusion: a priority fee, and a cap that leaves room for the base fee.
///
/// Where nobody else is supposed to be there the tip is a set share of the profit; else the one that is worth most given the
/// chance to win with it (`TipChoice`).
public struct FeeChoice: Equatable, Sendable {
    public var priorityFee: GasPrice
    public var feeCap: GasPrice
    /// The whole tip for the assumed gas.
    public var tipWei: Wei
    /// Base fee, tip and the fee for the bytes, for the assumed gas.
    public var totalWei: Wei
    /// The same in cash, rounded up.
    public var cost: TokenAmount
    /// To be the one that is executed.
    public var chance: Chance
    /// The profit before tip.
    var gain = Cash.zero
    public var netProfit: Cash
    /// Over winning and losing.
    public var expectedValue: Cash

    /// The tip in basis points of the profit before it, from nothing to the whole.
    public var tipShare: Int64 {
        let tip = gain - netProfit
        guard gain > .zero, tip > .zero else { return 0 }
        let share = UInt256(tip.units.magnitude).multiplied(
            by: 10_000, dividedRoundingDownBy: UInt256(gain.units.magnitude))
        return Int64(min(share?.asUInt128 ?? 10_000, 10_000))
    }
}

extension BidSimulation {
    /// `nil` when a price that values gas is missing.
    public func fees(for margin: Cash) -> FeeChoice? {
        guard let gasMarket, let baseCost = gasMarket.cost(at: gas.baseFee) else { return nil }
        var choice = fees(for: margin, gasMarket, baseCost)
        choice?.gain = margin + .cost(baseCost)
        return choice
    }

    private func fees(for margin: Cash, _ gasMarket: GasMarket, _ baseCost: TokenAmount) -> FeeChoice? {
        let stake = TokenAmount(clamping: (margin + .cost(baseCost)).units)
        if let advised = advised?.priorityFee {
            // Bounded like our own: a model may offer less, never more than is allowed.
            return choice(tip: min(advised, parameters.tipMax), margin, gasMarket) { paid, model in
                chance(paid, of: stake, model)
            }
        }
        guard !winModel.isCertain else {
            guard let tip = gasMarket.price(for: parameters.tipShare.share(of: stake)) else { return nil }
            return choice(tip: min(tip, parameters.tipMax), margin, gasMarket) { _, _ in Chance.certain }
        }
        guard let tip = contestedTip(stake, margin + .cost(baseCost), gasMarket) else { return nil }
        return choice(tip: min(tip, parameters.tipMax), margin, gasMarket) { paid, model in
            chance(paid, of: stake, model)
        }
    }

    /// `nil` while a price that values gas is missing.
    var gasMarket: GasMarket? {
        GasRate(market, rules, reserves).map {
            GasMarket($0, parameters.gasPerLiquidation, dataFee: costs.dataFee)
        }
    }

    private func chance(_ paid: TokenAmount, of stake: TokenAmount, _ model: WinModel) -> Chance {
        guard !model.isCertain else { return .certain }
        let share =
            stake == 0
            ? 0 : Int64(clamping: UInt256(paid).multiplied(by: 10_000, dividedRoundingDownBy: UInt256(stake))?.low ?? 0)
        return model.chance(tip: min(share, 10_000), in: contest)
    }

    private func contestedTip(_ stake: TokenAmount, _ gain: Cash, _ gasMarket: GasMarket) -> GasPrice? {
        guard let losing = costOfLosing(gasMarket), let capped = gasMarket.cost(ofTip: parameters.tipMax) else {
            return nil
        }
        let most =
            stake == 0 ? 0 : UInt256(capped).multiplied(by: 10_000, dividedRoundingDownBy: UInt256(stake))?.low ?? 0
        let shareMax = min(parameters.tipShareMax, BasisPoints(UInt32(clamping: most)))
        let choice = TipChoice.best(
            stake: stake, gain: gain, costOfLosing: losing, atRisk: tipAtRisk, shareMax: shareMax, winModel, in: contest
        )
        return gasMarket.price(for: choice.tip)
    }

    /// A bundle that is not chosen costs nothing; a call that comes too late pays for the gas until it reverts.
    private func costOfLosing(_ gasMarket: GasMarket) -> TokenAmount? {
        guard contest.rule != .sealedBid else { return 0 }
        return gasMarket.cost(of: gas.baseFee * parameters.gasPerRevert + costs.dataFee)
    }

    /// Of the tip, what is paid also by a call that reverts.
    private var tipAtRisk: BasisPoints {
        guard contest.rule != .sealedBid else { return .zero }
        let share = parameters.gasPerRevert.count * 10_000 / parameters.gasPerLiquidation.count
        return BasisPoints(UInt32(min(share, 10_000)))
    }

    private func choice(
        tip: GasPrice, _ margin: Cash, _ gasMarket: GasMarket, chance: (TokenAmount, WinModel) -> Chance
    ) -> FeeChoice? {
        guard let cost = gasMarket.cost(at: gas.baseFee + tip), let losing = costOfLosing(gasMarket),
            let paid = winModel.isCertain ? 0 : gasMarket.cost(ofTip: tip)
        else { return nil }
        let room = parameters.baseFeeHeadroom.share(of: Wei(gas.baseFee.weiPerGas))
        let chance = chance(paid, winModel)
        let profit = margin + .cost(cost)
        return FeeChoice(
            priorityFee: tip, feeCap: GasPrice(weiPerGas: UInt64(clamping: room + Wei(tip.weiPerGas))),
            tipWei: tip * parameters.gasPerLiquidation, totalWei: gasMarket.wei(at: gas.baseFee + tip), cost: cost,
            chance: chance, netProfit: profit,
            expectedValue: winModel.isCertain
                ? profit
                : .expected(chance, winning: profit, losing: .cost(losing + tipAtRisk.shareRoundingUp(of: paid))))
    }
}
