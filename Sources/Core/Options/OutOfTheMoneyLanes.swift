import Numerics

/// Four scenarios side by side.
typealias Lanes = FourDoubles

/// `OutOfTheMoney.value` for the scenarios of one option, in three steps over rows of lanes: the same operations in the same
/// order, so each lane has the same bits as the scalar code. The tests hold it to that; who changes one changes both.
///
/// Rows are scratch that is written anew for every option; nothing is allocated after `init`.
struct OutOfTheMoneyLanes {
    private var y: ContiguousArray<Lanes>
    private var z: ContiguousArray<Lanes>
    private var shares: ContiguousArray<Lanes>

    /// - Parameter count: how many lanes a row has.
    init(count: Int) {
        y = ContiguousArray(repeating: Lanes(), count: count)
        z = y
        shares = y
    }

    /// Sets one position of the row. `spread` is not negative.
    @inline(__always)
    mutating func set(_ position: Int, moneyness: Lanes, spread: Lanes) {
        let s = spread.replacing(with: OutOfTheMoney.spreadMin, where: spread .< OutOfTheMoney.spreadMin)
        let edge = OutOfTheMoney.edge
        let magnitude = unsafeBitCast(moneyness, to: SIMD4<UInt64>.self) & 0x7FFF_FFFF_FFFF_FFFF
        let h = unsafeBitCast(magnitude, to: Lanes.self) / s
        let near = 0.5 * s - h
        let floored = near.replacing(with: -edge, where: near .< -edge)
        let far = 0.5 * s + h
        y[position] = floored.replacing(with: edge, where: floored .> edge)
        z[position] = far.replacing(with: edge, where: far .> edge)
    }

    /// Works out every share of the lesser leg.
    mutating func work() { Self.fill(&shares, y, z) }

    private static func fill(
        _ shares: inout ContiguousArray<Lanes>, _ y: ContiguousArray<Lanes>, _ z: ContiguousArray<Lanes>
    ) {
        var row = shares.mutableSpan
        Normal.survival(y.span, z.span, into: &row)
    }

    /// The share at a position, once worked out.
    @inline(__always)
    subscript(position: Int) -> Lanes { shares[position] }
}
