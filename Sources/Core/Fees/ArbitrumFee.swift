public import Units

/// Arbitrum's charge for a transaction's bytes, as gas beside what execution uses. It is not given back.
public enum ArbitrumFee {
    /// ⌊price of a byte's unit · 16 · compressed length / price paid for gas⌋; the length is Brotli's, at the chain's level.
    public static func posterGas(compressedLength: UInt64, pricePerUnit: Wei, paid: GasPrice) -> GasUnits {
        precondition(paid > .zero, "Condition: gas has a price")
        let units = UInt256(16 * UInt128(compressedLength))
        let gas = units.multiplied(by: UInt256(pricePerUnit), dividedRoundingDownBy: UInt256(paid.weiPerGas))
        return GasUnits(gas?.asUInt128.map { UInt64(clamping: $0) } ?? .max)
    }
}
