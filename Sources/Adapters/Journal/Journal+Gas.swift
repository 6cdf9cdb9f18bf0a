public import Domain
import Submission
public import Units

/// Gas that a transaction has used, by its receipt.
public struct GasReceipt: Equatable, Sendable {
    public var market: String
    public var action: GasAction
    public var used: GasUnits

    public init(market: String, action: GasAction, used: GasUnits) {
        self.market = market
        self.action = action
        self.used = used
    }
}

/// What has been learned of gas remembers over a restart: the last receipts of each market and action, oldest first.
extension Journal {
    public static let receiptsMax = 32

    public func record(_ receipt: GasReceipt) throws(JournalError) {
        let key = "gas \(receipt.action) \(receipt.market)"
        let write = try Statement(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", on: connection)
        let query = try Statement("SELECT value FROM meta WHERE key = ?", on: connection)
        query.bind([.text(key)])
        let known = try query.step() ? query.text(0).split(separator: " ").suffix(Self.receiptsMax - 1) : []
        let text = (known.map(String.init) + ["\(receipt.used.count)"]).joined(separator: " ")
        try transaction { () throws(JournalError) in try write.run([.text(key), .text(text)]) }
    }

    public func gasReceipts() throws(JournalError) -> [GasReceipt] {
        checkThread()
        let query = try Statement("SELECT key, value FROM meta WHERE key LIKE 'gas %' ORDER BY key", on: connection)
        var found: [GasReceipt] = []
        while try query.step() {
            let words = query.text(0).split(separator: " ", maxSplits: 2).map(String.init)
            guard words.count == 3, let action = GasAction.allCases.first(where: { "\($0)" == words[1] }) else {
                throw JournalError(.corrupt, file: connection.file, subject: query.text(0))
            }
            for text in query.text(1).split(separator: " ") {
                guard let used = UInt64(text) else {
                    throw JournalError(.corrupt, file: connection.file, subject: query.text(0))
                }
                found.append(GasReceipt(market: words[2], action: action, used: GasUnits(used)))
            }
        }
        return found
    }
}
