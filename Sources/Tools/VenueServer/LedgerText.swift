import Domain
import MarginEngine
import Mechanisms
import Submission
import Units

/// The ledger as JSON, version 1. Amounts are strings, as everywhere on the wire.
///
/// `{"version":1,"block":n,"insurance_fund":"…","covered":"…","bad_debt":"…","accounts_written_off":n,
/// "protocol_fees":{asset:"…"},"flash_loan_fees":{…},"written_off":{…},"liquidators":[{"name":…,"cash":"…",
/// "gas_money":"…","gas_burnt":"…","counts":{"settled":n,…}}],"rows":[{"id":…,"liquidator":…,"account":…,
/// "collateral_asset":…,"debt_asset":…,"ending":…,"repaid":"…","seized":"…","cash":"…","gas_paid":"…","block":n}]}`;
/// `rows` only when asked for.
struct LedgerText {
    private let assets: [String]
    private let ledger: Ledger

    init(_ ledger: Ledger, assets: [String]) {
        self.ledger = ledger
        self.assets = assets
    }

    func encoded(block: BlockNumber, withRows: Bool) -> [UInt8] {
        var fields = [
            "\"version\":1", "\"block\":\(block.height)", "\"insurance_fund\":\"\(ledger.insuranceFund)\"",
            "\"covered\":\"\(ledger.covered)\"", "\"bad_debt\":\"\(ledger.badDebt)\"",
            "\"accounts_written_off\":\(ledger.accountsWrittenOff)",
            "\"protocol_fees\":\(amounts(ledger.protocolFees))",
            "\"flash_loan_fees\":\(amounts(ledger.flashLoanFees))", "\"written_off\":\(amounts(ledger.writtenOff))",
            "\"liquidators\":[\(ledger.liquidators.map(text).joined(separator: ","))]",
        ]
        if withRows { fields.append("\"rows\":[\(ledger.rows.map(text).joined(separator: ","))]") }
        return Array("{\(fields.joined(separator: ","))}".utf8)
    }

    private func amounts(_ amounts: [TokenAmount]) -> String {
        "{\(zip(assets, amounts).map { "\(Self.quoted($0)):\"\($1)\"" }.joined(separator: ","))}"
    }

    private func text(_ account: LiquidatorAccount) -> String {
        let counts = IntentOutcome.Ending.allCases.map { "\"\($0)\":\(account[$0])" }.joined(separator: ",")
        return "{\"name\":\(Self.quoted(account.name)),\"cash\":\"\(account.cash.units)\","
            + "\"gas_money\":\"\(account.gasMoney)\",\"gas_burnt\":\"\(account.gasBurnt)\",\"counts\":{\(counts)}}"
    }

    private func text(_ row: SettledOrder) -> String {
        let names = [
            ("id", row.id.text), ("liquidator", ledger.liquidators[row.liquidator.position].name),
            ("account", row.account), ("collateral_asset", assets[row.pair.collateral.position]),
            ("debt_asset", assets[row.pair.debt.position]), ("ending", "\(row.ending)"),
            ("repaid", "\(row.figures.repaid)"), ("seized", "\(row.figures.seized)"),
            ("cash", "\(row.figures.cash.units)"), ("gas_paid", "\(row.figures.gasPaid)"),
        ]
        let fields = names.map { "\"\($0)\":\(Self.quoted($1))" }.joined(separator: ",")
        return "{\(fields),\"block\":\(row.figures.block.height)}"
    }

    /// RFC 8259, section 7; names here are printable ASCII.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
