import Aave
import Domain
import Margin
import Mechanisms
import Strategy
import Testing
import Units

/// A ceiling that was worked out once against what bids bring after prices, indices and pools have moved as far as it says.
@Suite struct MarginCeilingTests {
    @Test(arguments: AaveVersion.allCases)
    func `no bid brings more than the ceiling while the market stays near, and the ceiling is near`(
        version: AaveVersion
    ) {
        var generator = SeededGenerator(seed: 31)
        var (compared, near) = (0, 0)
        for round in 0..<300 {
            let market = CeilingMarket(version, &generator)
            let (factors, amounts) = market.account(&generator)
            let (price, pool) = [(0.1, 0.02), (0.02, 0.004), (0.004, 0.001)][round % 3]
            guard let ceiling = market.ceiling(factors, amounts, price: price, pool: pool) else { continue }
            for step in 0..<4 {
                let moved = step == 0 ? market : market.moved(&generator, price: price, pool: pool)
                guard let margin = moved.margin(factors, amounts) else { continue }
                compared += 1
                #expect(margin <= ceiling, "\(version), round \(round), step \(step): \(margin) \(ceiling) \(factors)")
                if step == 0, margin * 20 > ceiling { near += 1 }
            }
        }
        #expect(compared > 100 && near > 10, "\(version): \(near) of \(compared)")
    }
}

/// One asset against another with pools whose prices are near the oracle's.
private struct CeilingMarket {
    private let rules: AaveRules
    private var reserves = ReserveTable()
    private static let cash = ReserveIndex(0)

    init(_ version: AaveVersion, _ generator: inout SeededGenerator) {
        rules = AaveRules(version)
        for index in 0..<3 {
            let reserve = ReserveIndex(index)
            let decimals: UInt8 = index == 0 ? 6 : 18
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: decimals,
                    liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(10_500),
                    protocolFee: .basisPoints(1_000), scalePartsPerMillion: 1_000))
            let dollars = index == 0 ? 1 : 100 + UInt128(generator.below(3_000))
            reserves.set(reserve, price: Price(baseUnits: dollars * 1_00000000))
            reserves.set(reserve, supply: Ray(Ray.one.value * 21 / 20), borrow: Ray(Ray.one.value * 11 / 10))
            guard index > 0 else { continue }
            let tokens = 1_000 + UInt128(generator.below(100_000))
            let cash = tokens * dollars * UInt128(995_000 + generator.below(10_000))
            reserves.set(
                reserve,
                pool: Pool(assetReserve: tokens * Self.ether, cashReserve: cash, fee: .basisPoints(30)))
        }
    }

    private static let ether: UInt128 = 1_000_000_000_000_000_000

    /// At a health of about 0.98 down to 0.7.
    func account(_ generator: inout SeededGenerator) -> ([FactorIndex], [TokenAmount]) {
        let collateral = ReserveIndex(1 + Int(generator.below(2)))
        let debt = ReserveIndex(Int(generator.below(3)))
        let tokens = 1 + UInt128(generator.below(50))
        let value = tokens * (reserves.price(of: collateral)?.baseUnits ?? 0) * 8 / 10
        let owed = value * UInt128(1_020 + generator.below(300)) / 1_000
        let unit = reserves.unit(of: debt) ?? 1
        let price = reserves.price(of: debt)?.baseUnits ?? 1
        return (
            [FactorIndex(collateral, .collateral), FactorIndex(debt, .debt)],
            [tokens * Self.ether, owed * unit / price]
        )
    }

    /// Everything moved by up to its share, up or down.
    func moved(_ generator: inout SeededGenerator, price: Double, pool: Double) -> CeilingMarket {
        var other = self
        var ratios: [Double] = []
        for index in 0..<3 {
            let ratio = generator.ratio(price)
            ratios.append(ratio)
            let reserve = ReserveIndex(index)
            other.reserves.set(
                reserve, price: reserves.price(of: reserve).map { $0.times(ratio) } ?? Price(baseUnits: 1))
            other.reserves.set(
                reserve, supply: reserves.supplyIndex(of: reserve).times(generator.ratio(price)),
                borrow: reserves.borrowIndex(of: reserve).times(generator.ratio(price)))
        }
        for index in 1..<3 {
            let reserve = ReserveIndex(index)
            guard var depth = reserves.row(reserve)?.pool else { continue }
            let grown = 0.5 + Double(generator.below(1_000)) / 1_000
            let worth = grown * ratios[index] / ratios[0] * generator.ratio(pool * 0.999)
            depth.assetReserve = TokenAmount(depth.assetReserve.approximate * grown)
            depth.cashReserve = TokenAmount(depth.cashReserve.approximate * worth)
            other.reserves.set(reserve, pool: depth)
        }
        return other
    }

    private var simulation: BidSimulation {
        var parameters = StrategyParameters()
        parameters.minimumProfitMicros = -1_000_000_000_000
        return BidSimulation(
            rules: rules,
            market: MarketDefinition(
                market: MarketIndex(0), rules: RulesIndex(1), closeFactor: .basisPoints(5_000), cash: Self.cash,
                native: ReserveIndex(1), flashLoanFee: .zero),
            reserves: reserves,
            gas: GasUpdate(
                market: MarketIndex(0), baseFee: GasPrice(weiPerGas: 1), priorityFeeMedian: .zero,
                priorityFeeHigh: .zero),
            parameters: parameters)
    }

    private func health(_ factors: [FactorIndex], _ amounts: [TokenAmount]) -> AccountHealth? {
        rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }

    func ceiling(_ factors: [FactorIndex], _ amounts: [TokenAmount], price: Double, pool: Double) -> Double? {
        guard health(factors, amounts)?.isLiquidatable == true else { return nil }
        var highest = -Double.infinity
        let isBounded = simulation.forEachCeiling(
            factors: factors.span, amounts: amounts.span, traits: .none
        ) { highest = max(highest, $0.margin(within: MarginDrift(price: price, pool: pool))) }
        return isBounded ? highest : nil
    }

    /// What the best bid brings before gas; `nil` where there is none.
    func margin(_ factors: [FactorIndex], _ amounts: [TokenAmount]) -> Double? {
        guard let health = health(factors, amounts), health.isLiquidatable,
            case .success(let bid) = simulation.best(
                factors: factors.span, amounts: amounts.span, health: health, traits: .none,
                Purse(cash: Cash(units: 1 << 100), gasMoney: 1 << 90))
        else { return nil }
        return Double(bid.swaps.margin.units.magnitude) * (bid.swaps.margin < .zero ? -1 : 1)
    }
}

extension SeededGenerator {
    fileprivate mutating func ratio(_ drift: Double) -> Double {
        let share = drift * 0.999_999 * Double(below(1_001)) / 1_000
        return below(2) == 0 ? 1 + share : 1 / (1 + share)
    }
}

extension Price {
    fileprivate func times(_ ratio: Double) -> Price {
        Price(baseUnits: baseUnits * UInt128(ratio * 1_000_000_000) / 1_000_000_000)
    }
}

extension Ray {
    fileprivate func times(_ ratio: Double) -> Ray { Ray(value / 1_000_000_000 * UInt128(ratio * 1_000_000_000)) }
}
