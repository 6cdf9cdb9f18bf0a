package import Domain
package import Units

/// What is offered for inclusion: a priority fee that shares the profit, and a cap that leaves room for the base fee.
package struct FeeChoice: Equatable, Sendable {
    package var priorityFee: GasPrice
    package var feeCap: GasPrice
    /// The whole tip for the assumed gas.
    package var tipWei: Wei
    /// Base fee and tip for the assumed gas.
    package var totalWei: Wei
    /// The same in cash, rounded up.
    package var cost: TokenAmount

    /// `nil` when a price that values gas is missing.
    package init?(
        margin: Cash, _ market: MarketDefinition, _ gas: GasUpdate, _ parameters: StrategyParameters,
        advised: GasPrice? = nil, in reserves: borrowing ReserveTable
    ) {
        let cashMarket = CashMarket(cash: market.cash)
        let units = parameters.gasPerLiquidation
        guard let baseCost = cashMarket.cost(of: gas.baseFee * units, native: market.native, in: reserves) else {
            return nil
        }
        let beforeTip = TokenAmount(clamping: (margin + .cost(baseCost)).units)
        let offered = parameters.tipShare.share(of: beforeTip)
        guard let offeredWei = cashMarket.wei(worth: offered, native: market.native, in: reserves) else { return nil }
        let perGas = UInt64(clamping: offeredWei / Wei(units.count))
        // An advised fee is bounded like our own: a model may offer less, never more than is allowed.
        priorityFee = min(advised ?? GasPrice(weiPerGas: perGas), parameters.tipMax)
        let room = parameters.baseFeeHeadroom.share(of: Wei(gas.baseFee.weiPerGas))
        feeCap = GasPrice(weiPerGas: UInt64(clamping: room + Wei(priorityFee.weiPerGas)))
        tipWei = priorityFee * units
        totalWei = (gas.baseFee + priorityFee) * units
        guard let cost = cashMarket.cost(of: totalWei, native: market.native, in: reserves) else { return nil }
        self.cost = cost
    }
}
