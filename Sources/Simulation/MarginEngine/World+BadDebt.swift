import Domain
import Margin
import Units

extension World {
    /// An account that has debt and no collateral left owes what nobody will pay: its debt is taken off it, and the
    /// insurance fund, then the protocol's own cash fees, cover what they can.
    ///
    /// Aave since 3.3 does so in the same call (`_burnBadDebt`); of the older versions it is what their treasuries did later.
    mutating func writingOffUnsecured(_ legs: [Leg]) -> [Leg] {
        guard !legs.isEmpty, legs.allSatisfy({ $0.factor.side == .debt }) else { return legs }
        ledger.accountsWrittenOff += 1
        for leg in legs { writeOff(leg.amount, of: leg.factor.reserve) }
        return []
    }

    private mutating func writeOff(_ scaled: TokenAmount, of reserve: ReserveIndex) {
        let amount = balance(ofDebt: scaled, reserve)
        ledger.writtenOff[reserve.position] += amount
        let owed = cash(worth: amount, of: reserve)
        let fund = min(owed, ledger.insuranceFund)
        ledger.insuranceFund -= fund
        let fees = min(owed - fund, ledger.protocolFees[market.cash.position])
        ledger.protocolFees[market.cash.position] -= fees
        ledger.covered += fund + fees
        ledger.badDebt += owed - fund - fees
    }

    /// Scaled debt in tokens, rounded up: it is a claim of the venue's.
    private func balance(ofDebt scaled: TokenAmount, _ reserve: ReserveIndex) -> TokenAmount {
        guard let row = watch.reserves.row(reserve), row.borrowIndex != .one else { return scaled }
        let balance = UInt256(scaled).multiplied(
            by: UInt256(row.borrowIndex.value), dividedRoundingUpBy: UInt256(Ray.one.value))
        return balance?.asUInt128 ?? .max
    }

    /// Tokens in cash at the oracle's prices, rounded up.
    private func cash(worth amount: TokenAmount, of reserve: ReserveIndex) -> TokenAmount {
        guard let row = watch.reserves.row(reserve), let price = row.price,
            let cash = watch.reserves.row(market.cash), let cashPrice = cash.price,
            let value = UInt256(amount).multiplied(by: UInt256(price.baseUnits)),
            let divisor = UInt256(row.unit).multiplied(by: UInt256(cashPrice.baseUnits))
        else { return 0 }
        return value.multiplied(by: UInt256(cash.unit), dividedRoundingUpBy: divisor)?.asUInt128 ?? 0
    }
}
