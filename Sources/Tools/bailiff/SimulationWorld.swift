import Configuration
import Desk
import Domain
import Fees
import Foundation
import Liquidity
import Margin
import Mechanisms
import Strategy
import Units

/// A case made into what the core works with. Every figure is checked here, and named by its key when it is wrong.
struct SimulationWorld {
    let rules: any MarginRules
    let market: MarketDefinition
    let gas: GasUpdate
    let purse: Purse
    let moment: Moment
    let parameters: StrategyParameters
    let dataFee: Wei
    let names: [String]
    private(set) var reserves = ReserveTable()
    private(set) var depth = DepthTable.empty
    private(set) var factors: [FactorIndex] = []
    private(set) var amounts: [TokenAmount] = []
    let traits: AccountTraits
    private let file: String

    init(_ given: SimulationCase, file: String, base: StrategyParameters) throws {
        self.file = file
        guard let position = VenueRules.names.firstIndex(of: given.rules) else {
            throw CaseProblem.failure(
                file, ["rules"], "\"\(given.rules)\"", VenueRules.names.joined(separator: ", "))
        }
        rules = VenueRules.all[position]
        names = given.reserves.map(\.name)
        guard (1...256).contains(names.count), Set(names).count == names.count else {
            throw CaseProblem.failure(
                file, ["reserves"], "\(names.count) reserves", "1 to 256 with different names")
        }
        market = try Self.market(given.market, RulesIndex(UInt8(position)), names, file)
        gas = GasUpdate(
            market: MarketIndex(0), baseFee: try Self.nextFee(given.gas, file), priorityFeeMedian: .zero,
            priorityFeeHigh: .zero)
        dataFee = try Self.amount(given.gas.data_fee_wei ?? "0", ["gas", "data_fee_wei"], file)
        purse = Purse(
            cash: .proceeds(try Self.amount(given.purse.cash, ["purse", "cash"], file)),
            gasMoney: try Self.amount(given.purse.gas_money_wei, ["purse", "gas_money_wei"], file))
        moment = Moment(nanoseconds: (given.time ?? 0).multipliedReportingOverflow(by: 1_000_000_000).partialValue)
        traits = AccountTraits(category: given.account.category ?? 0)
        let lines = (given.strategy ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.toml)" }
        parameters = try StrategyParameters.decode(lines.joined(separator: "\n"), file: "\(file): strategy", on: base)
        reserves.define(MarketIndex(0), cash: market.cash)
        for (index, row) in given.reserves.enumerated() { try define(row, index) }
        for (index, row) in given.reserves.enumerated() { try trade(row, index) }
        let clock = moment
        reserves.update(MarketIndex(0)) { $0.clock = clock }
        for (index, leg) in given.account.legs.enumerated() { try hold(leg, ["account", "legs", "[\(index)]"]) }
    }

    private static func market(
        _ given: SimulationCase.Market, _ rules: RulesIndex, _ names: [String], _ file: String
    ) throws -> MarketDefinition {
        MarketDefinition(
            market: MarketIndex(0), rules: rules,
            closeFactor: try share(given.close_factor_bps, ["market", "close_factor_bps"], file),
            cash: try reserve(given.cash, in: names, ["market", "cash"], file),
            native: try reserve(given.native, in: names, ["market", "native"], file),
            flashLoanFee: try share(given.flash_loan_fee_bps, ["market", "flash_loan_fee_bps"], file))
    }

    /// Of the next block; by EIP-1559's rule where the last block's use is given.
    private static func nextFee(_ given: SimulationCase.Gas, _ file: String) throws -> GasPrice {
        let fee = GasPrice(weiPerGas: given.base_fee_wei)
        guard let used = given.used, let limit = given.limit else { return fee }
        guard limit >= 2, used <= limit else {
            throw CaseProblem.failure(file, ["gas", "used"], "\(used)", "at most limit, which is 2 or more")
        }
        return BaseFeeRule.ethereum.next(after: fee, used: GasUnits(used), limit: GasUnits(limit))
    }

