import Console
import Paper
import Units

/// The presets of one tape side by side, for a terminal.
struct PaperSummary {
    private let tape: String
    private let title: String
    private let presets: [PaperReport]

    init(_ tape: String, _ title: String, _ presets: [PaperReport]) {
        self.tape = tape
        self.title = title
        self.presets = presets
    }

    var text: String {
        guard let first = presets.first else { return "" }
        let rows =
            [
                row("opportunities") { UInt64($0.opportunities.opened).grouped },
                row("captured") { "\($0.capture.won) of \($0.capture.of)\(Self.share($0.capture))" },
                row("captured, money") { $0.capture.moneyRatio.map(Self.percent) ?? "-" },
                row("profit \(first.cash)") { money($0.money.profit, $0) },
                row("  cash") { money($0.money.cash, $0) },
                row("  gas") { money($0.money.gas, $0) },
                row("bids") { $0.bids.intents.grouped },
                row("  settled, in part") {
                    "\($0.world.ours["settled"] ?? 0), \($0.world.ours["settled_in_part"] ?? 0)"
                },
                row("  outbid, late, reverted, expired") { report in
                    ["outbid", "late", "reverted", "expired"].map { "\(report.world.ours[$0] ?? 0)" }
                        .joined(separator: ", ")
                },
                row("news to venue, p50 p99") { Self.times($0.latency.arrivalMicroseconds) },
                row("news to block, p50 p99") { Self.times($0.latency.inclusionMicroseconds) },
                row("bad debt \(first.cash), owed beyond") {
                    "\(money($0.world.badDebt, $0)), \(money($0.world.shortfall, $0))"
                },
                row("  paid by the fund, by suppliers") {
                    "\(money($0.world.insurance.drawn, $0)), \(money($0.world.insurance.socialised, $0))"
                },
            ] + classes + [row("decisions' hash") { String($0.decisionSHA256.prefix(16)) }]
        let table = TextTable(header: ["paper"] + presets.map(\.preset), rows: rows).text
        return "\(tape): \(title.isEmpty ? "a tape" : title)\n\(table)\(verdict)"
    }

    /// Class by class: how many, what they were worth (won: what they brought).
    private var classes: [[String]] {
        guard let first = presets.first else { return [] }
        return first.opportunities.classes.indices.map { position in
            row(first.opportunities.classes[position].name) { report in
                let found = report.opportunities.classes[position]
                return "\(found.count), \(money(found.money, report))"
            }
        } + [row("still open") { "\($0.opportunities.open)" }]
    }

    private var verdict: String {
        presets.allSatisfy(\.opportunities.addsUp) ? "" : "THE CLASSES DO NOT ADD UP TO WHAT WAS OPENED\n"
    }

    private func row(_ name: String, _ value: (PaperReport) -> String) -> [String] { [name] + presets.map(value) }

    private func money(_ units: String, _ report: PaperReport) -> String {
        Int128(units).map { Cash(units: $0).text(decimals: report.cashDecimals) } ?? units
    }

    private static func share(_ capture: PaperReport.Capture) -> String {
        guard let ratio = capture.ratio, let low = capture.low, let high = capture.high else { return "" }
        return ", \(percent(ratio)) (\(percent(low)) to \(percent(high)))"
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1_000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private static func times(_ found: PaperReport.Percentiles) -> String {
        guard found.count > 0 else { return "-" }
        return [found.p50, found.p99].map { Interval(nanoseconds: $0 * 1_000).text }.joined(separator: ", ")
    }
}
