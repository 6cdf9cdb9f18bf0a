import Console
import Stress
import Units

/// One block a scenario, a row a design, for people who set risk parameters. Money in whole dollars.
struct StressTable {
    private let study: StressStudy
    private let results: [StressResult]

    init(_ study: StressStudy, _ results: [StressResult]) {
        self.study = study
        self.results = results
    }

    private static let header = [
        "design", "bad debt", "insurance", "socialised", "owed still", "others lose", "liquidated", "volume",
        "recovered", "sold", "bot", "gas", "lowest", "solvent after",
    ]

    var text: String {
        let debts = study.population.accounts.reduce(0) { $0 + $1.debt }
        let head =
            "\(study.accounts) people owing \(Self.dollars(debts)), seed \(study.seed), severity "
            + "\(Self.hundredths(study.severity.hundredths)); whole dollars, see docs/stress.md\n"
        let blocks = study.scenarios.map { scenario in
            let rows = results.filter { $0.scenario == scenario }.map(Self.row)
            return "\n\(scenario.rawValue)\n" + TextTable(header: Self.header, rows: rows).text
        }
        let absent = study.designs.compactMap { design in design.absence.map { "\(design.name): \($0)\n" } }
        let tail = absent.isEmpty ? "" : "\nno such venue:\n" + absent.joined()
        return head + blocks.joined() + tail
    }

    private static func row(_ found: StressResult) -> [String] {
        [
            found.design.name, dollars(found.badDebt), dollars(found.insurance), dollars(found.socialised),
            dollars(found.owedBeyond), dollars(found.others), found.liquidations.grouped, dollars(found.volume),
            found.recovered.map { hundredths($0) + " %" } ?? "-", dollars(found.collateral), signed(found.botProfit),
            dollars(found.gas), hundredths(found.lowestImpact) + " %",
            found.blocksToSolvency.map { "\($0)" } ?? "not within the run",
        ]
    }

    /// Cut to whole dollars.
    private static func dollars(_ cash: TokenAmount) -> String {
        UInt64(clamping: cash / StressAsset.cashUnit).grouped
    }

    private static func signed(_ cash: Int128) -> String {
        let text = dollars(cash.magnitude)
        return cash < 0 && text != "0" ? "-" + text : text
    }

    private static func hundredths(_ value: UInt64) -> String {
        "\(value / 100)." + (value % 100 < 10 ? "0" : "") + "\(value % 100)"
    }
}
