package import Domain
package import Mechanisms
package import Submission
package import Units

/// What everybody has gained and lost. Assets are counted in their own units, by position of the reserve.
package struct Ledger: Equatable, Sendable {
    package internal(set) var liquidators: [LiquidatorAccount]
    /// The venue's share of bonuses, in the collateral that it was taken in.
    package internal(set) var protocolFees: [TokenAmount]
    package internal(set) var flashLoanFees: [TokenAmount]
    /// Debt that nothing is left to seize for, taken off its accounts.
    package internal(set) var writtenOff: [TokenAmount]
    /// Cash that still covers such debt.
    package internal(set) var insuranceFund: TokenAmount
    /// Cash that the fund has paid for it, and cash fees of the protocol with it.
    package internal(set) var covered: TokenAmount = 0
    /// What was not covered, in cash at the oracle's prices.
    package internal(set) var badDebt: TokenAmount = 0
    package internal(set) var accountsWrittenOff = 0
    /// Every order that has ended, in order of ending.
    package internal(set) var rows: [SettledOrder] = []

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
package struct LiquidatorAccount: Equatable, Sendable {
    package let name: String
    package internal(set) var cash: Cash
    package internal(set) var gasMoney: Wei
    package internal(set) var gasBurnt: Wei = 0
    /// By `IntentOutcome.Ending.rawValue`.
    package private(set) var counts = [UInt64](repeating: 0, count: IntentOutcome.Ending.allCases.count)

    init(_ liquidator: Liquidator) {
        name = liquidator.name
        cash = .proceeds(liquidator.cash)
        gasMoney = liquidator.gasMoney
    }

    package subscript(ending: IntentOutcome.Ending) -> UInt64 { counts[Int(ending.rawValue)] }

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
package struct SettledOrder: Equatable, Sendable {
    package var id: IntentID
    package var liquidator: LiquidatorIndex
    package var account: String
    package var pair: LiquidationPair
    package var ending: IntentOutcome.Ending
    package var figures: SettlementFigures
}
