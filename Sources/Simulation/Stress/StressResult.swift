public import Units

/// What one scenario did to one design. Money in cash units (a millionth of a dollar), as text in JSON; shares in basis points.
public struct StressResult: Equatable, Sendable {
    public var scenario: StressScenario
    public var design: StressDesign
    public var severity: StressSeverity
    /// Debt written off during the run: `insurance` and `socialised` together, to the unit.
    public var badDebt: TokenAmount = 0
    public var insurance: TokenAmount = 0
    public var socialised: TokenAmount = 0
    /// What accounts and the venue's own books are short of at the end, at the market's price: not written off yet.
    public var owedBeyond: TokenAmount = 0
    /// Lost by depositors, redistributed owners, the backstop and deleveraged winners, at the prices of then.
    public var others: TokenAmount = 0
    public var liquidations: UInt64 = 0
    /// Debt taken over or repaid by them.
    public var volume: TokenAmount = 0
    /// Collateral taken, at the oracle's prices of then.
    public var collateral: TokenAmount = 0
    public var botProfit: Int128 = 0
    public var gas: TokenAmount = 0
    /// The lowest that the run's own sales pushed a pool's price, of the market's price, in basis points.
    public var lowestImpact: UInt64 = 10_000
    /// From the first block with a hole to the first without one that lasts; nothing when there never was any.
    public var blocksToSolvency: UInt64?
    public var isSolventAtEnd = true
    /// Accounts that could be liquidated when the run ended, and were not.
    public var leftLiquidatable: UInt64 = 0

    public init(_ scenario: StressScenario, _ design: StressDesign, _ severity: StressSeverity) {
        (self.scenario, self.design, self.severity) = (scenario, design, severity)
    }

    /// Of the debt of liquidated accounts, what came back: repaid / (repaid + written off), in basis points.
    public var recovered: UInt64? {
        let all = volume + badDebt
        return all == 0 ? nil : UInt64(volume * 10_000 / all)
    }
}

extension StressResult: Encodable {
    private enum Key: String, CodingKey {
        case scenario, margin, mechanism, badDebt, insuranceDraw, socialised, owedBeyond, lostByOthers, liquidations,
            volume
        case recoveredBasisPoints, collateralSold, botProfit, gasSpent, lowestPriceBasisPoints, blocksToSolvency
        case isSolventAtEnd, leftLiquidatable
    }

    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: Key.self)
        try keys.encode(scenario.rawValue, forKey: .scenario)
        try keys.encode(design.margin.rawValue, forKey: .margin)
        try keys.encode(design.mechanism.rawValue, forKey: .mechanism)
        let money: [(Key, TokenAmount)] = [
            (.badDebt, badDebt), (.insuranceDraw, insurance), (.socialised, socialised), (.owedBeyond, owedBeyond),
            (.lostByOthers, others), (.volume, volume), (.collateralSold, collateral), (.gasSpent, gas),
        ]
        for (key, amount) in money { try keys.encode("\(amount)", forKey: key) }
        try keys.encode("\(botProfit)", forKey: .botProfit)
        try keys.encode(liquidations, forKey: .liquidations)
        try keys.encode(recovered, forKey: .recoveredBasisPoints)
        try keys.encode(lowestImpact, forKey: .lowestPriceBasisPoints)
        try keys.encode(blocksToSolvency, forKey: .blocksToSolvency)
        try keys.encode(isSolventAtEnd, forKey: .isSolventAtEnd)
        try keys.encode(leftLiquidatable, forKey: .leftLiquidatable)
    }
}
