import Domain
import Journal
import Testing
import Units

@Suite struct JournalGasTests {
    @Test func `the last thirty-two receipts of a market and an action survive a restart`() throws {
        let folder = Folder()
        do {
            let journal = try Journal(file: folder.journal, mode: .live)
            for used in 1...40 as ClosedRange<UInt64> {
                try journal.record(GasReceipt(market: "aave-v2", action: .liquidation, used: GasUnits(used)))
            }
            try journal.record(GasReceipt(market: "aave-v2", action: .revert, used: GasUnits(7)))
            try journal.record(GasReceipt(market: "other market", action: .liquidation, used: GasUnits(8)))
        }
        let found = try Journal(file: folder.journal, mode: .live).gasReceipts()
        #expect(found.count == 34)
        #expect(found.prefix(32).map(\.used.count) == Array(9...40))
        #expect(found.prefix(32).allSatisfy { $0.market == "aave-v2" && $0.action == .liquidation })
        #expect(
            found.suffix(2) == [
                GasReceipt(market: "other market", action: .liquidation, used: GasUnits(8)),
                GasReceipt(market: "aave-v2", action: .revert, used: GasUnits(7)),
            ])
    }
}
