public import Domain
import Units

/// A venue's statement of depth, held against itself before anything is made of it.
///
/// | what must hold | key |
/// |---|---|
/// | ticks ascend, are multiples of the spacing, and liquidity is never below zero and ends at zero on both sides | `ticks` |
/// | the liquidity in range is what the ticks at or below the price's add up to | `liquidity` |
/// | the price lies within its tick, or at its upper end (where a swap came down to it) | `root_price` |
/// | bids descend, asks ascend and lie above them, and all of it fits | `bids`, `asks` |
public enum StatedDepth {
    /// The key of what cannot be; `nil` when nothing is wrong.
    public static func fault(_ form: DepthUpdate.Form, _ rows: ContiguousArray<DepthRow>) -> StaticString? {
        switch form {
        case .none, .pool: return nil
        case .concentrated(let pool): return fault(pool, rows)
        case .book:
            guard let bids = BookSide(levels(rows, .sale), descends: true) else { return "bids" }
            guard let asks = BookSide(levels(rows, .purchase), descends: false) else { return "asks" }
            if let bid = bids.best, let ask = asks.best, bid >= ask { return "asks" }
            return nil
        }
    }

    private static func fault(_ pool: ConcentratedForm, _ rows: ContiguousArray<DepthRow>) -> StaticString? {
        var (sum, inRange, last): (Int128, Int128, Tick?) = (0, 0, nil)
        for row in rows {
            guard case .tick(let tick, let net) = row, tick % pool.spacing == 0, last.map({ $0 < tick }) ?? true else {
                return "ticks"
            }
            let (next, overflow) = sum.addingReportingOverflow(net)
            guard !overflow, next >= 0 else { return "ticks" }
            (sum, last) = (next, tick)
            if tick <= pool.tick { inRange = next }
        }
        guard sum == 0 else { return "ticks" }
        guard UInt128(inRange) == pool.liquidity else { return "liquidity" }
        let upper = pool.tick == TickMath.most ? TickMath.mostRoot : TickMath.root(at: pool.tick + 1)
        guard pool.rootPrice >= TickMath.root(at: pool.tick), pool.rootPrice <= upper,
            pool.rootPrice >= TickMath.leastRoot, pool.rootPrice < TickMath.mostRoot
        else { return "root_price" }
        return nil
    }

    static func levels(_ rows: ContiguousArray<DepthRow>, _ side: TradeSide) -> ContiguousArray<OrderBook.Level> {
        var levels: ContiguousArray<OrderBook.Level> = []
        for row in rows {
            switch row {
            case .bid(let price, let size) where side == .sale: levels.append(OrderBook.Level(price: price, size: size))
            case .ask(let price, let size) where side == .purchase:
                levels.append(OrderBook.Level(price: price, size: size))
            default: break
            }
        }
        return levels
    }
}

extension Depth {
    /// What a venue has stated; `nil` when there is nothing, or it cannot be.
    ///
    /// - Parameter assetUnit: the smallest units of one whole asset.
    public init?(_ form: DepthUpdate.Form, _ rows: ContiguousArray<DepthRow>, assetUnit: UInt128) {
        guard StatedDepth.fault(form, rows) == nil else { return nil }
        switch form {
        case .none: return nil
        case .pool(let asset, let against, let fee):
            guard asset > 0, against > 0, fee < .whole else { return nil }
            self = .pool(Pool(assetReserve: asset, cashReserve: against, fee: fee))
        case .concentrated(let pool):
            let boundaries = rows.compactMap { row in
                if case .tick(let tick, let net) = row {
                    ConcentratedPool.Boundary(tick: tick, liquidityNet: net)
                } else {
                    nil
                }
            }
            self = .concentrated(
                ConcentratedDepth(
                    pool: ConcentratedPool(
                        price: pool.rootPrice, tick: pool.tick, liquidity: pool.liquidity, fee: Pips(pool.feePips),
                        spacing: pool.spacing, boundaries: ContiguousArray(boundaries)),
                    assetIsToken0: pool.assetIsToken0))
        case .book(let pips):
            let book = OrderBook(
                bids: StatedDepth.levels(rows, .sale), asks: StatedDepth.levels(rows, .purchase), assetUnit: assetUnit,
                fee: Pips(pips))
            guard let book else { return nil }
            self = .book(book)
        }
    }
}
