public import Domain
public import Units

/// How each asset of a market is turned into cash and bought with it: one venue, several, or not at all.
///
/// Built when configuration and feed say so; asked on every simulation. An asset without a row is not in the table. Both ways may
/// differ: what is kept when it is seized is still bought at a venue.
public struct DepthTable: Equatable, Sendable {
    private var sales: ContiguousArray<Row?> = []
    private var purchases: ContiguousArray<Row?> = []

    private struct Row: Equatable {
        var depth: AssetDepth
        var curve: DepthCurve
    }

    public init() {}

    public static let empty = DepthTable()

    /// Whether every asset trades in its own pool.
    public private(set) var isEmpty = true

    public func contains(_ side: TradeSide, of reserve: ReserveIndex) -> Bool {
        guard reserve.position < sales.count else { return false }
        // In place: a row is not copied to be asked for.
        return side == .sale ? sales[reserve.position] != nil : purchases[reserve.position] != nil
    }

    /// Whether what is seized of it stays with us: then nothing of it pays back a loan.
    public func isKept(_ reserve: ReserveIndex) -> Bool {
        guard reserve.position < sales.count, case .one(.inventory)? = sales[reserve.position]?.depth else {
            return false
        }
        return true
    }

    public mutating func set(_ reserve: ReserveIndex, to depth: AssetDepth?) {
        set(reserve, sale: depth, purchase: depth)
    }

    public mutating func set(_ reserve: ReserveIndex, sale: AssetDepth?, purchase: AssetDepth?) {
        while sales.count <= reserve.position {
            sales.append(nil)
            purchases.append(nil)
        }
        sales[reserve.position] = sale.map { Row(depth: $0, curve: $0.curve(.sale)) }
        purchases[reserve.position] = purchase.map { Row(depth: $0, curve: $0.curve(.purchase)) }
        isEmpty = !sales.contains { $0 != nil } && !purchases.contains { $0 != nil }
    }

    /// All venues of an asset as one curve, for choosing; `nil` when it has no row.
    public func curve(_ side: TradeSide, of reserve: ReserveIndex) -> DepthCurve? {
        guard reserve.position < sales.count else { return nil }
        return side == .sale ? sales[reserve.position]?.curve : purchases[reserve.position]?.curve
    }

    /// Cash for selling so much, rounded down; `nil` when there is no row or it cannot take it.
    public func proceeds(ofSelling amount: TokenAmount, _ reserve: ReserveIndex) -> TokenAmount? {
        guard reserve.position < sales.count else { return nil }
        return switch sales[reserve.position]?.depth {
        case .one(let depth): depth.proceeds(ofSelling: amount)
        case .split(let split): split.proceeds(ofSelling: amount)
        case nil: nil
        }
    }

    /// Cash for buying so much, rounded up; `nil` when there is no row or it does not hold it.
    public func cost(ofBuying amount: TokenAmount, _ reserve: ReserveIndex) -> TokenAmount? {
        guard reserve.position < purchases.count else { return nil }
        return switch purchases[reserve.position]?.depth {
        case .one(let depth): depth.cost(ofBuying: amount)
        case .split(let split): split.cost(ofBuying: amount)
        case nil: nil
        }
    }
}

/// Where one asset is sold, or that it is kept (`Depth.inventory`).
public enum AssetDepth: Equatable, Sendable {
    case one(Depth)
    case split(SplitSale)

    /// The venues of an asset, one to eight.
    public init(_ venues: [Depth]) {
        self = venues.count == 1 ? .one(venues[0]) : .split(SplitSale(ContiguousArray(venues)))
    }

    func curve(_ side: TradeSide) -> DepthCurve {
        switch self {
        case .one(let depth): DepthCurve(of: [depth], side)
        case .split(let split): side == .sale ? split.sale.whole : split.purchase.whole
        }
    }
}
