public import Units

/// What a pending transaction's replacement must offer: both its fee cap and its priority fee at least so (geth's pool).
public enum ReplacementFee {
    /// At least a tenth more, and more by one at least.
    public static func least(over old: GasPrice) -> GasPrice { bumped(old, by: 10) }

    /// A transaction with blobs must double everything.
    public static func leastWithBlobs(over old: GasPrice) -> GasPrice { bumped(old, by: 100) }

    private static func bumped(_ old: GasPrice, by percent: UInt128) -> GasPrice {
        let price = UInt128(old.weiPerGas)
        return GasPrice(weiPerGas: UInt64(clamping: max(price + 1, price * (100 + percent) / 100)))
    }
}
