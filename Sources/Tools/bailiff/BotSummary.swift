import BiddingModel
import Console
import Desk
import Domain
import Engine
import Foundation
import Opportunities
import Units

/// What a run of the bot comes to, for people and for programs. Sums are exact: amounts are decimal text.
struct BotSummary: Codable {
    var mode: String
    var accounts: Int
    var frames: UInt64
    var ticks: UInt64
    var crossed: UInt64
    var bids: UInt64
    var won: Int
    var lost: [String: Int]
    var refused: [String: UInt64]
    var ignored: [String: UInt64]
    var feedMissing: UInt64
    var feedFaulty: UInt64
    var recordFaults: UInt64
    var mailboxOverflows: UInt64
    /// Change of the cash balance, in the cash token's smallest units.
    var cash: String
    var cashDecimals: UInt8
    var gasPaidWei: String
    /// The gas at the oracle's prices of the moment each outcome arrived, rounded up.
    var gasInCash: String
    var netProfit: String
    var tickToRequestP50Nanoseconds: Int64?
    var tickToRequestP99Nanoseconds: Int64?
    /// Who is likeliest to cross within the horizon, at the end of the run.
    var likeliest: [LikelyCrossing]
    /// What became of every account that could be taken: how many, and the money in the cash token's smallest units: what was
    /// earned where it was won, what it seemed worth where it was not. `opened` is the sum of all and of `open`.
    var opportunities: [String: OpportunityLine]
    /// What the bot allowed itself at the end.
    var trading: String
    /// What became of the questions to an outside model, by answer or reason; empty without one.
    var model: [String: UInt64]
    /// What transactions are taken to use, as their receipts have taught.
    var gas: [LearnedGasLine]
    /// Bids that the table of chances has learned from.
    var winOutcomes: UInt64
    /// What is on the run's own tape; absent where nobody recorded.
    var tape: TapeCounts?
    var failure: String?

    init(mode: String, _ status: BotStatus.Snapshot) {
        self.mode = mode
        accounts = status.accounts
        frames = status.frames
        ticks = status.engine.ticks
        crossed = status.engine.crossings
        bids = status.engine.intents
        won = status.endings[.settled] ?? 0
        lost = [:]
        for (ending, count) in status.endings where ending != .settled { lost["\(ending)"] = count }
        refused = [:]
        for reason in Refusal.allCases where status.engine[reason] > 0 { refused[reason.word] = status.engine[reason] }
        ignored = [:]
        for reason in IgnoredInput.allCases where status.engine[ignored: reason] > 0 {
            ignored["\(reason)"] = status.engine[ignored: reason]
        }
        feedMissing = status.missing
        feedFaulty = status.faulty
        recordFaults = status.recordFaults
        mailboxOverflows = status.mailboxOverflows
        cash = "\(status.cash.units)"
        cashDecimals = status.decimals
        gasPaidWei = "\(status.gasPaid)"
        gasInCash = "\(status.gasInCash.units)"
        netProfit = "\((status.cash - status.gasInCash).units)"
        tickToRequestP50Nanoseconds = status.tickToRequest.median?.nanoseconds
        tickToRequestP99Nanoseconds = status.tickToRequest.p99?.nanoseconds
        likeliest = status.likeliest
        opportunities = Self.lines(status.opportunities)
        trading = "\(status.trading)"
        model = status.model.map(Self.counts) ?? [:]
        gas = status.gas
        winOutcomes = status.winOutcomes
        tape = status.tape
        failure = status.failure
    }

    private static func lines(_ summary: OpportunitySummary) -> [String: OpportunityLine] {
        var lines = ["opened": OpportunityLine(count: summary.opened, money: "0")]
        lines["open"] = OpportunityLine(count: UInt64(summary.open), money: "0")
        for kind in OpportunityClass.allCases where summary[kind].count > 0 {
            lines["\(kind)"] = OpportunityLine(count: summary[kind].count, money: "\(summary[kind].money.units)")
        }
        return lines
    }

    private static func rows(_ tape: TapeCounts) -> [[String]] {
        let entries = tape.entries.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        var rows = [
            ["tape, messages", (["\(tape.frames) frames"] + entries).joined(separator: ", ")],
            ["tape, bytes", tape.bytes.grouped],
            ["tape, left off; most that waited", "\(tape.leftOff); \(tape.queueDepthMax)"],
        ]
        rows += tape.files.map { ["tape", $0] }
        if let failure = tape.failure { rows.append(["TAPE FAILED", failure]) }
        return rows
    }

    private static func counts(_ model: ModelCounters) -> [String: UInt64] {
        var counts = ["asked": model.asked, "bid": model.bids, "no bid": model.noBids, "starts": model.starts]
        for (absence, count) in model.absences { counts["none: \(absence)"] = count }
        for (fault, count) in model.faults { counts["faulty line: \(fault)"] = count }
        return counts
    }

    /// For people.
    var text: String {
        let money: (String) -> String = { Cash(units: Int128($0) ?? 0).text(decimals: cashDecimals) }
        let latency: (Int64?) -> String = { $0.map { Interval(nanoseconds: $0).text } ?? "none" }
        var rows = [
            ["mode", mode], ["accounts", "\(accounts)"], ["price ticks", "\(ticks)"], ["crossed", "\(crossed)"],
            ["bids", "\(bids)"], ["won", "\(won)"],
        ]
        rows += lost.sorted { $0.key < $1.key }.map { ["lost: \($0.key)", "\($0.value)"] }
        rows += refused.sorted { $0.key < $1.key }.map { ["looked and refused: \($0.key)", "\($0.value)"] }
        rows += ignored.sorted { $0.key < $1.key }.map { ["inputs ignored: \($0.key)", "\($0.value)"] }
        rows += [
            ["messages missing, faulty; records faulty", "\(feedMissing), \(feedFaulty); \(recordFaults)"],
            ["cash earned", money(cash)], ["gas paid, in cash", money(gasInCash)], ["net profit", money(netProfit)],
            ["tick to request, p50", latency(tickToRequestP50Nanoseconds)],
            ["tick to request, p99", latency(tickToRequestP99Nanoseconds)],
        ]
        for kind in OpportunityClass.allCases {
            guard let line = opportunities["\(kind)"] else { continue }
            rows.append(["opportunities, \(kind)", "\(line.count), worth \(money(line.money))"])
        }
        if trading != "active" { rows.append(["state", trading.uppercased()]) }
        rows += model.sorted { $0.key < $1.key }.map { ["model, \($0.key)", "\($0.value)"] }
        rows += gas.map { ["gas learned, \($0.action) in \($0.market)", "\($0.gas)"] }
        if winOutcomes > 0 { rows.append(["outcomes in the table of chances", "\(winOutcomes)"]) }
        rows += likeliest.prefix(3).map {
            ["likely to cross", "\($0.account) in \($0.market): \(Int(($0.probability * 100).rounded())) %"]
        }
        if mode == "PAPER" {
            rows.append(["assumption", "every paper bid is filled in the next block, without rivals"])
        }
        rows += tape.map(Self.rows) ?? []
        if let failure { rows.append(["FAILED", failure]) }
        return TextTable(rows: rows).text
    }
}

/// One class of opportunities in a summary.
struct OpportunityLine: Codable, Equatable {
    var count: UInt64
    var money: String
}
