import Domain
import Opportunities
import Testing
import Units

@Suite struct OpportunityLedgerTests {
    private let a = AccountIndex(0)
    private let taken = AccountChange(collateralFell: true, debtFell: true)
    private let repaid = AccountChange(collateralFell: false, debtFell: true)

    private func ends(_ events: (inout OpportunityLedger) -> Void) -> [OpportunityClass: Int128] {
        var ledger = OpportunityLedger()
        ledger.open(a, worth: Cash(units: 100))
        events(&ledger)
        ledger.recover(a)
        var found: [OpportunityClass: Int128] = [:]
        for kind in OpportunityClass.allCases where ledger[kind].count > 0 { found[kind] = ledger[kind].money.units }
        return found
    }

    @Test func `a bid that settles is won, with what it earned`() {
        #expect(
            ends {
                $0.bid(a, expecting: Cash(units: 80))
                $0.end(a, .settled, profit: Cash(units: 70))
            } == [.won: 70])
    }

    @Test func `endings are kept one by one for whoever asks, and for nobody else`() {
        var ledger = OpportunityLedger()
        func take(_ account: Int, _ ledger: inout OpportunityLedger) {
            ledger.open(AccountIndex(account), worth: Cash(units: 100))
            ledger.refuse(AccountIndex(account), .belowMinimumProfit)
            ledger.recover(AccountIndex(account))
        }
        take(0, &ledger)
        #expect(ledger.takeClosings().isEmpty)
        ledger.keepClosings()
        take(1, &ledger)
        let kept = ledger.takeClosings()
        #expect(
            Array(kept) == [
                OpportunityClosing(
                    account: AccountIndex(1), kind: .unprofitable, money: Cash(units: 100), worth: Cash(units: 100),
                    earned: .zero, refusal: .belowMinimumProfit)
            ])
        #expect(ledger.takeClosings().isEmpty)
    }

    @Test func `a failed bid before the one that settles costs its gas and no class of its own`() {
        #expect(
            ends {
                $0.bid(a, expecting: Cash(units: 80))
                $0.end(a, .outbid, profit: Cash(units: -5))
                $0.bid(a, expecting: Cash(units: 60))
                $0.end(a, .settled, profit: Cash(units: 50))
            } == [.won: 45])
    }

    @Test(arguments: [
        (IntentOutcome.Ending.outbid, OpportunityClass.outbid), (.reverted, .reverted), (.rejected, .reverted),
        (.expired, .late),
    ])
    func `a bid that fails is booked by its ending, with what the account seemed worth`(
        ending: IntentOutcome.Ending, kind: OpportunityClass
    ) {
        #expect(
            ends {
                $0.bid(a, expecting: Cash(units: 120))
                $0.end(a, ending, profit: Cash(units: -5))
            } == [kind: 120])
    }

    @Test func `whoever was refused is booked by the last reason`() {
        #expect(
            ends {
                $0.refuse(a, .notArmed); $0.refuse(a, .belowMinimumProfit)
            } == [.unprofitable: 100])
        #expect(ends { $0.refuse(a, .capitalExhausted) } == [.capital: 100])
        #expect(ends { $0.refuse(a, .streamBroken) } == [.staleFeed: 100])
        #expect(
            ends {
                $0.refuse(a, .halted); $0.refuse(a, .inFlight)
            } == [.refused: 100])
    }

    @Test func `without a decision it was others, or the owner`() {
        #expect(ends { $0.change(a, taken) } == [.late: 100])
        #expect(ends { $0.change(a, repaid) } == [.repaidByOwner: 100])
        #expect(ends { _ in } == [.repaidByOwner: 100])
    }

    @Test func `an account that recovers while our bid is open waits for its ending`() {
        var ledger = OpportunityLedger()
        ledger.open(a, worth: .zero)
        ledger.bid(a, expecting: Cash(units: 9))
        ledger.recover(a)
        #expect(ledger.openCount == 1)
        ledger.end(a, .outbid, profit: .zero)
        #expect(ledger.openCount == 0 && ledger[.outbid].count == 1)
    }

    @Test(arguments: 0..<300)
    func `whatever happens, what was opened is booked once or is open`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var ledger = OpportunityLedger()
        var bids: [AccountIndex] = []
        var (won, wonMoney) = (0, Cash.zero)
        for _ in 0..<400 {
            let account = AccountIndex(Int(random.below(12)))
            switch random.below(8) {
            case 0, 1: ledger.open(account, worth: Cash(units: Int128(random.below(50))))
            case 2: ledger.refuse(account, Refusal.allCases[Int(random.below(UInt64(Refusal.allCases.count)))])
            case 3:
                ledger.bid(account, expecting: Cash(units: Int128(random.below(50))))
                bids.append(account)
            case 4, 5:
                guard !bids.isEmpty else { continue }
                let bid = bids.remove(at: Int(random.below(UInt64(bids.count))))
                let ending = IntentOutcome.Ending.allCases[Int(random.below(5))]
                let profit = Cash(units: Int128(random.below(100)) - 20)
                if ending == .settled { won += 1 }
                wonMoney += profit
                ledger.end(bid, ending, profit: profit)
            case 6: ledger.change(account, random.below(2) == 0 ? taken : repaid)
            default: ledger.recover(account)
            }
            let booked = OpportunityClass.allCases.reduce(0) { $0 + ledger[$1].count }
            #expect(ledger.opened == booked + UInt64(ledger.openCount), "seed \(seed)")
        }
        for bid in bids { ledger.end(bid, .expired, profit: .zero) }
        for account in 0..<12 { ledger.recover(AccountIndex(account)) }
        #expect(ledger.openCount == 0 && ledger[.won].count <= won, "seed \(seed)")
    }

    @Test func `every refusal has a class`() {
        let kinds = Set(Refusal.allCases.map { OpportunityClass($0) })
        #expect(kinds == [.unprofitable, .capital, .staleFeed, .refused])
    }
}
