import Testing
import Units
import Winning

@Suite struct WinRecordTests {
    private func flat(_ chance: UInt32) throws -> WinTable {
        try #require(WinTable(partsPerBillion: [UInt32](repeating: chance, count: 16)))
    }

    @Test func `outcomes are weighed against what was known at the start`() throws {
        var record = WinRecord(try flat(200_000_000), weight: 16)
        for _ in 0..<4 { record.learn(WinTable.Outcome(tip: 9_900, hasWon: true)) }
        // (0.2 · 16 + 4) / 20, in the last sixteenth only; chances are rounded down.
        #expect(record.table.partsPerBillion.last.map { $0 / 10 } == 35_999_999)
        #expect(record.table.partsPerBillion.first.map { $0 / 10 } == 19_999_999)
        #expect(record.outcomes == 4)
    }

    @Test func `what goes against the order is pooled`() throws {
        var record = WinRecord(try flat(500_000_000), weight: 1)
        for _ in 0..<9 { record.learn(WinTable.Outcome(tip: 9_900, hasWon: false)) }
        // Sixteen halves of twenty-five.
        #expect(Set(record.table.partsPerBillion).count == 1)
        #expect(record.table.partsPerBillion[0] / 10 == 31_999_999)
    }

    @Test func `nothing learned is the start`() throws {
        let start = try flat(123)
        #expect(WinRecord(start, weight: 5).table == start)
    }
}
