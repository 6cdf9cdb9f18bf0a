import Aave
import Domain
import Margin
import Mechanisms
import Testing
import Units

/// The bound in doubles against the calls themselves, over every version and random positions.
@Suite struct AaveBoundTests {
    @Test(arguments: AaveVersion.allCases)
    func `no call repays or seizes more than the bound says, and the bound is near`(version: AaveVersion) throws {
        var generator = SeededGenerator(seed: 11)
        let rules = AaveRules(version)
        var (compared, near) = (0, 0)
        for round in 0..<2_000 {
            let reserves = Self.reserves(&generator)
            let factors = [FactorIndex(ReserveIndex(0), .collateral), FactorIndex(ReserveIndex(1), .debt)]
            let amounts = [generator.amount(), generator.amount()]
            guard
                let health = rules.health(
                    factors: factors.span, amounts: amounts.span, traits: .none, in: reserves), health.isLiquidatable
            else { continue }
            let subject = LiquidationSubject(
                pair: LiquidationPair(collateral: ReserveIndex(0), debt: ReserveIndex(1)),
                scaledCollateral: amounts[0], scaledDebt: amounts[1], health: health, closeFactor: .basisPoints(5_000))
            let bound = try #require(rules.liquidationBound(of: subject, in: reserves))
            guard let largest = rules.largestLiquidation(of: subject, in: reserves) else { continue }
            compared += 1
            let (repay, seize) = (largest.repay.approximate, largest.seize.approximate)
            #expect(repay <= bound.repay, "round \(round), \(version): \(largest) against \(bound)")
            #expect(seize <= bound.seizedPerUnit * bound.repay, "round \(round), \(version)")
            #expect(seize <= bound.seizedPerUnit * (repay + 3) + 3, "round \(round), \(version)")
            // The dust rule lowers what is repaid, and the bound does not know it.
            if repay >= bound.repay * 0.999_999 - 65 { near += 1 }
        }
        #expect(compared > 500 && near > compared * 2 / 3, "\(version): \(near) of \(compared)")
    }

    private static func reserves(_ generator: inout SeededGenerator) -> ReserveTable {
        var table = ReserveTable()
        for index in 0..<2 {
            let reserve = ReserveIndex(index)
            table.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: [6, 8, 18][Int(generator.below(3))],
                    liquidationThreshold: .basisPoints(UInt32(5_000 + generator.below(4_000))),
                    liquidationBonus: .basisPoints(UInt32(10_100 + generator.below(1_400))),
                    protocolFee: .basisPoints(UInt32(generator.below(3_000))), scalePartsPerMillion: 1_000))
            table.set(reserve, price: Price(baseUnits: UInt128(1_000_000 + generator.below(5_000_000_000_000))))
            let index = { (generator: inout SeededGenerator) in
                Ray(Ray.one.value + UInt128(generator.below(300_000_000)) * 1_000_000_000_000_000_000)
            }
            let (supply, borrow) = (index(&generator), index(&generator))
            table.set(reserve, supply: supply, borrow: borrow)
        }
        return table
    }
}

extension SeededGenerator {
    /// Of any size up to 2^87.
    fileprivate mutating func amount() -> TokenAmount {
        let width = 10 + below(78)
        return (TokenAmount(next()) << 64) >> (127 - TokenAmount(width)) | 1
    }
}
