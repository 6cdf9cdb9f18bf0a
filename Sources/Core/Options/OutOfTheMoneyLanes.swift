import Numerics

/// Eight scenarios side by side.
typealias Lanes = SIMD8<Double>

/// `OutOfTheMoney.value` for eight at once: the same operations in the same order, so each lane has the same bits as the
/// scalar code. The tests hold it to that; who changes one changes both.
enum OutOfTheMoneyLanes {
    @inline(__always)
    static func value(lesser: Lanes, moneyness: Lanes, spread: Lanes) -> Lanes {
        let s = spread.replacing(with: OutOfTheMoney.spreadMin, where: spread .< OutOfTheMoney.spreadMin)
        let edge = OutOfTheMoney.edge
        let magnitude = unsafeBitCast(moneyness, to: SIMD8<UInt64>.self) & 0x7FFF_FFFF_FFFF_FFFF
        let h = unsafeBitCast(magnitude, to: Lanes.self) / s
        let raw = 0.5 * s - h
        let floored = raw.replacing(with: -edge, where: raw .< -edge)
        let far = 0.5 * s + h
        return lesser
            * Normal.survival(
                lanes: floored.replacing(with: edge, where: floored .> edge),
                far.replacing(with: edge, where: far .> edge))
    }
}
