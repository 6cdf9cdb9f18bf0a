import Console

/// Declarations of what tuning is made of.
enum TuneCommands {
    private static let world: [Command.Option] = [
        .value("preset", "NAME", "what is supposed of the world: measured, default or adversarial (default: default)"),
        .value("strategy", "FILE", "the strategy that is varied (TOML; default: the configuration's)"),
        .value("config", "FILE", "strategy, capital, limits and exclusions (TOML; default: the defaults)"),
        .value("windows", "N", "stretches of equal length that each tape is scored in, 1 to 1000 (default 1)"),
    ]

    static let trial = Command(
        "trial", "what a strategy earns on compiled tapes, asked and answered in JSON lines",
        options: [
            .value(
                "tape", "FILE", "a tape of `bailiff tape compile`; its name is the file's; may be repeated",
                isRepeatable: true)
        ] + world + [.toggle("serve", "answer question after question; without it, one")],
        example: "bailiff trial --tape crash.cache < question.json")

    /// In the list of commands; what it can do is `all`.
    static let tune = Command(
        "tune", "search the strategy's parameters on tapes, and say whether what was found is better: see tune --help",
        options: [], positionals: ["subcommand"], repeatsLast: true, example: "bailiff tune --help")

    static let all = CommandSet(
        program: "bailiff tune",
        meaning: "search the strategy's parameters on tapes; search is meant when no command is named",
        commands: [search, status, space])

    static let search = Command(
        "search", "search, race the best against the default, and confirm the winner on tapes that were held out",
        options: [
            .value("tape", "FILE", "a tape to search on, compiled or not; may be repeated", isRepeatable: true),
            .value("holdout", "FILE", "a tape to confirm on, once; may be repeated", isRepeatable: true),
            .value("study", "DIR", "where the study lives; the same command again goes on with it"),
            .value("trials", "N", "trials of the search (default 150)"),
            .value("workers", "N", "processes, 1 to 64 (default: one a core); the result does not depend on it"),
            .value("subset", "N", "tapes that a generation is tried on (default: 8, or all)"),
            .value("sampler", "NAME", "catcma, random, sobol or grid (default: catcma)"),
            .value("objectives", "LIST", "profit, then drawdown and failed_gas, by commas (default: profit)"),
            .value("max-drawdown", "TOKENS", "no parameters with a larger drawdown in a fold"),
            .value("max-failed-gas", "TOKENS", "no parameters with more gas for nothing in a trial"),
            .value("space", "FILE", "what is searched (JSON; see tune space; default: the standard space)"),
            .value("seed", "N", "what chance is made from (default 1)"),
            .value("charts", "FILE", "Chart.js for the page report.html (default: where libjs-chart.js puts it)"),
        ] + world,
        example: "bailiff tune --tape crash1.mcap --tape crash2.mcap --holdout later.mcap --study study")

    static let status = Command(
        "status", "how a study stands, also while it runs",
        options: [.value("study", "DIR", "the study")], example: "bailiff tune status --study study")

    static let space = Command(
        "space", "what is searched: names, ends, scales and defaults",
        options: [.value("space", "FILE", "a space (JSON) instead of the standard one")]
            + world.filter { ["strategy", "config"].contains($0.name) },
        example: "bailiff tune space --json")
}
