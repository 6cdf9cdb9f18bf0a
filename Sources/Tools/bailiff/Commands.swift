import Console

/// Every command of the program, as data: parsing, refusals and help come from it.
enum Commands {
    static let all = CommandSet(
        program: "bailiff",
        meaning: "watches margin accounts over ZeroMQ and liquidates over HTTP; on paper unless told otherwise twice",
        commands: [
            demo, run, resume, venue, importEpisode, reliability, simulate, stress, config, TapeCommands.record,
            TapeCommands.replay, TapeCommands.paper, TapeCommands.parity, TapeCommands.explain, TuneCommands.trial,
            TuneCommands.tune, TapeCommands.tape,
        ])

    static let demo = Command(
        "demo", "play a market with a venue and a bot as two real processes on this machine, then sum up",
        options: [
            .value("episode", "DIR", "play this imported episode instead of the embedded synthetic one"),
            .value("rivals", "N", "scripted rivals in the venue, 0 to 8 (default 2; 0 with --episode)"),
            .value("speed", "N", "market seconds a wall second (default: the whole market in about half a minute)"),
            .value("seed", "N", "seed of the synthetic market and of the rivals (default 1)"),
            .value("accounts", "N", "accounts of the synthetic market that may fall (default 600)"),
            .value("keep", "DIR", "keep journal, configuration and ledger in this directory"),
            .value("record", "DIR", "write the bot's own tape there, as `bailiff run --record` does"),
        ],
        example: "bailiff demo --rivals 2")

    static let run = Command(
        "run", "run the bot on a live feed; on paper unless the configuration and --live both say live",
        options: [
            .value("config", "FILE", "the configuration (TOML; see config/bailiff.toml)"),
            .toggle("live", "really send: needs mode = \"live\" and live.enabled = true as well"),
            .value("seconds", "N", "stop after so many seconds (default: on SIGINT or SIGTERM)"),
            .value("record", "DIR", "write the run's own tape (MCAP) there: frames, decisions, requests, outcomes"),
            .value("rotate-megabytes", "N", "begin another tape when one has N megabytes (default: never)"),
            .value("rotate-minutes", "N", "begin another tape every N minutes (default: never)"),
        ],
        example: "bailiff run --config config/bailiff.toml --record tapes --seconds 60")

    static let resume = Command(
        "resume", "end a halt that the journal remembers, while no bot runs on it (a running one: kill -USR2)",
        options: [.value("config", "FILE", "the configuration, which names the journal")],
        example: "bailiff resume --config config/bailiff.toml")

    static let venue = Command(
        "venue", "run a margin engine to liquidate against: accounts and prices over ZeroMQ, orders over HTTP",
        options: [
            .value("episode", "DIR", "play this imported episode instead of the embedded synthetic one"),
            .value(
                "feed", "ENDPOINT", "where to publish (default tcp://127.0.0.1:5556; tcp://127.0.0.1:* picks a port)"),
            .value("http-port", "N", "where to take orders on 127.0.0.1 (default 8080; 0 picks a port)"),
            .value("liquidator", "NAME", "who may liquidate (default bailiff)"),
            .value("secret-file", "FILE", "the liquidator's secret, readable by its owner only"),
            .value("rivals", "N", "scripted rivals, 0 to 8 (default 0)"),
            .value("speed", "N", "market seconds a wall second (default 600; 0 is as fast as possible)"),
            .value("seed", "N", "seed of the synthetic market and of the rivals (default 1)"),
            .value("accounts", "N", "accounts of the synthetic market that may fall (default 600)"),
            .value("block-milliseconds", "N", "least wall time of a block while something is raced for (default 25)"),
            .value("ledger", "FILE", "write the ledger there at the end"),
            .value("linger", "SECONDS", "serve so long after the market's end (default 30)"),
            .value("drop-response-every", "N", "rehearsal: take every Nth order and hang up without an answer"),
            .value("answer-500-every", "N", "rehearsal: take every Nth order and answer 500"),
            .value("delay-milliseconds", "N", "rehearsal: think so long before every answer"),
        ],
        example: "bailiff venue --secret-file venue.secret --rivals 1")

    static let importEpisode = Command(
        "import", "turn recorded CSV files into an episode that demo and venue can play",
        options: [
            .value("out", "DIR", "where to write the episode"),
            .value("safe-accounts", "N", "accounts that stay safe, from the seed (default 5000)"),
            .value("seed", "N", "seed of the safe accounts (default 1)"),
        ],
        positionals: ["directory"],
        example: "bailiff import recordings/2021-01-eth-crash --out episodes/2021-01")

    static let reliability = Command(
        "reliability", "compare predicted crossings with recorded prices, probability by probability",
        options: [], positionals: ["directory"],
        example: "bailiff reliability recordings --json")

    static let simulate = Command(
        "simulate",
        "work out what an account offers and the bid that follows, from a JSON file (- is the standard input)",
        options: [
            .value("strategy", "FILE", "strategy parameters (TOML; see config/strategies); the case's own go on top")
        ],
        positionals: ["case"],
        example: "bailiff simulate examples/simulate/aave.json")

    static let config = Command(
        "config", "check a configuration and print every value in force, or the table of strategy parameters",
        options: [
            .value("config", "FILE", "the configuration to check; without it, the defaults"),
            .toggle("strategy", "print the strategy parameters: name, value, default, allowed, scale, unit, meaning"),
        ],
        example: "bailiff config --strategy --config config/bailiff.toml")
}

/// A command that cannot go on: what to say, and the exit code that scripts may rely on.
struct CommandFailure: Error {
    var code: ExitCode
    var message: String
}
