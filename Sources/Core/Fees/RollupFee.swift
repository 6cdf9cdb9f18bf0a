public import Units

/// What an Optimism-like rollup charges for a transaction's bytes on its first layer. Paid also when the call reverts, and
/// not bounded by the transaction's gas prices. The bytes are those of the signed transaction.
public struct RollupFee: Equatable, Sendable {
    public var baseFee: Wei
    public var blobBaseFee: Wei
    public var baseFeeScalar: UInt32
    public var blobBaseFeeScalar: UInt32

    public init(baseFee: Wei, blobBaseFee: Wei, baseFeeScalar: UInt32, blobBaseFeeScalar: UInt32) {
        self.baseFee = baseFee
        self.blobBaseFee = blobBaseFee
        self.baseFeeScalar = baseFeeScalar
        self.blobBaseFeeScalar = blobBaseFeeScalar
    }

    /// Ecotone: (4·zero + 16·other) · weighted price / 16·10⁶. `nil` past 128 bits.
    public func ecotone(zeroBytes: UInt64, otherBytes: UInt64) -> Wei? {
        let gas = UInt256(4 * UInt128(zeroBytes) + 16 * UInt128(otherBytes))
        return weighted?.multiplied(by: gas, dividedRoundingDownBy: 16_000_000)?.asUInt128
    }

    /// Fjord: an estimate of the compressed size in place of the gas, from the length that FastLZ makes.
    public func fjord(fastLZLength: UInt64) -> Wei? {
        weighted?.multiplied(by: UInt256(Self.fjordSize(fastLZLength)), dividedRoundingDownBy: 1_000_000_000_000)?
            .asUInt128
    }

    /// In millionths of a byte; a hundred bytes at least.
    private static func fjordSize(_ length: UInt64) -> UInt128 {
        let line = 836_500 * UInt128(length)
        return line > 42_585_600 ? max(100_000_000, line - 42_585_600) : 100_000_000
    }

    private var weighted: UInt256? {
        let data = UInt256(16 * UInt128(baseFeeScalar)).multiplied(by: UInt256(baseFee))
        let blobs = UInt256(UInt128(blobBaseFeeScalar)).multiplied(by: UInt256(blobBaseFee))
        guard let data, let blobs else { return nil }
        return data.adding(blobs)
    }

    /// Bedrock: (gas of the bytes + overhead) · price · scalar / 10⁶; before Regolith with 68 bytes more.
    public static func bedrock(
        zeroBytes: UInt64, otherBytes: UInt64, overhead: UInt64, scalar: UInt64, baseFee: Wei, isRegolith: Bool = true
    ) -> Wei? {
        let bytes = 4 * UInt128(zeroBytes) + 16 * UInt128(otherBytes) + (isRegolith ? 0 : 68 * 16)
        return UInt256(bytes + UInt128(overhead)).multiplied(by: UInt256(baseFee))?
            .multiplied(by: UInt256(scalar), dividedRoundingDownBy: 1_000_000)?.asUInt128
    }

    /// The operator's fee since Isthmus: gas · scalar / 10⁶ + constant.
    public static func isthmusOperator(gas: GasUnits, scalar: UInt32, constant: UInt64) -> Wei {
        Wei(gas.count) * Wei(scalar) / 1_000_000 + Wei(constant)
    }

    /// The same since Jovian: gas · scalar · 100 + constant.
    public static func jovianOperator(gas: GasUnits, scalar: UInt32, constant: UInt64) -> Wei {
        Wei(gas.count) * Wei(scalar) * 100 + Wei(constant)
    }
}