    private static func reserve(
        _ name: String, in names: [String], _ path: [String], _ file: String
    ) throws -> ReserveIndex {
        guard let position = names.firstIndex(of: name) else {
            throw CaseProblem.failure(file, path, "\"\(name)\"", names.joined(separator: ", "))
        }
        return ReserveIndex(position)
    }

    private static func share(_ value: UInt32, _ path: [String], _ file: String) throws -> BasisPoints {
        guard value <= 10_000 else { throw CaseProblem.failure(file, path, "\(value)", "0 to 10000") }
        return BasisPoints(value)
    }

    private mutating func hold(_ leg: SimulationCase.LegCase, _ path: [String]) throws {
        guard let side = Side.allCases.first(where: { "\($0)" == leg.side }) else {
            throw CaseProblem.failure(
                file, path + ["side"], "\"\(leg.side)\"", "collateral, debt, accrual, entry")
        }
        factors.append(FactorIndex(try Self.reserve(leg.reserve, in: names, path + ["reserve"], file), side))
        amounts.append(try Self.amount(leg.amount, path + ["amount"], file))
    }

    private mutating func define(_ row: SimulationCase.ReserveCase, _ index: Int) throws {
        let (path, reserve) = (["reserves", "[\(index)]"], ReserveIndex(index))
        guard row.decimals <= Reserve.decimalsMax else {
            throw CaseProblem.failure(file, path + ["decimals"], "\(row.decimals)", "0 to \(Reserve.decimalsMax)")
        }
        guard row.bonus_bps <= 20_000, row.threshold_bps <= 10_000, row.protocol_fee_bps ?? 0 <= 10_000 else {
            throw CaseProblem.failure(
                file, path + ["bonus_bps"], "a share too large", "threshold and fee to 10000, bonus to 20000")
        }
        reserves.define(
            ReserveDefinition(
                reserve: reserve, market: MarketIndex(0), decimals: row.decimals,
                liquidationThreshold: .basisPoints(row.threshold_bps), liquidationBonus: .basisPoints(row.bonus_bps),
                protocolFee: .basisPoints(row.protocol_fee_bps ?? 0), scalePartsPerMillion: 2_500))
        let price = try Self.amount(row.price, path + ["price"], file)
        guard price > 0 else { throw CaseProblem.failure(file, path + ["price"], "0", "above 0") }
        reserves.set(reserve, price: Price(baseUnits: price))
        let one = "\(Ray.one.value)"
        let supply = try Self.amount(row.supply_index ?? one, path + ["supply_index"], file)
        let borrow = try Self.amount(row.borrow_index ?? one, path + ["borrow_index"], file)
        reserves.set(reserve, supply: Ray(supply), borrow: Ray(borrow))
        for (name, value) in row.parameters ?? [:] {
            guard let parameter = MarginParameter.allCases.first(where: { "\($0)" == name }), let number = Int128(value)
            else {
                throw CaseProblem.failure(
                    file, path + ["parameters", name], "\"\(value)\"", "a parameter of the venue, and an integer")
            }
            reserves.set(reserve, parameter, to: number)
        }
    }

    private mutating func trade(_ row: SimulationCase.ReserveCase, _ index: Int) throws {
        let path = ["reserves", "[\(index)]", "depth"]
        guard let given = row.depth, ReserveIndex(index) != market.cash else { return }
        guard given.count <= SplitSale.venuesMax else {
            throw CaseProblem.failure(file, path, "\(given.count) venues", "at most \(SplitSale.venuesMax)")
        }
        let venues = try given.enumerated().compactMap { try venue($1, ReserveIndex(index), path + ["[\($0)]"]) }
        guard !venues.isEmpty else { return }
        depth.set(ReserveIndex(index), to: .split(SplitSale(ContiguousArray(venues))))
    }

    /// `nil` for an inventory that the strategy does not keep.
    private func venue(_ given: SimulationCase.Venue, _ reserve: ReserveIndex, _ path: [String]) throws -> Depth? {
        if let pool = given.pool { return try constantProduct(pool, path + ["pool"]) }
        if let range = given.concentrated { return try concentrated(range, path + ["concentrated"]) }
        if let book = given.book { return try self.book(book, reserve, path + ["book"]) }
        if let stock = given.inventory { return try inventory(stock, reserve, path + ["inventory"]) }
        throw CaseProblem.failure(file, path, "no venue", "pool, concentrated, book or inventory")
    }

