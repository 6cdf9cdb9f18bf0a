import Aave
import Domain
import Foundation
import Margin
import Mechanisms
import Testing
import Units

/// The rules against the protocol itself: readings of Aave 3.2's compiled pool in a real EVM, made by `scripts/vectors`.
@Suite struct AaveChainTests {
    @Test(.enabled(if: ChainReading.path != nil, "BAILIFF_AAVE_VECTORS names no file: scripts/vectors makes one"))
    func `every account is worth to the last unit what the pool says`() throws {
        let readings = try ChainReading.all()
        #expect(readings.count >= 500)
        #expect(Set(readings.map(\.account)).count >= 100)
        for (line, reading) in readings.enumerated() {
            let data = try #require(try reading.judged())
            #expect(data.collateral.description == reading.totalCollateralBase, "line \(line + 1)")
            #expect(data.debt.description == reading.totalDebtBase, "line \(line + 1)")
            #expect(data.liquidationThreshold == UInt256(reading.currentLiquidationThreshold), "line \(line + 1)")
            #expect(data.healthFactor.description == reading.healthFactor, "line \(line + 1)")
        }
    }

    @Test(.enabled(if: ChainReading.path != nil, "BAILIFF_AAVE_VECTORS names no file: scripts/vectors makes one"))
    func `a liquidation repays, seizes and leaves to the unit what the pool's did`() throws {
        var (compared, fees) = (0, 0)
        for (line, reading) in try ChainReading.all().enumerated() {
            guard let done = reading.liquidation else { continue }
            let amounts = try #require(try reading.liquidated(done), "line \(line + 1)")
            let (before, after) = (done.before, done.after)
            #expect(try after.debt + UInt256(amounts.repay) == before.debt, "line \(line + 1)")
            #expect(try before.collateral + UInt256(amounts.seize) == after.collateral, "line \(line + 1)")
            let gained = try after.treasury - before.treasury
            #expect(try gained == reading.treasuryShare(of: amounts, done), "line \(line + 1)")
            fees += amounts.protocolFee > 0 ? 1 : 0
            #expect("\(amounts.scaledDebtAfter)" == done.scaledDebtAfter, "line \(line + 1)")
            let left = try done.collateralLegAfter
            #expect("\(amounts.scaledCollateralAfter)" == left, "line \(line + 1)")
            compared += 1
        }
        #expect(compared >= 300 && fees >= 100)
    }
}

/// One line of the vectors: an account as the pool holds it, and what the pool made of it. Words are decimal text.
private struct ChainReading: Decodable {
    struct Asset: Decodable {
        let decimals: UInt8
        let threshold, bonus, fee: UInt32
        let price, income, debt: String
    }

    struct Category: Decodable {
        let number: UInt8
        let threshold, bonus: UInt32
        let members: String
    }

    /// The liquidator's tokens of both kinds, and the treasury's scaled share of the collateral's reserve.
    struct Balances: Decodable {
        private let words: [String: String]

        init(from decoder: any Decoder) throws {
            words = try decoder.singleValueContainer().decode([String: String].self)
        }

