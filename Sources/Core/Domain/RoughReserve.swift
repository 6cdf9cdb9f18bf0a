import Units

/// A listed asset as filters see it: doubles, worked out when something of it changes instead of whenever it is looked at. Never for an
/// amount.
public struct RoughReserve: BitwiseCopyable, Sendable {
    /// Of the smallest unit, in the oracle's; 0 until the oracle has spoken.
    public var price: Double = 0
    /// The smallest units in one whole token.
    public var unit: Double
    /// In basis points.
    public var liquidationThreshold: Double
    /// Total, and the protocol's of the bonus alone, as shares.
    public var liquidationBonus: Double
    public var protocolFee: Double
    public var supplyIndex: Double
    public var borrowIndex: Double

    init(_ reserve: Reserve) {
        unit = reserve.unit.approximate
        liquidationThreshold = Double(reserve.liquidationThreshold.count)
        liquidationBonus = Double(reserve.liquidationBonus.count) / 10_000
        protocolFee = Double(reserve.protocolFee.count) / 10_000
        supplyIndex = reserve.supplyIndex.value.approximate / Ray.one.value.approximate
        borrowIndex = reserve.borrowIndex.value.approximate / Ray.one.value.approximate
        if let known = reserve.price { price = known.baseUnits.approximate / unit }
    }
}
