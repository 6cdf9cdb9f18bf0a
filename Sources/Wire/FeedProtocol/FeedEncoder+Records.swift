public import Domain
public import Units

// One function for each kind of record. Indices in the definitions are not written: names go over the wire.
extension FeedEncoder {
    public mutating func market(
        _ market: String, rules: String, closeFactor: BasisPoints, cash: String, native: String,
        flashLoanFee: BasisPoints
    ) {
        beginRecord(.market)
        field("market", name: market)
        field("rules", name: rules)
        field("close_factor_bps", integer: UInt64(closeFactor.count))
        field("cash", name: cash)
        field("native", name: native)
        field("flash_loan_fee_bps", integer: UInt64(flashLoanFee.count))
        endRecord()
    }

    public mutating func reserve(_ market: String, asset: String, _ definition: ReserveDefinition) {
        beginRecord(.reserve)
        field("market", name: market)
        field("asset", name: asset)
        field("decimals", integer: UInt64(definition.decimals))
        field("liquidation_threshold_bps", integer: UInt64(definition.liquidationThreshold.count))
        field("liquidation_bonus_bps", integer: UInt64(definition.liquidationBonus.count))
        field("protocol_fee_bps", integer: UInt64(definition.protocolFee.count))
        field("scale_ppm", integer: UInt64(definition.scalePartsPerMillion))
        endRecord()
    }

    public mutating func price(_ market: String, asset: String, _ price: Price) {
        beginRecord(.price)
        field("market", name: market)
        field("asset", name: asset)
        field("price", amount: price.baseUnits)
        endRecord()
    }

    public mutating func indices(_ market: String, asset: String, supply: Ray, borrow: Ray) {
        beginRecord(.indices)
        field("market", name: market)
        field("asset", name: asset)
        field("supply_index", amount: supply.value)
        field("borrow_index", amount: borrow.value)
        endRecord()
    }

    public mutating func pool(_ market: String, asset: String, _ pool: Pool) {
        beginRecord(.pool)
        field("market", name: market)
        field("asset", name: asset)
        field("asset_reserve", amount: pool.assetReserve)
        field("cash_reserve", amount: pool.cashReserve)
        field("fee_bps", integer: UInt64(pool.fee.count))
        endRecord()
    }

    /// What a venue trades of an asset against another; a book's bids come before its asks.
    public mutating func depth(
        _ market: String, asset: String, against: String, venue: String, _ form: DepthUpdate.Form,
        _ rows: ContiguousArray<DepthRow> = []
    ) {
        beginRecord(.depth)
        field("market", name: market)
        field("asset", name: asset)
        field("against", name: against)
        field("venue", name: venue)
        switch form {
        case .none: field("model", name: "none")
        case .pool(let asset, let against, let fee):
            field("model", name: "pool")
            field("asset_reserve", amount: asset)
            field("against_reserve", amount: against)
            field("fee_bps", integer: UInt64(fee.count))
        case .concentrated(let pool):
            field("model", name: "concentrated")
            concentrated(pool)
            list("ticks", rows) { row in
                if case .tick(let tick, let net) = row { "{\"tick\":\(tick),\"net\":\"\(net)\"}" } else { nil }
            }
        case .book(let pips):
            field("model", name: "book")
            field("fee_pips", integer: UInt64(pips))
            list("bids", rows) { row in
                if case .bid(let price, let size) = row { Self.level(price, size) } else { nil }
            }
            list("asks", rows) { row in
                if case .ask(let price, let size) = row { Self.level(price, size) } else { nil }
            }
        }
        endRecord()
    }

    private mutating func concentrated(_ pool: ConcentratedForm) {
        write(",\"root_price\":\"\(pool.rootPrice)\",\"tick\":\(pool.tick)")
        field("liquidity", amount: pool.liquidity)
        field("fee_pips", integer: UInt64(pool.feePips))
        write(",\"spacing\":\(pool.spacing),\"asset_token\":\(pool.assetIsToken0 ? 0 : 1)")
    }

    private mutating func list(_ key: String, _ rows: ContiguousArray<DepthRow>, _ text: (DepthRow) -> String?) {
        write(",\"\(key)\":[\(rows.compactMap(text).joined(separator: ","))]")
    }

    private static func level(_ price: UInt128, _ size: TokenAmount) -> String {
        "{\"price\":\"\(price)\",\"size\":\"\(size)\"}"
    }

    public mutating func gas(_ market: String, baseFee: GasPrice, median: GasPrice, high: GasPrice) {
        beginRecord(.gas)
        field("market", name: market)
        field("base_fee", amount: UInt128(baseFee.weiPerGas))
        field("priority_fee_p50", amount: UInt128(median.weiPerGas))
        field("priority_fee_p90", amount: UInt128(high.weiPerGas))
        endRecord()
    }

    public mutating func block(_ market: String, number: BlockNumber, timestamp: Moment) {
        beginRecord(.block)
        field("market", name: market)
        field("number", integer: number.height)
        field("timestamp_ns", integer: UInt64(timestamp.nanoseconds))
        endRecord()
    }

    /// The balances of one asset in an account, by name.
    public struct Position: Equatable, Sendable {
        public var asset: String
        public var collateral: TokenAmount
        public var debt: TokenAmount

        public init(asset: String, collateral: TokenAmount = 0, debt: TokenAmount = 0) {
            self.asset = asset
            self.collateral = collateral
            self.debt = debt
        }
    }

    /// The whole state of an account.
    public mutating func account(_ market: String, _ account: String, version: UInt64, _ positions: [Position]) {
        beginRecord(.account)
        field("market", name: market)
        field("account", name: account)
        field("version", integer: version)
        write(",\"positions\":[")
        for (index, position) in positions.enumerated() {
            write(index > 0 ? ",{\"asset\":\"\(position.asset)\"" : "{\"asset\":\"\(position.asset)\"")
            balances(position)
            write("}")
        }
        write("]")
        endRecord()
    }

    /// One asset's balances of an account; the rest of it stays.
    public mutating func position(_ market: String, _ account: String, version: UInt64, _ position: Position) {
        beginRecord(.position)
        field("market", name: market)
        field("account", name: account)
        field("version", integer: version)
        field("asset", name: position.asset)
        balances(position)
        endRecord()
    }

    private mutating func balances(_ position: Position) {
        if position.collateral > 0 { field("collateral", amount: position.collateral) }
        if position.debt > 0 { field("debt", amount: position.debt) }
    }
}
