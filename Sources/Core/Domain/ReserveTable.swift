public import Units

/// Every instrument known, by index, and what is known of the markets: all that rules read. Only inputs change it.
public struct ReserveTable: Sendable {
    /// Rows in place, not optionals: a price is written once a tick, and an optional row would be copied out and in.
    @usableFromInline var rows: ContiguousArray<Reserve> = []
    @usableFromInline var isKnown: ContiguousArray<Bool> = []
    @usableFromInline var roughs: ContiguousArray<RoughReserve> = []
    @usableFromInline var roughPools: ContiguousArray<RoughPool?> = []
    private var termRows: ContiguousArray<Terms?> = []
    private var states: ContiguousArray<InstrumentState> = []
    /// By `MarginParameter.rawValue`; empty for an instrument that has none.
    private var parameters: ContiguousArray<ContiguousArray<Int128?>> = []
    private var tierRows: ContiguousArray<ContiguousArray<MarginTier>> = []
    private var markets: ContiguousArray<MarketConditions?> = []

    public init() {}

    public var count: Int { rows.count }

    public func row(_ index: ReserveIndex) -> Reserve? {
        knows(index) ? rows[index.position] : nil
    }

    /// Single columns: a whole row is two hundred bytes to copy.
    @inlinable public func price(of index: ReserveIndex) -> Price? { knows(index) ? rows[index.position].price : nil }
    @inlinable public func pool(of index: ReserveIndex) -> Pool? { knows(index) ? rows[index.position].pool : nil }
    @inlinable public func roughPool(of index: ReserveIndex) -> RoughPool? {
        knows(index) ? roughPools[index.position] : nil
    }
    @inlinable public func unit(of index: ReserveIndex) -> UInt128? { knows(index) ? rows[index.position].unit : nil }
    @inlinable public func market(of index: ReserveIndex) -> MarketIndex? {
        knows(index) ? rows[index.position].market : nil
    }
    public func scale(of index: ReserveIndex) -> UInt32? {
        knows(index) ? rows[index.position].scalePartsPerMillion : nil
    }

    /// Columns of a known reserve.
    @inlinable public func supplyIndex(of index: ReserveIndex) -> Ray { rows[known(index)].supplyIndex }
    @inlinable public func borrowIndex(of index: ReserveIndex) -> Ray { rows[known(index)].borrowIndex }
    @inlinable public func protocolFee(of index: ReserveIndex) -> BasisPoints { rows[known(index)].protocolFee }
    @inlinable public func liquidationBonus(of index: ReserveIndex) -> BasisPoints {
        rows[known(index)].liquidationBonus
    }
    @inlinable public func liquidationThreshold(of index: ReserveIndex) -> BasisPoints {
        rows[known(index)].liquidationThreshold
    }

    /// All that filters need, in doubles. The reserve must be known.
    @inlinable public func rough(_ index: ReserveIndex) -> RoughReserve { roughs[known(index)] }

    @inlinable
    func known(_ index: ReserveIndex) -> Int {
        precondition(knows(index), "Condition: the reserve is known")
        return index.position
    }

    @inlinable
    public func knows(_ index: ReserveIndex) -> Bool { index.position < rows.count && isKnown[index.position] }

    /// Defines a reserve or replaces its parameters; price, indices and pool survive a new definition.
    public mutating func define(_ definition: ReserveDefinition) {
        let position = definition.reserve.position
        while rows.count <= position {
            rows.append(Reserve(definition))
            roughs.append(RoughReserve(rows[rows.count - 1]))
            roughPools.append(nil)
            isKnown.append(false)
            termRows.append(nil)
            states.append(InstrumentState())
            parameters.append([])
            tierRows.append([])
        }
        var reserve = Reserve(definition)
        if isKnown[position], rows[position].decimals == definition.decimals {
            reserve.price = rows[position].price
            reserve.supplyIndex = rows[position].supplyIndex
            reserve.borrowIndex = rows[position].borrowIndex
            reserve.pool = rows[position].pool
        }
        rows[position] = reserve
        roughs[position] = RoughReserve(reserve)
        roughPools[position] = reserve.pool.map { RoughPool($0) }
        isKnown[position] = true
    }

