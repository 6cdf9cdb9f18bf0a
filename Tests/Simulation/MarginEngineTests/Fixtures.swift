import Aave
import Domain
import Margin
import MarginEngine
import Mechanisms
import Submission
import Testing
import Units

let usdc = ReserveIndex(0)
let weth = ReserveIndex(1)
let wbtc = ReserveIndex(2)
let oneETH: UInt128 = 1_000_000_000_000_000_000

/// Three reserves with deep pools: USDC is cash, WETH pays for gas, prices have 8 decimals.
func episode(blockSeconds: Int64 = 12) -> Episode {
    func reserve(_ index: ReserveIndex, _ name: String, _ decimals: UInt8, fee: UInt32) -> EpisodeReserve {
        EpisodeReserve(
            name: name,
            definition: ReserveDefinition(
                reserve: index, market: MarketIndex(0), decimals: decimals,
                liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(10_500),
                protocolFee: .basisPoints(fee), scalePartsPerMillion: 2_500))
    }
    return Episode(
        title: "synthetic", isSynthetic: true, marketName: "practice", rulesName: "aave-3.0",
        closeFactor: .basisPoints(5_000), flashLoanFee: .basisPoints(9), cash: usdc, native: weth,
        reserves: [
            reserve(usdc, "USDC", 6, fee: 0), reserve(weth, "WETH", 18, fee: 1_000), reserve(wbtc, "WBTC", 8, fee: 500),
        ],
        start: Moment(nanoseconds: 1_600_000_000_000_000_000), end: Moment(nanoseconds: 1_600_000_120_000_000_000),
        blockInterval: .seconds(blockSeconds), firstBlock: BlockNumber(100), events: [])
}

func price(_ reserve: ReserveIndex, _ dollars: UInt64) -> EpisodeEvent {
    .price(reserve, Price(baseUnits: UInt128(dollars) * 100_000_000))
}

func account(_ name: String, _ legs: [Leg]) -> EpisodeEvent {
    .account(EpisodeAccount(name: name, fate: .open, legs: legs))
}

/// A world in which one account holds 10 WETH against 15 000 USDC, safe at 2 000 and not at 1 800.
struct WorldFixture: ~Copyable {
    var world: World
    private var sent: UInt128 = 0

    init(settings: WorldSettings = WorldSettings(), cash: TokenAmount = 1_000_000_000_000) {
        let purse = 10 * oneETH
        world = World(
            episode: episode(), rules: AaveRules(.v3_0),
            liquidators: [
                Liquidator(name: "ann", cash: cash, gasMoney: purse),
                Liquidator(name: "bob", cash: cash, gasMoney: purse),
            ], settings: settings)
        world.apply(price(usdc, 1))
        world.apply(price(weth, 2_000))
        world.apply(price(wbtc, 30_000))
        world.apply(
            .pool(weth, Pool(assetReserve: 50_000 * oneETH, cashReserve: 100_000_000_000_000, fee: .basisPoints(30))))
        world.apply(
            .pool(wbtc, Pool(assetReserve: 300_000_000_000, cashReserve: 90_000_000_000_000, fee: .basisPoints(30))))
        world.apply(.gas(baseFee: GasPrice(weiPerGas: 20_000_000_000), median: .zero, high: .zero))
        world.apply(account("victim", [Leg(weth, .collateral, 10 * oneETH), Leg(usdc, .debt, 15_000_000_000)]))
    }

    /// The next order of a liquidator on the victim; what differs from the usual is given.
    mutating func order(
        by name: String = "ann", id: UInt128? = nil, repay: TokenAmount = 7_000_000_000, margin: Int128 = 0,
        funding: Funding = .capital, cap: UInt64 = 100_000_000_000, tip: UInt64 = 1_000_000_000, deadline: UInt64 = 110
    ) throws -> Order {
        sent += 1
        let liquidator = world.liquidator(named: name)
        return Order(
            id: IntentID(bits: id ?? sent), liquidator: try #require(liquidator), account: "victim",
            pair: LiquidationPair(collateral: weth, debt: usdc), repay: repay, minimumMargin: Cash(units: margin),
            funding: funding, gasLimit: GasUnits(500_000), feeCap: GasPrice(weiPerGas: cap),
            priorityFee: GasPrice(weiPerGas: tip), deadline: BlockNumber(deadline))
    }

    // Expectations cannot look into what cannot be copied: these take the value out first.

    func figures(of order: Order) throws -> SettlementFigures {
        let figures = world.figures(of: order)
        return try #require(figures)
    }

    func victim() throws -> AccountState {
        let state = world.state(named: "victim")
        return try #require(state)
    }

    func pool(of reserve: ReserveIndex) throws -> Pool {
        let pool = world.reserves.row(reserve)?.pool
        return try #require(pool)
    }
}

extension World {
    /// An order's ending once it has one.
    func ending(of order: Order) -> IntentOutcome.Ending? {
        guard case .ended(let ending, _) = standing(of: order.id, for: order.liquidator) else { return nil }
        return ending
    }

    func figures(of order: Order) -> SettlementFigures? {
        guard case .ended(_, let figures) = standing(of: order.id, for: order.liquidator) else { return nil }
        return figures
    }

    /// Of each asset everything that anybody holds less what accounts owe, modulo 2^128.
    func totals() -> [UInt128] {
        var totals = [UInt128](repeating: 0, count: reserveCount)
        for position in 0..<accountCount {
            for leg in state(of: AccountIndex(position)).legs {
                let sign: UInt128 = leg.factor.side == .collateral ? 1 : .max
                totals[leg.factor.reserve.position] &+= sign &* leg.amount
            }
        }
        for position in 0..<reserveCount {
            let pool = reserves.row(ReserveIndex(position))?.pool
            totals[position] &+= pool?.assetReserve ?? 0
            totals[market.cash.position] &+= pool?.cashReserve ?? 0
            totals[position] &+= ledger.protocolFees[position] &+ ledger.flashLoanFees[position]
            totals[position] &-= ledger.writtenOff[position]
        }
        for liquidator in ledger.liquidators {
            totals[market.cash.position] &+= UInt128(bitPattern: liquidator.cash.units)
        }
        totals[market.cash.position] &+= ledger.insuranceFund &+ ledger.covered
        return totals
    }
}
