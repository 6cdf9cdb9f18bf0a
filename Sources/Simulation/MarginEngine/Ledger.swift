public import Domain
public import Mechanisms
public import Submission
public import Units

/// What everybody has gained and lost. Assets are counted in their own units, by position of the reserve.
public struct Ledger: Equatable, Sendable {
    public internal(set) var liquidators: [LiquidatorAccount]
    /// The venue's share of bonuses, in the collateral that it was taken in.
    public internal(set) var protocolFees: [TokenAmount]
    public internal(set) var flashLoanFees: [TokenAmount]
    /// Debt that nothing is left to seize for, taken off its accounts.
    public internal(set) var writtenOff: [TokenAmount]
    /// Cash that still covers such debt.
    public internal(set) var insuranceFund: TokenAmount
    /// Cash that the fund has paid for it, and cash fees of the protocol with it.
    public internal(set) var covered: TokenAmount = 0
    /// What was not covered, in cash at the oracle's prices.
    public internal(set) var badDebt: TokenAmount = 0
    public internal(set) var accountsWrittenOff = 0
    /// Every order that has ended, in order of ending.
    public internal(set) var rows: [SettledOrder] = []

    init(_ liquidators: [Liquidator], reserves: Int, insuranceFund: TokenAmount) {
        self.liquidators = liquidators.map(LiquidatorAccount.init)
        protocolFees = Array(repeating: 0, count: reserves)
        flashLoanFees = protocolFees
        writtenOff = protocolFees
        self.insuranceFund = insuranceFund
    }

    subscript(liquidator: LiquidatorIndex) -> LiquidatorAccount { liquidators[liquidator.position] }

    mutating func book(_ row: SettledOrder) {
        rows.append(row)
        liquidators[row.liquidator.position].book(row.ending, row.figures)
    }
}

/// One liquidator's money.
public struct LiquidatorAccount: Equatable, Sendable {
    public let name: String
    public internal(set) var cash: Cash
    public internal(set) var gasMoney: Wei
    public internal(set) var gasBurnt: Wei = 0
    /// By `IntentOutcome.Ending.rawValue`.
    public private(set) var counts = [UInt64](repeating: 0, count: IntentOutcome.Ending.allCases.count)

    init(_ liquidator: Liquidator) {
        name = liquidator.name
        cash = .proceeds(liquidator.cash)
        gasMoney = liquidator.gasMoney
    }

    public subscript(ending: IntentOutcome.Ending) -> UInt64 { counts[Int(ending.rawValue)] }

    mutating func count(_ ending: IntentOutcome.Ending) { counts[Int(ending.rawValue)] += 1 }

    fileprivate mutating func book(_ ending: IntentOutcome.Ending, _ figures: SettlementFigures) {
        precondition(figures.gasPaid <= gasMoney, "Invariant: gas is paid from what there is")
        count(ending)
        cash += figures.cash
        gasMoney -= figures.gasPaid
        gasBurnt += figures.gasPaid
        precondition(cash >= .zero, "Invariant: nobody owes the world cash")
    }
}

/// One order's end.
public struct SettledOrder: Equatable, Sendable {
    public var id: IntentID
    public var liquidator: LiquidatorIndex
    public var account: String
    public var pair: LiquidationPair
    public var ending: IntentOutcome.Ending
    public var figures: SettlementFigures
}
