import Testing
import Units
import Winning

@Suite struct WinTableTests {
    @Test func `a table without outcomes knows nothing: a half everywhere`() {
        let table = WinTable([])
        for tip in stride(from: Int64(0), through: 10_000, by: 100) {
            #expect(table.chance(tip: tip) == Chance(1, of: 2))
        }
    }

    @Test(arguments: 0..<20)
    func `a table recovers the chance that made its outcomes, and never falls`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let outcomes = (0..<40_000).map { _ in
            let tip = Int64(random.below(10_000))
            return WinTable.Outcome(tip: tip, hasWon: random.fraction() < Double(tip) / 10_000)
        }
        let table = WinTable(outcomes)
        var last = Chance.none
        for tip in stride(from: Int64(400), through: 9_600, by: 100) {
            let chance = table.chance(tip: tip)
            #expect((chance.approximate - Double(tip) / 10_000).magnitude < 0.05, "\(tip), seed \(seed)")
            #expect(chance >= last, "\(tip), seed \(seed)")
            last = chance
        }
    }

    @Test func `bins against the order are pooled`() {
        // Three of four won at a low tip, one of four at a higher one: together four of eight, and half a one each side.
        let low = [true, true, true, false].map { WinTable.Outcome(tip: 100, hasWon: $0) }
        let high = [true, false, false, false].map { WinTable.Outcome(tip: 700, hasWon: $0) }
        let table = WinTable(low + high)
        #expect(table.partsPerBillion[0] == 500_000_000 && table.partsPerBillion[1] == 500_000_000)
    }

    @Test func `what is stored is read back, and what falls is refused`() {
        let table = WinTable([WinTable.Outcome(tip: 9_900, hasWon: true)])
        #expect(WinTable(partsPerBillion: table.partsPerBillion) == table)
        #expect(WinTable(partsPerBillion: table.partsPerBillion.reversed()) == nil)
        #expect(WinTable(partsPerBillion: [1]) == nil)
    }
}
