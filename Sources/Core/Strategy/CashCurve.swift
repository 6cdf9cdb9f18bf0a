import Domain
import Liquidity
import Units

/// What an asset fetches or costs in cash, in doubles: the filter's view of `CashMarket`. Nothing is allocated.
enum CashCurve {
    /// The cash asset itself.
    case even
    /// The reserve's own pool.
    case pool(CurveRange, TradeSide)
    case table(DepthCurve)

    /// Where so much leads; `nil` when depth does not suffice.
    func point(at amount: Double) -> CurvePoint? {
        switch self {
        case .even: CurvePoint(cash: amount, root: 1)
        case .pool(let range, let side): range.point(at: amount, side)
        case .table(let curve): curve.point(at: amount)
        }
    }
}

extension CashMarket {
    /// `nil` where no depth is known.
    func curve(_ side: TradeSide, of reserve: ReserveIndex, in reserves: borrowing ReserveTable) -> CashCurve? {
        if reserve == cash { return .even }
        if let curve = depth.curve(side, of: reserve) { return .table(curve) }
        return reserves.roughPool(of: reserve).map { .pool($0.curve(side), side) }
    }
}