    /// Sets the oracle's price. The reserve must be known.
    public mutating func set(_ index: ReserveIndex, price: Price) {
        precondition(knows(index), "Condition: the reserve is known")
        rows[index.position].price = price
        roughs[index.position].price = price.baseUnits.approximate / roughs[index.position].unit
    }

    /// Sets both accrual indices. The reserve must be known.
    public mutating func set(_ index: ReserveIndex, supply: Ray, borrow: Ray) {
        precondition(knows(index), "Condition: the reserve is known")
        rows[index.position].supplyIndex = supply
        rows[index.position].borrowIndex = borrow
        roughs[index.position] = RoughReserve(rows[index.position])
    }

    /// Sets the depth to sell into. The reserve must be known.
    public mutating func set(_ index: ReserveIndex, pool: Pool) {
        precondition(knows(index), "Condition: the reserve is known")
        rows[index.position].pool = pool
        roughPools[index.position] = RoughPool(pool)
    }

    public func terms(of index: ReserveIndex) -> Terms? { knows(index) ? termRows[index.position] : nil }

    public func state(of index: ReserveIndex) -> InstrumentState? { knows(index) ? states[index.position] : nil }

    public func smile(of index: ReserveIndex) -> Smile? { knows(index) ? states[index.position].smile : nil }

    /// A number that the rules need; `nil` when it was never sent.
    public func parameter(_ parameter: MarginParameter, of index: ReserveIndex) -> Int128? {
        guard knows(index), !parameters[index.position].isEmpty else { return nil }
        return parameters[index.position][Int(parameter.rawValue)]
    }

    /// Brackets by notional, ascending; empty when the maintenance margin is flat.
    public func tiers(of index: ReserveIndex) -> ContiguousArray<MarginTier> {
        knows(index) ? tierRows[index.position] : []
    }

    public func conditions(of market: MarketIndex) -> MarketConditions? {
        market.position < markets.count ? markets[market.position] : nil
    }

    /// Says what an instrument is, beside a listed asset. The instrument must be known.
    public mutating func set(_ index: ReserveIndex, terms: Terms) {
        precondition(knows(index), "Condition: the instrument is known")
        termRows[index.position] = terms
    }

    public mutating func set(_ index: ReserveIndex, _ parameter: MarginParameter, to value: Int128) {
        precondition(knows(index), "Condition: the instrument is known")
        if parameters[index.position].isEmpty {
            parameters[index.position] = ContiguousArray(repeating: nil, count: MarginParameter.allCases.count)
        }
        parameters[index.position][Int(parameter.rawValue)] = value
    }

    /// Replaces the bracket at a position and drops those after it: brackets come in ascending order, from the first.
    /// Returns whether it is next in order.
    public mutating func set(_ index: ReserveIndex, tier: MarginTier, at position: Int) -> Bool {
        precondition(knows(index), "Condition: the instrument is known")
        guard position <= tierRows[index.position].count, position < MarginTier.countMax else { return false }
        tierRows[index.position].removeLast(tierRows[index.position].count - position)
        if let last = tierRows[index.position].last, last.floor >= tier.floor { return false }
        tierRows[index.position].append(tier)
        return true
    }

    /// Changes what is streamed of an instrument. The instrument must be known.
    public mutating func update(_ index: ReserveIndex, _ change: (inout InstrumentState) -> Void) {
        precondition(knows(index), "Condition: the instrument is known")
        change(&states[index.position])
    }

    /// Makes a market known, or changes its cash asset; its clock and its efficiency modes stay.
    public mutating func define(_ market: MarketIndex, cash: ReserveIndex) {
        while markets.count <= market.position { markets.append(nil) }
        var conditions = markets[market.position] ?? MarketConditions(cash: cash)
        conditions.cash = cash
        markets[market.position] = conditions
    }

    /// Changes what is known of a market, which must be known.
    public mutating func update(_ market: MarketIndex, _ change: (inout MarketConditions) -> Void) {
        guard var conditions = conditions(of: market) else { preconditionFailure("Condition: the market is known") }
        change(&conditions)
        markets[market.position] = conditions
    }
}
