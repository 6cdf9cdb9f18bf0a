public import Units

/// What a transaction costs before it does anything: its bytes and its access list.
public struct IntrinsicGas: Equatable, Sendable {
    public var zeroBytes: UInt64
    public var otherBytes: UInt64
    public var accessAddresses: UInt64 = 0
    public var accessKeys: UInt64 = 0

    public init(zeroBytes: UInt64, otherBytes: UInt64, accessAddresses: UInt64 = 0, accessKeys: UInt64 = 0) {
        self.zeroBytes = zeroBytes
        self.otherBytes = otherBytes
        self.accessAddresses = accessAddresses
        self.accessKeys = accessKeys
    }

    public init(_ data: Span<UInt8>) {
        var zeros: UInt64 = 0
        for i in data.indices where data[i] == 0 { zeros += 1 }
        self.init(zeroBytes: zeros, otherBytes: UInt64(data.count) - zeros)
    }

    private static let base: UInt64 = 21_000
    /// EIP-7825: no transaction may have a higher limit.
    public static let limitMax = GasUnits(16_777_216)

    /// 21 000 + 4·zero + 16·other + 2 400·addresses + 1 900·keys (EIP-2028, EIP-2930).
    public var gas: GasUnits {
        GasUnits(
            Self.base + 4 * zeroBytes + 16 * otherBytes + 2_400 * accessAddresses + 1_900 * accessKeys)
    }

    /// 21 000 + 10 a token, where a byte is one token, or four when it is not zero (EIP-7623): what is paid at least.
    public var floor: GasUnits { GasUnits(Self.base + 10 * (zeroBytes + 4 * otherBytes)) }

    /// What is charged when execution used so much beside; a gas limit must cover it.
    public func charged(execution: GasUnits) -> GasUnits { max(GasUnits(gas.count + execution.count), floor) }
}