        var collateral: UInt256 { get throws { try #require(UInt256(decimal: words["collateral"] ?? "")) } }
        var debt: UInt256 { get throws { try #require(UInt256(decimal: words["debt"] ?? "")) } }
        var treasury: UInt256 { get throws { try #require(UInt256(decimal: words["treasury"] ?? "")) } }
    }

    struct Liquidation: Decodable {
        let collateral, debt: Int
        let asked, flagsAfter, scaledCollateralAfter, scaledDebtAfter: String
        let before, after: Balances

        /// Rounding may leave a unit behind that the pool no longer counts as collateral.
        var collateralLegAfter: String {
            get throws {
                let bits = try #require(UInt128(flagsAfter))
                return bits >> UInt128(2 * collateral) & 2 != 0 ? scaledCollateralAfter : "0"
            }
        }
    }

    let reserves: [Asset]
    let categories: [Category]
    let account: String
    let category: UInt8
    let flags: String
    let supplied, owed: [String]
    let totalCollateralBase, totalDebtBase, healthFactor: String
    let currentLiquidationThreshold: Int
    let liquidation: Liquidation?

    static let path = ProcessInfo.processInfo.environment["BAILIFF_AAVE_VECTORS"]
    static let rules = AaveRules(.v3_0)

    static func all() throws -> [ChainReading] {
        let text = try String(contentsOfFile: #require(path), encoding: .utf8)
        let decoder = JSONDecoder()
        return try text.split(separator: "\n").map { try decoder.decode(ChainReading.self, from: Data($0.utf8)) }
    }

    func judged() throws -> AaveAccountData? {
        let (factors, amounts) = try legs()
        return Self.rules.accountData(
            factors: factors.span, amounts: amounts.span, traits: AccountTraits(category: category), in: try table())
    }

    func liquidated(_ done: Liquidation) throws -> LiquidationAmounts? {
        let (factors, amounts) = try legs()
        let traits = AccountTraits(category: category)
        let table = try table()
        let judged = Self.rules.health(factors: factors.span, amounts: amounts.span, traits: traits, in: table)
        let health = try #require(judged)
        let subject = LiquidationSubject(
            pair: LiquidationPair(collateral: ReserveIndex(done.collateral), debt: ReserveIndex(done.debt)),
            scaledCollateral: try word(supplied[done.collateral]), scaledDebt: try word(owed[done.debt]),
            health: health, closeFactor: .basisPoints(5_000), traits: traits)
        return try? Self.rules.liquidation(repaying: word(done.asked), of: subject, in: table).get()
    }

    /// The fee is moved as scaled balance, and no more than the borrower has left after what was seized.
    func treasuryShare(of amounts: LiquidationAmounts, _ done: Liquidation) throws -> UInt256 {
        let index = UInt256(try word(reserves[done.collateral].income))
        let held = UInt256(try word(supplied[done.collateral]))
        let left = held.subtracting(scaled(amounts.seize, index)) ?? .zero
        return min(scaled(amounts.protocolFee, index), left)
    }

    /// `rayDiv`: half up.
    private func scaled(_ amount: TokenAmount, _ index: UInt256) -> UInt256 {
        (UInt256(amount) * UInt256(Ray.one.value) + index.dividedRoundingDown(by: 2)).dividedRoundingDown(by: index)
    }

    /// By the user's bitmap: bit 2i says that reserve i is borrowed, bit 2i + 1 that it is collateral.
    private func legs() throws -> ([FactorIndex], [TokenAmount]) {
        let bits = try word(flags)
        var legs: [Leg] = []
        for i in reserves.indices {
            let (owed, supplied) = try (word(owed[i]), word(supplied[i]))
            if bits >> UInt128(2 * i) & 2 != 0 { legs.append(Leg(ReserveIndex(i), .collateral, supplied)) }
            if bits >> UInt128(2 * i) & 1 != 0 { legs.append(Leg(ReserveIndex(i), .debt, owed)) }
        }
        return (legs.map(\.factor), legs.map(\.amount))
    }

    private func table() throws -> ReserveTable {
        var table = ReserveTable()
        let market = MarketIndex(0)
        table.define(market, cash: ReserveIndex(0))
        for (i, asset) in reserves.enumerated() {
            table.define(
                ReserveDefinition(
                    reserve: ReserveIndex(i), market: market, decimals: asset.decimals,
                    liquidationThreshold: .basisPoints(asset.threshold),
                    liquidationBonus: .basisPoints(asset.bonus), protocolFee: .basisPoints(asset.fee),
                    scalePartsPerMillion: 1_000))
            table.set(ReserveIndex(i), price: Price(baseUnits: try word(asset.price)))
            table.set(ReserveIndex(i), supply: Ray(try word(asset.income)), borrow: Ray(try word(asset.debt)))
        }
        for category in categories {
            let bits = try word(category.members)
            let members = reserves.indices.filter { bits >> UInt128($0) & 1 == 1 }.map { ReserveIndex($0) }
            let terms = EfficiencyTerms(
                category: category.number, liquidationThreshold: .basisPoints(category.threshold),
                liquidationBonus: .basisPoints(category.bonus))
            table.update(market) { $0.categories.append(EfficiencyMode(terms, members: Set(members))) }
        }
        return table
    }

    private func word(_ text: String) throws -> UInt128 { try #require(UInt128(text)) }
}
