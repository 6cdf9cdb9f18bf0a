import Console
import Foundation
import Journal
import MarginEngine
import Submission
import Units

/// Lays the venue's ledger beside the bot's journal, intent by intent, to the last unit; and both beside what is known of
/// the accounts' fate.
struct DemoAudit: Encodable {
    private struct Ledger: Decodable {
        struct Row: Decodable {
            var id: String
            var liquidator: String
            var account: String
            var ending: String
            var cash: String
            var gas_paid: String
        }
        struct Liquidator: Decodable {
            var name: String
            var cash: String
            var gas_burnt: String
        }
        var bad_debt: String
        var liquidators: [Liquidator]
        var rows: [Row]
    }

    /// Intents that stand in one book only, or differ.
    private(set) var differences: [String] = []
    private(set) var intentsCompared = 0
    private(set) var ledgerCash = "0"
    private(set) var journalCash = "0"
    private(set) var ledgerGas = "0"
    private(set) var journalGas = "0"
    private(set) var badDebt = "0"
    private(set) var rivalSettlements = 0
    private(set) var recordedAccounts = 0
    private(set) var recordedLiquidated = 0
    private(set) var recordedMissed: [String] = []
    private(set) var safeAccounts = 0
    private(set) var safeLiquidated: [String] = []

    init(journal path: String, ledger file: String, episode: Episode) throws {
        let ledger = try JSONDecoder().decode(Ledger.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        let journal = try Journal(file: path, mode: .live)
        let intents = try journal.intents(limit: 1_000_000)
        compare(intents, ledger)
        compareTotals(intents, ledger)
        judgeFates(episode, ledger)
    }

    var agrees: Bool { differences.isEmpty && ledgerCash == journalCash && ledgerGas == journalGas }

    private mutating func compare(_ intents: [IntentRow], _ ledger: Ledger) {
        var rows: [String: Ledger.Row] = [:]
        for row in ledger.rows where row.liquidator == "bailiff" {
            if rows.updateValue(row, forKey: row.id) != nil { differences.append("\(row.id): twice in the ledger") }
        }
        for intent in intents {
            intentsCompared += 1
            let id = intent.record.id.text
            let row = rows.removeValue(forKey: id)
            guard intent.state.isFinished else {
                differences.append("\(id): unfinished in the journal")
                continue
            }
            let isUnknownToVenue = intent.state == .rejected || intent.state == .abandoned
            guard let row else {
                if !isUnknownToVenue { differences.append("\(id): \(intent.state) in the journal, not in the ledger") }
                continue
            }
            let outcome = intent.outcome ?? .nothing
            if row.ending != "\(intent.state)" || row.cash != "\(outcome.cash.units)"
                || row.gas_paid != "\(outcome.gasPaid)"
            {
                differences.append(
                    "\(id): ledger \(row.ending) \(row.cash), journal \(intent.state) \(outcome.cash.units)")
            }
        }
        differences += rows.keys.sorted().map { "\($0): in the ledger, not in the journal" }
    }

    private mutating func compareTotals(_ intents: [IntentRow], _ ledger: Ledger) {
        var (cash, gas) = (Cash.zero, Wei(0))
        for intent in intents {
            cash += intent.outcome?.cash ?? .zero
            gas += intent.outcome?.gasPaid ?? 0
        }
        let account = ledger.liquidators.first { $0.name == "bailiff" }
        (journalCash, journalGas) = ("\(cash.units)", "\(gas)")
        (ledgerCash, ledgerGas) = (account?.cash ?? "0", account?.gas_burnt ?? "0")
        badDebt = ledger.bad_debt
        rivalSettlements = ledger.rows.filter { $0.liquidator != "bailiff" && $0.ending == "settled" }.count
    }

    private mutating func judgeFates(_ episode: Episode, _ ledger: Ledger) {
        let taken = Set(ledger.rows.filter { $0.ending == "settled" && $0.liquidator == "bailiff" }.map(\.account))
        var fates: [String: EpisodeAccount.Fate] = [:]
        for case .account(let account) in episode.events.map(\.event) { fates[account.name] = account.fate }
        for (name, fate) in fates.sorted(by: { $0.key < $1.key }) {
            if fate == .recorded {
                recordedAccounts += 1
                if taken.contains(name) { recordedLiquidated += 1 } else { recordedMissed.append(name) }
            } else if fate == .safe {
                safeAccounts += 1
                if taken.contains(name) { safeLiquidated.append(name) }
            }
        }
    }

    var text: String {
        var rows = [
            [
                "venue's ledger equals bot's journal",
                agrees ? "yes, \(intentsCompared) intents, to the last unit" : "NO",
            ],
            ["rivals' liquidations", "\(rivalSettlements)"], ["bad debt, cash units", badDebt],
        ]
        if recordedAccounts > 0 {
            rows.append(["recorded accounts liquidated", "\(recordedLiquidated) of \(recordedAccounts)"])
        }
        if safeAccounts > 0 { rows.append(["safe accounts liquidated", "\(safeLiquidated.count) of \(safeAccounts)"]) }
        rows += differences.prefix(10).map { ["difference", $0] }
        rows += recordedMissed.prefix(10).map { ["missed", $0] }
        return TextTable(rows: rows).text
    }
}

/// The demo's result for programs.
struct DemoReport: Encodable {
    var title: String
    var isSynthetic: Bool
    var bot: BotSummary
    var audit: DemoAudit
    var agrees: Bool

    init(_ summary: BotSummary, _ audit: DemoAudit, _ episode: Episode) {
        title = episode.title
        isSynthetic = episode.isSynthetic
        bot = summary
        self.audit = audit
        agrees = audit.agrees
    }
}
