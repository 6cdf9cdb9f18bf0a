import Liquity
import Mechanisms
import Units

/// A trove goes to the pool's depositors as far as their cash reaches, the rest to the other troves of its collateral, by what they
/// hold. Whoever calls gets the gas compensation in kind, and what the owner left for it when he opened: 0.0375 ether, which is on
/// nobody's books until then.
extension StressWorld {
    mutating func runPool() {
        for position in liquidatable() where room > 0 {
            // Another trove's redistribution may have come since.
            guard judge.isLiquidatable(accounts[position]),
                let asset = StressAsset.allCases.first(where: { accounts[position].held[$0.rawValue] > 0 }),
                let amounts = offset(position, asset)
            else { continue }
            liquidate(position, asset, amounts)
        }
    }

    /// `ETH_GAS_COMPENSATION`.
    private static let deposit: TokenAmount = 37_500_000_000_000_000

    private func offset(_ position: Int, _ asset: StressAsset) -> LiquityAmounts? {
        let account = accounts[position]
        let price = judge.price(asset) * (UInt128(Wad.one.value) / StressAsset.one)
        let trove = LiquityTrove(
            collateral: account.held[asset.rawValue] * Self.scale(asset), debt: account.debt * Self.coin,
            price: Price(baseUnits: price), pool: books.cash(.depositors) * Self.coin)
        let penalty = UInt256(Wad.one.value).multiplied(
            by: UInt256(risk["redistribution_penalty_bps"]), dividedRoundingDownBy: 10_000)
        return penalty.flatMap { trove.version2(redistributionPenalty: $0) }
    }

    private mutating func liquidate(_ position: Int, _ asset: StressAsset, _ amounts: LiquityAmounts) {
        func units(_ amount: UInt256) -> TokenAmount {
            amount.dividedRoundingDown(by: UInt256(Self.scale(asset))).low
        }
        func cash(_ amount: UInt256) -> TokenAmount { amount.dividedRoundingDown(by: UInt256(Self.coin)).low }
        let reward = units(amounts.gasCompensation)
        let paid = market.proceeds(Self.deposit, of: .ether) + market.proceeds(reward, of: asset)
        guard paid > gasCost, books.cash(.bot) >= gasCost else { return }
        let takers = others(than: position, asset)
        guard amounts.debtRedistributed.isZero || !takers.isEmpty else { return }
        spendAction()
        books.give(reward, of: asset, from: .accounts, to: .bot)
        sell(reward, of: asset, by: .bot)
        books.give(Self.deposit, of: .ether, from: .outside, to: .bot)
        sell(Self.deposit, of: .ether, by: .bot)
        let (debt, collateral) = (cash(amounts.debtToPool), units(amounts.collateralToPool))
        books.pay(debt, from: .depositors, to: .vault)
        books.give(collateral, of: asset, from: .accounts, to: .depositors)
        lose(debt, for: collateral, asset)
        let (moved, given) = (cash(amounts.debtRedistributed), units(amounts.collateralRedistributed))
        lose(moved, for: given, asset)
        // What rounding leaves is the owner's.
        accounts[position].held[asset.rawValue] -= reward + collateral + given
        let all = accounts[position].debt
        accounts[position].debt -= debt + moved
        // What is redistributed is neither repaid nor sold.
        count(debt: all - moved, collateral: reward + collateral, of: asset)
        redistribute(moved, given, asset, among: takers)
    }

    private mutating func lose(_ debt: TokenAmount, for collateral: TokenAmount, _ asset: StressAsset) {
        let worth = asset.value(collateral, at: judge.price(asset))
        if debt > worth { result.others += debt - worth }
    }

    private func others(than position: Int, _ asset: StressAsset) -> [Int] {
        accounts.indices.filter { $0 != position && accounts[$0].debt > 0 && accounts[$0].held[asset.rawValue] > 0 }
    }

    /// Each what is due so far rounded down, less what was given before.
    private mutating func redistribute(
        _ debt: TokenAmount, _ collateral: TokenAmount, _ asset: StressAsset, among takers: [Int]
    ) {
        guard debt > 0 || collateral > 0 else { return }
        let weights = takers.map { UInt256(accounts[$0].held[asset.rawValue]) }
        let debts = LossWaterfall(loss: UInt256(debt), fund: .zero, winners: .zero)
        _ = debts.split(by: weights) { accounts[takers[$0]].debt += $1.low }
        let gifts = LossWaterfall(loss: UInt256(collateral), fund: .zero, winners: .zero)
        _ = gifts.split(by: weights) { accounts[takers[$0]].held[asset.rawValue] += $1.low }
    }
}
