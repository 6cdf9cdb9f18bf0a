import Aave
import Domain
import Liquidity
import Margin
import Strategy
import Units

/// An Aave market of four collaterals and three debts beside the cash asset, each with a constant-product pool, a concentrated
/// pool over some ticks and an order book; and accounts of all twelve pairs just below the edge. From a seed.
struct SimulationWorld {
    let rules = AaveRules(.v3_6)
    let market = MarketDefinition(
        market: MarketIndex(0), rules: RulesIndex(4), closeFactor: .basisPoints(5_000), cash: ReserveIndex(0),
        native: ReserveIndex(1), flashLoanFee: .basisPoints(5))
    let gas = GasUpdate(
        market: MarketIndex(0), baseFee: GasPrice(weiPerGas: 20_000_000_000),
        priorityFeeMedian: GasPrice(weiPerGas: 1), priorityFeeHigh: GasPrice(weiPerGas: 2))
    private(set) var reserves = ReserveTable()
    private(set) var depth = DepthTable.empty
    private(set) var accounts: [Account] = []
    private var generator: SeededGenerator

    struct Account {
        var factors: [FactorIndex]
        var amounts: [TokenAmount]
        var health: AccountHealth
    }

    /// Dollars of one whole asset, all of 18 decimals but the cash.
    private static let prices = [1.0, 2_000, 60_000, 15, 2_300, 1, 1, 40]
    private static let collaterals = 1...4
    private static let debts = 5...7

    init(accounts count: Int, seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        for (index, price) in Self.prices.enumerated() { define(ReserveIndex(index), price) }
        while accounts.count < count { if let account = account() { accounts.append(account) } }
    }

    private mutating func define(_ reserve: ReserveIndex, _ price: Double) {
        reserves.define(
            ReserveDefinition(
                reserve: reserve, market: market.market, decimals: reserve == market.cash ? 6 : 18,
                liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(10_500),
                protocolFee: .basisPoints(1_000), scalePartsPerMillion: 2_500))
        reserves.set(reserve, price: Price(baseUnits: UInt128(UInt64(price * 1e8))))
        guard reserve != market.cash else { return }
        // From half a million to twenty million dollars on each side.
        let dollars = 500_000 * (1 + 39 * generator.fraction())
        depth.set(reserve, to: .split(SplitSale([pool(price, dollars), range(price, dollars), book(price, dollars)])))
    }

    private func pool(_ price: Double, _ dollars: Double) -> Depth {
        .pool(
            Pool(
                assetReserve: TokenAmount(rounding: dollars / price * 1e18),
                cashReserve: TokenAmount(rounding: dollars * 1e6), fee: .basisPoints(30)))
    }

    /// Liquidity at the price and, nested, in four wider ranges.
    private func range(_ price: Double, _ dollars: Double) -> Depth {
        let raw = price * 1e-12
        let spacing: Tick = 10
        var tick: Tick = 0
        while TickMath.root(at: tick).approximate / 0x1p96 > raw.squareRoot() { tick -= spacing }
        var net: [Tick: Int128] = [:]
        let liquidity = Int128(dollars * 1e6 / raw.squareRoot() * 2)
        for width in [10, 25, 60, 150, 400] as [Tick] {
            net[tick - width * spacing, default: 0] += liquidity
            net[tick + width * spacing, default: 0] -= liquidity
        }
        return .concentrated(
            ConcentratedDepth(
                pool: ConcentratedPool(
                    price: TickMath.root(at: tick), tick: tick, liquidity: UInt128(liquidity) * 5, fee: Pips(500),
                    spacing: spacing,
                    boundaries: ContiguousArray(
                        net.sorted { $0.key < $1.key }.map {
                            ConcentratedPool.Boundary(tick: $0.key, liquidityNet: $0.value)
                        })),
                assetIsToken0: true))
    }

    /// Thirty levels to each side, five basis points apart.
    private func book(_ price: Double, _ dollars: Double) -> Depth {
        let level = { (step: Int) in
            OrderBook.Level(
                price: UInt128(UInt64(price * 1e6 * (1 + 0.0005 * Double(step)))),
                size: TokenAmount(rounding: dollars / 40 / price * 1e18))
        }
        guard
            let book = OrderBook(
                bids: ContiguousArray((1...30).map { level(-$0) }), asks: ContiguousArray((1...30).map(level)),
                assetUnit: 1_000_000_000_000_000_000, fee: Pips(400))
        else { preconditionFailure("Invariant: levels were made in order") }
        return .book(book)
    }

    /// From a few thousand to some millions of dollars, health from 0.93 to 1.
    private mutating func account() -> Account? {
        let size = 2_000 * Double(1 << generator.below(11))
        let (factors, weights) = legs()
        let debtShare = 0.8 / (0.93 + 0.07 * generator.fraction())
        let total = { (side: Side) in
            zip(factors, weights).filter { $0.0.side == side }.reduce(0) { $0 + $1.1 }
        }
        let (collateral, debt) = (total(.collateral), total(.debt))
        let amounts = zip(factors, weights).map { factor, weight in
            let share = factor.side == .debt ? weight / debt * debtShare : weight / collateral
            return TokenAmount(rounding: size * share / Self.prices[factor.reserve.position] * 1e18)
        }
        guard
            let health = rules.health(
                factors: factors.span, amounts: amounts.span, traits: .none, in: reserves), health.isLiquidatable
        else { return nil }
        return Account(factors: factors, amounts: amounts, health: health)
    }

    private mutating func legs() -> ([FactorIndex], [Double]) {
        let factors =
            Self.collaterals.map { FactorIndex(ReserveIndex($0), .collateral) }
            + Self.debts.map { FactorIndex(ReserveIndex($0), .debt) }
        return (factors, factors.map { _ in 0.1 + generator.fraction() })
    }
}
