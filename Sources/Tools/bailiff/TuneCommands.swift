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
}
