public import Units

extension GasPrice {
    /// What the builder gets for each gas of a transaction; `nil` when its cap is below the base fee, so that no block can have it
    /// (EIP-1559).
    public static func tip(priorityFee: GasPrice, feeCap: GasPrice, over baseFee: GasPrice) -> GasPrice? {
        guard feeCap >= baseFee else { return nil }
        return min(priorityFee, GasPrice(weiPerGas: feeCap.weiPerGas - baseFee.weiPerGas))
    }
}
