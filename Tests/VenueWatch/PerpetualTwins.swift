import DYdX
import Domain
import Drift
import GMX
import Hyperliquid
import Margin
import Perpetual
import Synthetix
import PlainNumbers
import Units

struct DYdXTwin: PerpetualTwin {
    let rules: any MarginRules = DYdXRules()
    let layout: PerpetualLayout

    init(_ generator: inout SeededGenerator) {
        layout = PerpetualLayout(
            perpetuals: generator.within(1...4), sizeDecimals: 9, price: 2_000_000, sizeBits: 4...42,
            fundingBits: 1...12, positionsMost: 2)
    }

    func setParameters(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        guard i > 0 else { return }
        watch.set(
            i, .initialMargin, millionths: generator.within(0...100) == 0 ? 0 : generator.within(10_000...200_000))
        watch.set(i, .maintenanceScalar, millionths: generator.within(400_000...700_000))
    }

    func entry(size: Int128, price: UInt128) -> Int128 { -size * Int128(price) / 1_000_000_000 }

    func traits(_ positions: Int, _ generator: inout SeededGenerator) -> AccountTraits {
        positions == 1 || generator.below(4) == 0 ? .isolated : .none
    }
}

struct HyperliquidTwin: PerpetualTwin {
    let rules: any MarginRules = HyperliquidRules()
    let layout: PerpetualLayout
    private let isTiered: Bool

    init(_ generator: inout SeededGenerator) {
        isTiered = generator.below(4) > 0
        layout = PerpetualLayout(
            perpetuals: generator.within(1...3), sizeDecimals: 5, price: 1_000_000_000, sizeBits: 10...32,
            fundingBits: 60...82, positionsMost: 2)
    }

    /// Three brackets around where sizes are; now and then deductions that do not fit.
    func setParameters(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        guard i > 0 else { return }
        watch.set(i, .initialMargin, millionths: generator.within(25_000...200_000))
        guard isTiered else { return }
        var rate = UInt128(generator.within(5_000...20_000)) * 1_000_000_000_000
        var (floor, deduction): (UInt128, UInt128) = (0, 0)
        for position in 0..<3 {
            let tier = MarginTier(floor: floor, maintenanceMargin: Wad(rate), deduction: deduction)
            _ = watch.set(ReserveIndex(i), tier: tier, at: position)
            floor = floor * 4 + generator.number(bits: 30...40)
            let higher = rate + UInt128(generator.within(2_000...50_000)) * 1_000_000_000_000
            if generator.below(4) > 0 {
                deduction += (UInt256(floor) * UInt256(higher - rate)).dividedRoundingDown(by: AccountHealth.one).low
            }
            rate = higher
        }
    }

    func entry(size: Int128, price: UInt128) -> Int128 { size * Int128(price) / 100_000 }

    func traits(_ positions: Int, _ generator: inout SeededGenerator) -> AccountTraits {
        generator.below(3) == 0 ? .isolated : .none
    }
}

struct SynthetixTwin: PerpetualTwin {
    let rules: any MarginRules = SynthetixRules()
    let layout: PerpetualLayout
    private static let wad: UInt128 = 1_000_000_000_000_000_000

    init(_ generator: inout SeededGenerator) {
        layout = PerpetualLayout(
            cashDecimals: 18, collaterals: generator.within(0...2), collateralPrice: 500 * Self.wad,
            perpetuals: generator.within(1...3), sizeDecimals: 18, price: 300 * Self.wad, sizeBits: 40...64,
            fundingBits: 40...64, marginBits: 70, positionsMost: 3)
    }

    func setParameters(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        if i == 0 {
            for (parameter, most) in [
                (MarginParameter.keeperRewardMinimum, 50), (.keeperRewardMaximum, 500), (.flagCost, 5),
                (.liquidateCost, 5),
            ] {
                watch.set(0, parameter, millionths: generator.within(0...most * 1_000_000))
            }
            watch.set(0, .keeperProfitMinimum, millionths: generator.within(0...500_000))
            watch.set(0, .keeperScaling, millionths: generator.within(0...1_000_000))
            watch.set(0, .collateralReward, millionths: generator.within(0...10_000))
        } else if i < firstPerpetual {
            watch.set(i, .collateralWeight, millionths: generator.within(700_000...1_000_000))
        } else {
            watch.set(i, .minimumInitialMargin, millionths: generator.within(10_000...50_000))
            watch.set(i, .impactMargin, millionths: generator.within(0...1_000_000))
            watch.set(i, .maintenanceScalar, millionths: generator.within(200_000...800_000))
            watch.set(i, .skewScale, millionths: generator.below(4) == 0 ? 0 : 1_000_000_000)
            watch.set(i, .minimumPositionMargin, millionths: generator.within(0...50_000_000))
            watch.set(i, .flagReward, millionths: generator.within(0...3_000))
            watch.set(i, .liquidationWindowMaximum, millionths: generator.below(3) == 0 ? 0 : 2_000_000)
        }
    }

    func entry(size: Int128, price: UInt128) -> Int128 { Int128(price) }
}

struct PerpetualProtocolTwin: PerpetualTwin {
    let rules: any MarginRules = PerpetualRules()
    let layout: PerpetualLayout
    private static let wad: UInt128 = 1_000_000_000_000_000_000

