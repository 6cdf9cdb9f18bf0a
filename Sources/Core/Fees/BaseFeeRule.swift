public import Units

/// How the base fee follows the gas used (EIP-1559; Optimism's Holocene and Jovian for its own numbers and least fee).
///
/// Example: Ethereum, a full block: the fee grows by an eighth.
public struct BaseFeeRule: Equatable, Sendable {
    /// The target is the limit over this.
    public var elasticity: UInt64
    /// The fee changes by at most one in so many.
    public var denominator: UInt64
    /// The fee never falls below.
    public var least: GasPrice

    public init(elasticity: UInt64, denominator: UInt64, least: GasPrice = .zero) {
        precondition(elasticity > 0 && denominator > 0, "Condition: a rule divides by both")
        self.elasticity = elasticity
        self.denominator = denominator
        self.least = least
    }

    public static let ethereum = BaseFeeRule(elasticity: 2, denominator: 8)
    /// Optimism since Canyon, where the chain says nothing else.
    public static let canyon = BaseFeeRule(elasticity: 6, denominator: 250)

    /// The fee after a block that used so much. Two floors in a row, and at least one up when above the target.
    public func next(after fee: GasPrice, used: GasUnits, limit: GasUnits) -> GasPrice {
        let target = limit.count / elasticity
        precondition(target > 0, "Condition: a block has a target")
        let distance = UInt128(used.count > target ? used.count - target : target - used.count)
        let change = UInt128(fee.weiPerGas) * distance / UInt128(target) / UInt128(denominator)
        let moved =
            used.count > target
            ? UInt128(fee.weiPerGas) + max(1, change)
            : UInt128(fee.weiPerGas) - (used.count == target ? 0 : min(change, UInt128(fee.weiPerGas)))
        return max(GasPrice(weiPerGas: UInt64(clamping: moved)), least)
    }

    /// The highest that the fee can be after so many blocks: all of them full.
    public func worst(after fee: GasPrice, blocks: Int, limit: GasUnits) -> GasPrice {
        precondition((0...Self.blocksMax).contains(blocks), "Condition: not too far ahead")
        var fee = fee
        for _ in 0..<blocks { fee = next(after: fee, used: limit, limit: limit) }
        return fee
    }

    public static let blocksMax = 1_024
}
