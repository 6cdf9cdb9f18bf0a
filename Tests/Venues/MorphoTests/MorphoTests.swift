import Domain
import Margin
import Morpho
import PlainNumbers
import Testing
import Units

/// `_isHealthy`, shares and the incentive, worked by hand and against plain arithmetic.
@Suite struct MorphoTests {
    /// The table of the protocol's own documentation: lltv in thousandths against the factor with 18 decimals.
    @Test(arguments: [
        (980, UInt64(1_006_036_217_303_822_937)), (965, 1_010_611_419_909_044_972), (945, 1_016_776_817_488_561_260),
        (915, 1_026_167_265_264_238_070), (860, 1_043_841_336_116_910_229), (770, 1_074_113_856_068_743_286),
        (625, 1_126_760_563_380_281_690), (565, 1_150_000_000_000_000_000), (385, 1_150_000_000_000_000_000),
    ])
    func `the incentive follows from the lltv`(thousandths: Int, expected: UInt64) {
        let lltv = Wad(UInt128(thousandths) * 1_000_000_000_000_000)
        #expect(MorphoMath.liquidationIncentive(lltv: lltv) == UInt256(expected))
    }

    @Test func `at equality a position is healthy, one share more may tip it`() {
        // 1 WETH at 2 000 USDC with an lltv of 0.86 may borrow 1 720 USDC; a share is a millionth of an asset unit.
        var table = MorphoTable(lltv: 860_000_000_000_000_000, price: 2_000_000_000_000_000_000_000_000_000)
        table.totals = Totals(assets: 10_000_000_000, shares: 10_000_000_000_000_000)
        let ether: UInt128 = 1_000_000_000_000_000_000
        let edge = MorphoShares(table.totals).sharesRoundingDown(1_720_000_000)
        let shares = edge?.asUInt128 ?? 0
        #expect(table.health(ether, shares)?.debt == 1_720_000_000)
        #expect(table.health(ether, shares)?.isLiquidatable == false)
        #expect(table.health(ether, shares + 1)?.debt == 1_720_000_001)
        #expect(table.health(ether, shares + 1)?.isLiquidatable == true)
    }

    @Test func `without shares a position is healthy, without totals it is not judged`() {
        var table = MorphoTable(lltv: 1, price: 1)
        #expect(table.health(0, 0)?.isLiquidatable == false)
        table.isToldTotals = false
        #expect(table.health(1, 1) == nil)
    }

    @Test(arguments: 0..<40)
    func `the rules are plain arithmetic's, to the unit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let price = generator.number(bits: 60...128), lltv = generator.number(bits: 55...59)
            let collateral = generator.number(bits: 1...128), shares = generator.number(bits: 1...128)
            var table = MorphoTable(lltv: lltv, price: price)
            table.totals = Totals(assets: generator.number(bits: 1...127), shares: generator.number(bits: 1...127))
            let product = Natural(collateral) * Natural(price)
            let weighted = product / .ten(36) * Natural(lltv)
            let numerator = Natural(shares) * (Natural(table.totals.assets) + Natural(1))
            let divisor = Natural(table.totals.shares) + Natural(1_000_000)
            let rounded = numerator + divisor - Natural(1)
            let health = table.health(collateral, shares)
            let fits = product.fitsWord && weighted.fitsWord && rounded.fitsWord
            #expect((health != nil) == fits, "seed \(seed): \(collateral) at \(price)")
            guard let health else { continue }
            #expect("\(health.collateral)" == "\(weighted / .ten(18))", "seed \(seed)")
            #expect("\(health.debt)" == "\(numerator.dividedRoundingUp(by: divisor))", "seed \(seed)")
            #expect(health.isLiquidatable == (health.collateral < health.debt), "seed \(seed)")
        }
    }
}

/// One market: a collateral and a loan asset.
private struct MorphoTable {
    static let collateral = ReserveIndex(0)
    static let loan = ReserveIndex(1)
    private var reserves = ReserveTable()
    var totals = Totals(assets: 0, shares: 0)
    var isToldTotals = true

    init(lltv: UInt128, price: UInt128) {
        for reserve in [Self.collateral, Self.loan] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
        }
        reserves.set(Self.collateral, price: Price(baseUnits: price))
        reserves.set(Self.collateral, terms: .lending(LendingTerms(collateralFactor: Wad(lltv))))
    }

    func health(_ collateral: UInt128, _ shares: UInt128) -> AccountHealth? {
        var reserves = self.reserves
        if isToldTotals { reserves.update(Self.loan) { $0.totals = totals } }
        let factors = [FactorIndex(Self.collateral, .collateral), FactorIndex(Self.loan, .debt)]
        let amounts = [collateral, shares]
        return MorphoRules().health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
    }
}
