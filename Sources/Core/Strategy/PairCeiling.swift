import Mechanisms

/// How far prices, indices and pools may move before what was bounded with them has to be bounded anew.
public struct MarginDrift: Sendable {
    /// Each price and index, as a share of where it was.
    public var price: Double
    /// Each pool's price over the oracle's.
    public var pool: Double

    public init(price: Double, pool: Double) {
        (self.price, self.pool) = (price, pool)
    }
}

/// What a pair can bring at most around the state of now, by how far that may drift.
///
/// The margin is at most the repayment times what a unit brings beyond what it costs. The repayment is worth no more than either
/// leg, a price and an index each; a unit brings and costs its pools' prices over the oracle's; and all of it is in cash.
public struct PairCeiling: Sendable {
    /// The largest repayment, and what a unit of it brings and costs in cash.
    let repay: Double
    let gain: Double
    let cost: Double
    /// Of one asset only the difference is traded.
    let isNetted: Bool

    /// Cash that no bid brings in any state in which each price and index is off by at most a share, and each pool's price over the
    /// oracle's by at most another.
    public func margin(within drift: MarginDrift) -> Double {
        let unit =
            isNetted ? (gain - cost) * (1 + drift.pool) : gain * (1 + drift.pool) - cost / (1 + drift.pool)
        let grown = (1 + drift.price) * (1 + drift.price) * (1 + drift.price)
        return repay * max(unit, 0) * grown * (1 + PairOutline.slack) + PairOutline.roundings
    }
}
