package import Units

/// Every reserve known, by index. The rules read it; only inputs change it.
package struct ReserveTable: Sendable {
    /// Rows in place, not optionals: a price is written once a tick, and an optional row would be copied out and in.
    private var rows: ContiguousArray<Reserve> = []
    private var isKnown: ContiguousArray<Bool> = []

    package init() {}

    package var count: Int { rows.count }

    package func row(_ index: ReserveIndex) -> Reserve? {
        knows(index) ? rows[index.position] : nil
    }

    package func price(of index: ReserveIndex) -> Price? { knows(index) ? rows[index.position].price : nil }

    private func knows(_ index: ReserveIndex) -> Bool { index.position < rows.count && isKnown[index.position] }

    /// Defines a reserve or replaces its parameters; price, indices and pool survive a new definition.
    package mutating func define(_ definition: ReserveDefinition) {
        let position = definition.reserve.position
        while rows.count <= position {
            rows.append(Reserve(definition))
            isKnown.append(false)
        }
        var reserve = Reserve(definition)
        if isKnown[position], rows[position].decimals == definition.decimals {
            reserve.price = rows[position].price
            reserve.supplyIndex = rows[position].supplyIndex
            reserve.borrowIndex = rows[position].borrowIndex
            reserve.pool = rows[position].pool
        }
        rows[position] = reserve
        isKnown[position] = true
    }

    /// Sets the oracle's price. The reserve must be known.
    package mutating func set(_ index: ReserveIndex, price: Price) {
        precondition(knows(index), "Condition: the reserve is known")
        rows[index.position].price = price
    }

    /// Sets both accrual indices. The reserve must be known.
    package mutating func set(_ index: ReserveIndex, supply: Ray, borrow: Ray) {
        precondition(knows(index), "Condition: the reserve is known")
        rows[index.position].supplyIndex = supply
        rows[index.position].borrowIndex = borrow
    }

    /// Sets the depth to sell into. The reserve must be known.
    package mutating func set(_ index: ReserveIndex, pool: Pool) {
        precondition(knows(index), "Condition: the reserve is known")
        rows[index.position].pool = pool
    }
}
