package import Units

/// Every reserve known, by index. The rules read it; only inputs change it.
package struct ReserveTable: Sendable {
    private var rows: ContiguousArray<Reserve?> = []

    package init() {}

    package var count: Int { rows.count }

    package func row(_ index: ReserveIndex) -> Reserve? {
        index.position < rows.count ? rows[index.position] : nil
    }

    package func price(of index: ReserveIndex) -> Price? { row(index)?.price }

    /// Defines a reserve or replaces its parameters; price, indices and pool survive a new definition.
    package mutating func define(_ definition: ReserveDefinition) {
        while rows.count <= definition.reserve.position { rows.append(nil) }
        var reserve = Reserve(definition)
        if let known = rows[definition.reserve.position], known.decimals == definition.decimals {
            reserve.price = known.price
            reserve.supplyIndex = known.supplyIndex
            reserve.borrowIndex = known.borrowIndex
            reserve.pool = known.pool
        }
        rows[definition.reserve.position] = reserve
    }

    /// Sets the oracle's price. The reserve must be known.
    package mutating func set(_ index: ReserveIndex, price: Price) {
        precondition(rows[index.position] != nil, "Condition: the reserve is known")
        rows[index.position]?.price = price
    }

    /// Sets both accrual indices. The reserve must be known.
    package mutating func set(_ index: ReserveIndex, supply: Ray, borrow: Ray) {
        precondition(rows[index.position] != nil, "Condition: the reserve is known")
        rows[index.position]?.supplyIndex = supply
        rows[index.position]?.borrowIndex = borrow
    }

    /// Sets the depth to sell into. The reserve must be known.
    package mutating func set(_ index: ReserveIndex, pool: Pool) {
        precondition(rows[index.position] != nil, "Condition: the reserve is known")
        rows[index.position]?.pool = pool
    }
}
