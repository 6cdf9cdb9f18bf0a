public import Domain
import Units

/// Where a venue's liquidity changes, by the root of the marginal price: what curves are added up from.
struct CurveEvent {
    enum Change {
        /// From here on the venue trades with this liquidity.
        case liquidity(Double)
        /// So much is traded at just this price.
        case step(Double)
    }

    var root: Double
    var venue: Int
    var change: Change
}

extension DepthCurve {
    /// Several venues, or one, as one curve.
    public init(of venues: ContiguousArray<Depth>, _ side: TradeSide) {
        var events: ContiguousArray<CurveEvent> = []
        for venue in venues.indices {
            venues[venue].curveEvents(side) { events.append(CurveEvent(root: $0, venue: venue, change: $1)) }
        }
        events.sort { side.prefers($0.root, to: $1.root) }
        var sweep = CurveSweep(side)
        for event in events { sweep.take(event) }
        self = sweep.finished()
    }
}

/// Adds venues up from the best price to the worst.
private struct CurveSweep {
    private let side: TradeSide
    private var ranges: ContiguousArray<CurveRange> = []
    /// By venue: each has one liquidity at a time. Summed up anew at every change, so that nothing is left of what ended.
    private var active = InlineArray<8, Double>(repeating: 0)
    private var root = 0.0

    init(_ side: TradeSide) { self.side = side }

    mutating func take(_ event: CurveEvent) {
        run(to: event.root)
        root = event.root
        switch event.change {
        case .liquidity(let liquidity): active[event.venue] = liquidity
        case .step(let size): if size > 0 { append(CurveRange(root: root, liquidity: 0, size: size)) }
        }
    }

    consuming func finished() -> DepthCurve {
        run(to: side == .sale ? 0 : .infinity)
        return DepthCurve(ranges, side)
    }

    private mutating func run(to end: Double) {
        var liquidity = 0.0
        for venue in active.indices { liquidity += active[venue] }
        guard liquidity > 0, end != root else { return }
        var range = CurveRange(root: root, liquidity: liquidity, size: 0)
        range.size = range.reach(end)
        append(range)
    }

    private mutating func append(_ range: CurveRange) {
        var range = range
        if let last = ranges.last {
            range.amount = last.amount + last.size
            range.cash = last.point(at: range.amount, side)?.cash ?? .infinity
        }
        ranges.append(range)
    }
}

extension Depth {
    fileprivate func curveEvents(_ side: TradeSide, _ add: (Double, CurveEvent.Change) -> Void) {
        switch self {
        case .pool(let pool):
            let range = pool.curve(side)
            add(range.root, .liquidity(range.liquidity))
        case .concentrated(let depth): depth.curveEvents(side, add)
        case .book(let book): book.curveEvents(side, add)
        case .inventory(let inventory):
            guard let rate = inventory.approximateRate(side) else { return }
            add(rate.squareRoot(), .step((side == .sale ? inventory.room : inventory.stock).approximate))
        }
    }
}

extension Pool {
    /// One range: M = √(R_asset·R_cash / g), and g on the price when we sell, 1/g when we buy; g = 1 − fee.
    public func curve(_ side: TradeSide) -> CurveRange { RoughPool(self).curve(side) }
}

extension RoughPool {
    public func curve(_ side: TradeSide) -> CurveRange {
        CurveRange(
            root: side == .sale ? saleRoot : purchaseRoot, liquidity: liquidity,
            size: side == .sale ? .infinity : asset)
    }
}

extension OrderBook {
    fileprivate func curveEvents(_ side: TradeSide, _ add: (Double, CurveEvent.Change) -> Void) {
        let share = Double(fee.count) / Double(Pips.whole)
        let factor = (side == .sale ? 1 - share : 1 + share) / assetUnit.approximate
        (side == .sale ? bids : asks).forEachLevel { price, size in
            add((price.approximate * factor).squareRoot(), .step(size.approximate))
        }
    }
}

extension ConcentratedDepth {
    /// The pool's own roots are those of token 1 for token 0; ours of cash for the asset, with the fee.
    fileprivate func curveEvents(_ side: TradeSide, _ add: (Double, CurveEvent.Change) -> Void) {
        let kept = (1 - Double(pool.fee.count) / Double(Pips.whole)).squareRoot()
        let convert = { (price: UInt256) in
            let root = price.approximate / 0x1p96
            return (assetIsToken0 ? root : 1 / root) * (side == .sale ? kept : 1 / kept)
        }
        var liquidity = pool.liquidity
        add(convert(pool.price), .liquidity(liquidity.approximate / kept))
        let isDown = assetIsToken0 == (side == .sale)
        let start = pool.boundariesAtOrBelow(pool.tick)
        let ahead =
            isDown ? stride(from: start - 1, to: -1, by: -1) : stride(from: start, to: pool.boundaries.count, by: 1)
        for position in ahead {
            let boundary = pool.boundaries[position]
            guard let next = liquidity.adding(isDown ? -boundary.liquidityNet : boundary.liquidityNet) else { break }
            liquidity = next
            add(convert(boundary.price), .liquidity(liquidity.approximate / kept))
        }
        add(convert(isDown ? TickMath.leastRoot : TickMath.mostRoot), .liquidity(0))
    }
}
