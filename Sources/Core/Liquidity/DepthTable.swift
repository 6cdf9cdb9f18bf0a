package import Domain
package import Units

/// How each asset of a market is turned into cash and bought with it: one venue, several, or not at all.
///
/// Built when configuration and feed say so; asked on every simulation. An asset without a row is not in the table.
package struct DepthTable: Equatable, Sendable {
    private var rows: ContiguousArray<Row?> = []

    private struct Row: Equatable {
        var depth: AssetDepth
        var sale: DepthCurve
        var purchase: DepthCurve
    }

    package init() {}

    package static let empty = DepthTable()

    package func contains(_ reserve: ReserveIndex) -> Bool {
        reserve.position < rows.count && rows[reserve.position] != nil
    }

    package mutating func set(_ reserve: ReserveIndex, to depth: AssetDepth?) {
        while rows.count <= reserve.position { rows.append(nil) }
        rows[reserve.position] = depth.map { Row(depth: $0, sale: $0.curve(.sale), purchase: $0.curve(.purchase)) }
    }

    /// All venues of an asset as one curve, for choosing; `nil` when it has no row.
    package func curve(_ side: TradeSide, of reserve: ReserveIndex) -> DepthCurve? {
        guard reserve.position < rows.count else { return nil }
        return side == .sale ? rows[reserve.position]?.sale : rows[reserve.position]?.purchase
    }

    /// Cash for selling so much, rounded down; `nil` when there is no row or it cannot take it.
    package func proceeds(ofSelling amount: TokenAmount, _ reserve: ReserveIndex) -> TokenAmount? {
        guard reserve.position < rows.count else { return nil }
        return switch rows[reserve.position]?.depth {
        case .one(let depth): depth.proceeds(ofSelling: amount)
        case .split(let split): split.proceeds(ofSelling: amount)
        case nil: nil
        }
    }

    /// Cash for buying so much, rounded up; `nil` when there is no row or it does not hold it.
    package func cost(ofBuying amount: TokenAmount, _ reserve: ReserveIndex) -> TokenAmount? {
        guard reserve.position < rows.count else { return nil }
        return switch rows[reserve.position]?.depth {
        case .one(let depth): depth.cost(ofBuying: amount)
        case .split(let split): split.cost(ofBuying: amount)
        case nil: nil
        }
    }
}

/// Where one asset is sold, or that it is kept (`Depth.inventory`).
package enum AssetDepth: Equatable, Sendable {
    case one(Depth)
    case split(SplitSale)

    func curve(_ side: TradeSide) -> DepthCurve {
        switch self {
        case .one(let depth): DepthCurve(of: [depth], side)
        case .split(let split): side == .sale ? split.sale.whole : split.purchase.whole
        }
    }
}
