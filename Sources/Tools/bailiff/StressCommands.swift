import Console
import Stress

extension Commands {
    static let stress = Command(
        "stress",
        "run trouble on purpose against every margin model and liquidation mechanism, and say who loses what",
        options: [
            .value(
                "scenario", "NAME", StressScenario.allCases.map(\.rawValue).joined(separator: ", ") + " (default: all)",
                isRepeatable: true),
            .value(
                "margin", "NAME", StressMargin.allCases.map(\.rawValue).joined(separator: ", ") + " (default: all)",
                isRepeatable: true),
            .value(
                "mechanism", "NAME",
                StressMechanism.allCases.map(\.rawValue).joined(separator: ", ") + " (default: all)",
                isRepeatable: true),
            .value("accounts", "N", "people, 1 to \(StressPopulation.accountsMax) (default 300)"),
            .value("seed", "N", "what people and prices are made from (default 1)"),
            .value("severity", "X", "0 (a quiet day) to 2, times the scenario's own moves (default 1)"),
            .value("config", "FILE", "risk parameters under [stress] (TOML); options go on top"),
            .value("out", "FILE", "write the JSON there too; must not be there yet"),
        ]
            + StressParameters.table.map { row in
                .value(
                    StressCommand.option(row), "N",
                    "\(row.meaning); \(row.range.lowerBound) to \(row.range.upperBound) (default \(row.standard))")
            },
        example: "bailiff stress --scenario cascade --margin cross --severity 1.5 --penalty-bps 1000")
}