    private func constantProduct(_ pool: SimulationCase.PoolCase, _ path: [String]) throws -> Depth {
        let (asset, cash) = (
            try Self.amount(pool.asset, path + ["asset"], file), try Self.amount(pool.cash, path + ["cash"], file)
        )
        guard asset > 0, cash > 0, pool.fee_bps < 10_000 else {
            throw CaseProblem.failure(file, path, "nothing to trade", "asset and cash above 0, fee_bps below 10000")
        }
        return .pool(Pool(assetReserve: asset, cashReserve: cash, fee: .basisPoints(pool.fee_bps)))
    }

    private func concentrated(_ range: SimulationCase.RangeCase, _ path: [String]) throws -> Depth {
        let ticks = range.ticks.map(\.tick)
        guard let price = UInt256(decimal: range.root_price), price >= TickMath.leastRoot, price < TickMath.mostRoot,
            range.fee_pips < Pips.whole, range.spacing > 0, ticks.allSatisfy({ $0 % range.spacing == 0 }),
            ticks.allSatisfy({ (TickMath.least...TickMath.most).contains($0) }),
            (TickMath.least...TickMath.most).contains(range.tick), zip(ticks, ticks.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw CaseProblem.failure(
                file, path, "a pool that cannot be",
                "root_price in range, fee_pips below 1000000, ticks ascending by spacing")
        }
        let boundaries = try range.ticks.enumerated().map { position, boundary in
            guard let net = Int128(boundary.net) else {
                throw CaseProblem.failure(
                    file, path + ["ticks", "[\(position)]", "net"], "\"\(boundary.net)\"", "an integer in quotes")
            }
            return ConcentratedPool.Boundary(tick: boundary.tick, liquidityNet: net)
        }
        return .concentrated(
            ConcentratedDepth(
                pool: ConcentratedPool(
                    price: price, tick: range.tick,
                    liquidity: try Self.amount(range.liquidity, path + ["liquidity"], file), fee: Pips(range.fee_pips),
                    spacing: range.spacing, boundaries: ContiguousArray(boundaries)),
                assetIsToken0: range.asset_is_token0))
    }

    private func book(_ book: SimulationCase.BookCase, _ reserve: ReserveIndex, _ path: [String]) throws -> Depth {
        let side = { (levels: [SimulationCase.Level], key: String) throws in
            ContiguousArray(
                try levels.enumerated().map { position, level in
                    OrderBook.Level(
                        price: try Self.amount(level.price, path + [key, "[\(position)]", "price"], file),
                        size: try Self.amount(level.size, path + [key, "[\(position)]", "size"], file))
                })
        }
        guard book.fee_pips < Pips.whole, let unit = reserves.unit(of: reserve),
            let found = OrderBook(
                bids: try side(book.bids, "bids"), asks: try side(book.asks, "asks"), assetUnit: unit,
                fee: Pips(book.fee_pips))
        else {
            throw CaseProblem.failure(
                file, path, "levels out of order or empty", "bids descending, asks ascending, all above 0")
        }
        return .book(found)
    }

    private func inventory(_ stock: SimulationCase.StockCase, _ reserve: ReserveIndex, _ path: [String]) throws
        -> Depth?
    {
        let (room, held) = (
            try Self.amount(stock.room, path + ["room"], file), try Self.amount(stock.stock, path + ["stock"], file)
        )
        guard parameters.keepsInventory, let asset = reserves.row(reserve), let cash = reserves.row(market.cash),
            let assetPrice = asset.price, let cashPrice = cash.price
        else { return nil }
        return .inventory(
            Inventory(
                assetPrice: assetPrice, assetUnit: asset.unit, cashPrice: cashPrice, cashUnit: cash.unit,
                haircut: parameters.inventoryHaircut, room: room, stock: held))
    }

    private static func amount(_ text: String, _ path: [String], _ file: String) throws -> UInt128 {
        guard let amount = UInt128(text), amount <= .max >> 4 else {
            throw CaseProblem.failure(file, path, "\"\(text)\"", "decimal digits in quotes, below 2^124")
        }
        return amount
    }
}
