import Domain
import Strategy
import Testing
import Units

@Suite struct CapitalLedgerTests {
    @Test(arguments: 0..<50)
    func `what is reserved never exceeds what is owned, and settling gives it back`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ledger = CapitalLedger(cash: Cash(units: 1_000_000), gasMoney: 1_000_000)
        var open: [UInt64: (cash: TokenAmount, gas: Wei)] = [:]
        var owned = (cash: Int128(1_000_000), gas: Int128(1_000_000))
        for ordinal in 0..<300 as Range<UInt64> {
            let free = ledger.purse
            if generator.below(2) == 0, free.cash > .zero, free.gasMoney > 0 {
                let cash = TokenAmount(generator.below(UInt64(free.cash.units) + 1))
                let gas = Wei(generator.below(UInt64(free.gasMoney) + 1))
                ledger.reserve(ordinal, cash: cash, gasMoney: gas)
                open[ordinal] = (cash, gas)
            } else if let settled = open.keys.min() {
                let gas = open[settled].map { Wei(generator.below(UInt64($0.gas) + 1)) } ?? 0
                let change = Int128(generator.below(2_000)) - 500
                let isKnown = ledger.settle(outcome(settled, cash: change, gas: gas))
                #expect(isKnown)
                open[settled] = nil
                owned.cash += change
                owned.gas -= Int128(gas)
            }
            let held = open.values.reduce((cash: Int128(0), gas: Int128(0))) {
                ($0.cash + Int128($1.cash), $0.gas + Int128($1.gas))
            }
            #expect(ledger.purse.cash.units == owned.cash - held.cash, "seed \(seed)")
            #expect(Int128(ledger.purse.gasMoney) == owned.gas - held.gas, "seed \(seed)")
        }
    }

    @Test func `an outcome that nobody reserved for is not booked`() {
        var ledger = CapitalLedger(cash: Cash(units: 5), gasMoney: 5)
        let isKnown = ledger.settle(outcome(1, cash: 100, gas: 0))
        #expect(!isKnown)
        #expect(ledger.purse.cash == Cash(units: 5))
    }

    @Test func `reserving more than is free is our own fault`() async {
        await #expect(processExitsWith: .failure) {
            var ledger = CapitalLedger(cash: Cash(units: 5), gasMoney: 5)
            ledger.reserve(1, cash: 6, gasMoney: 0)
        }
    }

    private func outcome(_ ordinal: UInt64, cash: Int128, gas: Wei) -> IntentOutcome {
        IntentOutcome(
            ordinal: ordinal, ending: .settled, repaid: 0, seized: 0, cash: Cash(units: cash), gasPaid: gas,
            block: BlockNumber(0))
    }
}