    init(_ generator: inout SeededGenerator) {
        layout = PerpetualLayout(
            collaterals: generator.within(0...2), collateralPrice: 1_000 * Self.wad,
            perpetuals: generator.within(1...3), sizeDecimals: 18, price: 300 * Self.wad, sizeBits: 40...64,
            fundingBits: 50...82, positionsMost: 3)
    }

    func setParameters(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        if i == 0 {
            watch.set(0, .maintenanceMargin, millionths: 62_500)
            watch.set(0, .collateralMaintenance, millionths: generator.within(62_500...80_000))
            watch.set(0, .debtRatio, millionths: generator.within(500_000...900_000))
            watch.set(ReserveIndex(0), .debtCeiling, to: Int128(generator.number(bits: 30...42)))
        } else if i < firstPerpetual {
            watch.set(i, .collateralWeight, millionths: generator.within(600_000...900_000))
        }
    }

    func entry(size: Int128, price: UInt128) -> Int128 { -size / 1_000_000_000 * Int128(price / 1_000_000_000) }
}

struct DriftTwin: PerpetualTwin {
    let rules: any MarginRules = DriftRules()
    let layout: PerpetualLayout

    init(_ generator: inout SeededGenerator) {
        layout = PerpetualLayout(
            collaterals: generator.within(0...2), collateralDecimals: 9, collateralPrice: 20_000_000,
            perpetuals: generator.within(1...3), sizeDecimals: 9, price: 30_000_000, sizeBits: 20...45,
            fundingBits: 10...28, positionsMost: 3)
    }

    func setParameters(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        guard i > 0 else { return }
        watch.set(ReserveIndex(i), .sizePremium, to: Int128([0, 300, 20_000][generator.within(0...2)]))
        if i < firstPerpetual {
            watch.set(i, .collateralWeight, millionths: generator.within(7...10) * 100_000)
            watch.set(i, .liabilityWeight, millionths: generator.within(10...13) * 100_000)
        } else {
            watch.set(i, .maintenanceMargin, millionths: generator.within(3...10) * 10_000)
        }
    }

    func entry(size: Int128, price: UInt128) -> Int128 { -size * Int128(price) / 1_000_000_000 }

    /// Some of the collateral is borrowed rather than deposited.
    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        var legs: [Leg] = []
        for i in 1..<firstPerpetual {
            legs.append(
                Leg(ReserveIndex(i), generator.below(3) == 0 ? .debt : .collateral, generator.number(bits: 20...42)))
        }
        for i in firstPerpetual..<count where generator.below(3) > 0 {
            let amount = generator.number(bits: layout.sizeBits)
            let isLong = generator.below(2) == 0
            let size = isLong ? Int128(amount) : -Int128(amount)
            let funding = watch.reserves.state(of: ReserveIndex(i))?.cumulativeFunding ?? 0
            legs += [
                Leg(ReserveIndex(i), isLong ? .collateral : .debt, amount),
                Leg(ReserveIndex(i), .accrual, signed: funding),
                Leg(ReserveIndex(i), .entry, signed: entry(size: size, price: watch.price(i))),
            ]
        }
        return (legs + cash(legs, .none, watch, &generator), .none)
    }
}

/// One position an account, whose collateral stands where cash stands elsewhere.
struct GMXTwin: PerpetualTwin {
    let rules: any MarginRules = GMXRules()
    let layout: PerpetualLayout

    init(_ generator: inout SeededGenerator) {
        // 2 000 dollars for 10^18 units, and a dollar for 10^6: 30 decimals less the token's.
        layout = PerpetualLayout(
            collaterals: 1, collateralDecimals: 6, collateralPrice: 200_000_000_000_000_000_000_000,
            perpetuals: generator.within(1...3), sizeDecimals: 18, price: 500_000_000_000_000, sizeBits: 56...64,
            fundingBits: 60...92, marginBits: 32, positionsMost: 1)
    }

    func setParameters(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        switch i {
        case 0:
            watch.set(
                ReserveIndex(0), .minimumCollateral,
                to: Int128(generator.within(0...5)) * 1_000_000_000_000_000_000_000_000_000_000)
        case 1: watch.set(1, .collateralWeight, millionths: 1_000_000)
        default:
            watch.set(i, .closingFee, millionths: generator.within(0...1_000))
            watch.set(i, .maintenanceMargin, millionths: generator.within(0...10_000))
        }
    }

    func entry(size: Int128, price: UInt128) -> Int128 { Int128(size.magnitude * price) }

    func balance(_ units: Int128) -> [Leg] {
        units <= 0 ? [] : [Leg(ReserveIndex(1), .collateral, units.magnitude)]
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        let reserve = ReserveIndex(generator.within(firstPerpetual...count - 1))
        let amount = generator.number(bits: layout.sizeBits)
        let price = watch.price(reserve.position) / 100 * UInt128(generator.within(90...110))
        let funding = watch.reserves.state(of: reserve)?.cumulativeFunding ?? 0
        let legs = [
            Leg(reserve, generator.below(2) == 0 ? .collateral : .debt, amount),
            Leg(reserve, .accrual, signed: funding),
            Leg(reserve, .entry, signed: entry(size: Int128(amount), price: price)),
        ]
        return (legs + cash(legs, .none, watch, &generator), .none)
    }
}
