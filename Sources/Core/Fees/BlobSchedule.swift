public import Units

/// How blobs are priced under a fork (EIP-4844, EIP-7691, EIP-7918 and the parameter-only forks after it).
public struct BlobSchedule: Equatable, Sendable {
    public var target: UInt64
    public var most: UInt64
    public var fraction: UInt64
    /// Whether execution's base fee holds the blob fee up (EIP-7918).
    public var hasReserve: Bool

    public static let cancun = BlobSchedule(target: 3, most: 6, fraction: 3_338_477, hasReserve: false)
    public static let prague = BlobSchedule(target: 6, most: 9, fraction: 5_007_716, hasReserve: false)
    public static let firstBPO = BlobSchedule(target: 10, most: 15, fraction: 8_346_193, hasReserve: true)
    public static let secondBPO = BlobSchedule(target: 14, most: 21, fraction: 11_684_671, hasReserve: true)

    public static let gasPerBlob: UInt64 = 131_072
    private static let reserveGas: UInt128 = 8_192

    /// The price of blob gas at an excess; `nil` past 128 bits.
    public func fee(excess: GasUnits) -> Wei? {
        Self.exponential(factor: 1, numerator: UInt256(excess.count), denominator: UInt256(fraction))?.asUInt128
    }

    /// The next block's excess.
    public func excess(after excess: GasUnits, used: GasUnits, baseFee: GasPrice) -> GasUnits {
        let sum = excess.count + used.count
        let goal = target * Self.gasPerBlob
        guard sum >= goal else { return GasUnits(0) }
        if hasReserve, let fee = fee(excess: excess),
            Self.reserveGas * UInt128(baseFee.weiPerGas) > (UInt128(Self.gasPerBlob)).multipliedClamping(by: fee)
        {
            return GasUnits(excess.count + used.count * (most - target) / most)
        }
        return GasUnits(sum - goal)
    }

    /// factor · e^(numerator / denominator), as a Taylor series in integers (`fake_exponential`); `nil` past 256 bits.
    static func exponential(factor: UInt256, numerator: UInt256, denominator: UInt256) -> UInt256? {
        var (sum, round) = (UInt256.zero, UInt256(1 as UInt128))
        guard var term = factor.multiplied(by: denominator) else { return nil }
        while !term.isZero {
            guard let more = sum.adding(term), let product = term.multiplied(by: numerator),
                let divisor = denominator.multiplied(by: round)
            else { return nil }
            sum = more
            term = product.dividedRoundingDown(by: divisor)
            round += 1
        }
        return sum.dividedRoundingDown(by: denominator)
    }
}

extension UInt128 {
    fileprivate func multipliedClamping(by other: UInt128) -> UInt128 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
