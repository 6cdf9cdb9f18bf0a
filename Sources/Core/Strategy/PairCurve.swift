import Liquidity
import Units

/// The margin of a pair by the size of the repayment, in doubles: what is seized is sold, what is owed is bought.
///
/// Seizing is linear up to the limit and both swaps get worse with size, so the margin is concave: it ends at the limit, or
/// where one more unit seized fetches just what one more unit repaid costs.
struct PairCurve {
    let sale: CashCurve
    let purchase: CashCurve
    /// Collateral units for a debt unit.
    let seized: Double
    /// Debt units to hand over for a debt unit repaid: the flash loan's fee is on top.
    let owed: Double
    /// Collateral and debt are one asset: only the difference is traded.
    let isNetted: Bool

    struct Point {
        var margin: Double
        /// What one unit of debt more adds.
        var slope: Double
        /// Cash paid, and both legs together: what rounding is in proportion to.
        var cost: Double
        var turnover: Double
    }

    /// `nil` when depth does not suffice.
    func point(at size: Double) -> Point? {
        guard !isNetted else { return netted(size) }
        guard let gain = sale.point(at: size * seized), let cost = purchase.point(at: size * owed) else { return nil }
        return Point(
            margin: gain.cash - cost.cash, slope: gain.price * seized - cost.price * owed, cost: cost.cash,
            turnover: gain.cash + cost.cash)
    }

    private func netted(_ size: Double) -> Point? {
        let net = size * (seized - owed)
        guard let traded = net >= 0 ? sale.point(at: net) : purchase.point(at: -net) else { return nil }
        let margin = net >= 0 ? traded.cash : -traded.cash
        return Point(
            margin: margin, slope: traded.price * (seized - owed), cost: max(-margin, 0), turnover: traded.cash)
    }

    /// No size can earn more: every unit at the price of the first.
    func bound(upTo limit: Double) -> Double { (point(at: 0)?.slope ?? 0) * limit }

    /// The best size up to the limit, and what it earns.
    func best(upTo limit: Double) -> (size: Double, point: Point)? {
        let end = point(at: limit)
        if let end, end.slope >= 0 { return (limit, end) }
        guard var low = point(at: 0) else { return nil }
        guard low.slope > 0 else { return (0, low) }
        var (lowSize, highSize, highSlope) = (0.0, limit, end?.slope)
        for round in 0..<Self.roundsMax where low.slope * (highSize - lowSize) > Self.enough(low.margin) {
            let size = Self.between(lowSize, low.slope, highSize, highSlope, round)
            guard size > lowSize, size < highSize else { break }
            if let middle = point(at: size), middle.slope > 0 {
                (lowSize, low) = (size, middle)
            } else {
                (highSize, highSlope) = (size, point(at: size)?.slope)
            }
        }
        return (lowSize, low)
    }

    /// By the secant through both slopes; every other round by the middle, so that a step cannot hold it up.
    private static func between(
        _ low: Double, _ lowSlope: Double, _ high: Double, _ highSlope: Double?, _ round: Int
    ) -> Double {
        guard let highSlope, round % 2 == 0 else { return low + (high - low) / 2 }
        let share = min(max(lowSlope / (lowSlope - highSlope), 1.0 / 64), 63.0 / 64)
        return low + (high - low) * share
    }

    /// Nothing above a tangent: what could still be gained is not worth a round.
    private static func enough(_ margin: Double) -> Double { abs(margin) * 0x1p-27 + 0.25 }
    private static let roundsMax = 96
}
