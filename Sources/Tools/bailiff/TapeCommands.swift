import Console

/// The commands around tapes, as data.
enum TapeCommands {
    static let record = Command(
        "record", "record a live feed on tapes (MCAP), frame by frame, until SIGINT or SIGTERM",
        options: [
            .value("config", "FILE", "the configuration (TOML): its feed is recorded"),
            .value("out", "DIR", "where to write; files are never written over"),
            .value("rotate-megabytes", "N", "begin another file when one has N megabytes (default: never)"),
            .value("rotate-minutes", "N", "begin another file every N minutes (default: never)"),
            .value("seconds", "N", "stop after so many seconds (default: on SIGINT or SIGTERM)"),
        ],
        example: "bailiff record --config config/bailiff.toml --out tapes --rotate-minutes 60")

    static let replay = Command(
        "replay", "play a tape to the engine and print what it decided: counts, rate and the hash of the decisions",
        options: [
            .value("config", "FILE", "strategy, capital and exclusions (TOML; default: the defaults)"),
            .value("from", "TIME", "from this receive time on (2021-01-11T00:00:00Z, or nanoseconds since 1970)"),
            .value("to", "TIME", "up to and with this receive time"),
            .value("log", "FILE", "write the decisions there, a JSON object a line"),
            .toggle(
                "every-tick",
                "play each tick of a compiled tape, also where nobody can cross: the same decisions, later"),
            .toggle(
                "as-run",
                "a run's own tape: tell the engine all that it was told then (outcomes, operators, silence) and fill nothing; "
                    + "the configuration is the tape's unless --config is given"),
        ],
        positionals: ["tape"],
        example: "bailiff replay tapes/feed-20210111T000000Z-0000.mcap --json")

    static let paper = Command(
        "paper",
        "play tapes against a venue with blocks, latency, rivals and depth, and say what would have been earned, and why not",
        options: [
            .value("tape", "FILE", "a tape; may be repeated", isRepeatable: true),
            .value(
                "strategy", "FILE", "strategy parameters (TOML; see config/strategies; default: the configuration's)"),
            .value("config", "FILE", "strategy, capital and exclusions (TOML; default: the defaults)"),
            .value("preset", "NAME", "measured, default, adversarial or all side by side (default: all)"),
            .value(
                "models", "FILE", "fitted numbers (of `bailiff tape calibrate`) in the presets default and adversarial"),
            .value("rivals", "N", "made-up rivals in every preset, 0 to 64; 0 leaves out the recorded winners too"),
            .toggle("cascade", "sales move the oracle in every preset"),
            .value("insurance", "N", "whole cash tokens in the insurance fund at first, in every preset"),
            .value("insurance-share", "N", "basis points of the protocol fee that go to the fund, in every preset"),
            .value("seed", "N", "what chance is made from, with the tape and the preset (default 1)"),
            .value("from", "TIME", "from this receive time on (2021-01-11T00:00:00Z, or nanoseconds since 1970)"),
            .value("to", "TIME", "up to and with this receive time"),
            .value("out", "FILE", "write the JSON there too; must not be there yet"),
            .value(
                "log", "FILE", "write decisions, endings and opportunities there, a JSON object a line (one preset)"),
            .value(
                "compare", "FILE", "instead of playing a tape: compare two files of --out; given twice",
                isRepeatable: true),
            .value("html", "FILE", "write a page with figures and charts; must not be there yet"),
            .value("charts", "FILE", "Chart.js to put into the page (default: that of the package libjs-chart.js)"),
        ],
        example: "bailiff paper --tape crash.mcap --out crash.json --html crash.html")

    static let parity = Command(
        "parity",
        "compare two runs over the same tape, decision by decision, every unit of their difference in profit under one cause; "
            + "a run's own tape stands for its run, and alone is compared with what it decides when it is played again",
        options: [
            .value("rows", "N", "crossings to print, those with most money first (default 10)"),
            .value("config", "FILE", "to play a run's own tape again with (TOML; default: the tape's)"),
        ],
        positionals: ["first"], repeatsLast: true,
        example: "bailiff parity tapes/run-20210111T000000Z-0000.mcap paper.jsonl")

    static let explain = Command(
        "explain", "play a tape up to a moment and say what the engine knew of an account, and what it decided and why",
        options: [
            .value("tape", "FILE", "the tape"),
            .value("at", "TIME", "with the frames received by then (2021-01-11T00:00:00Z, or nanoseconds since 1970)"),
            .value("market", "NAME", "the account's market, where several have that account"),
            .value(
                "config", "FILE",
                "strategy, limits, capital and exclusions (TOML; default: the defaults, and of a run's own tape the tape's)"
            ),
        ],
        positionals: ["account"],
        example: "bailiff explain 0xabc --tape crash.mcap --at 2021-01-11T12:00:00Z")

    /// Only for the list of commands: its own commands are in `all`.
    static let tape = Command(
        "tape", "look into tapes, check them, and make them from other files (see: bailiff tape --help)",
        example: "bailiff tape info a.mcap")

    static let all = CommandSet(
        program: "bailiff tape", meaning: "looks into tapes, checks them, and makes them from other files",
        commands: [info, verify, cat, cut, merge, export, importing, generate, compiling, calibrate])

    private static let from: Command.Option = .value(
        "from", "TIME", "from this receive time on (2021-01-11T00:00:00Z, or nanoseconds since 1970)")
    private static let to: Command.Option = .value("to", "TIME", "up to and with this receive time")
    private static let topics: Command.Option = .value(
        "topic", "PREFIX", "only channels that begin so; may be repeated (default: all)", isRepeatable: true)
    private static let out: Command.Option = .value("out", "FILE", "where to write; must not be there yet")

    static let info = Command(
        "info", "say what tapes are: origin, times, channels, counts", positionals: ["file"], repeatsLast: true,
        example: "bailiff tape info a.mcap --json")

    static let verify = Command(
        "verify", "compare every checksum, the index and the feed's numbering; exit code 65 when a tape is not sound",
        positionals: ["file"], repeatsLast: true, example: "bailiff tape verify tapes/*.mcap")

    static let cat = Command(
        "cat", "print messages, one a line", options: [from, to, topics, .value("limit", "N", "at most so many")],
        positionals: ["file"], example: "bailiff tape cat a.mcap --topic feed/venue.market --limit 10")

    static let cut = Command(
        "cut", "copy a stretch of a tape", options: [from, to, topics, out], positionals: ["file"],
        example: "bailiff tape cut a.mcap --from 2021-01-11T12:00:00Z --to 2021-01-11T13:00:00Z --out noon.mcap")

    static let merge = Command(
        "merge", "join tapes in order of receive time", options: [from, to, topics, out], positionals: ["file"],
        repeatsLast: true, example: "bailiff tape merge a.mcap b.mcap --out both.mcap")

    static let export = Command(
        "export", "print the frames as JSON lines, from which `tape import` makes the same frames again",
        options: [from, to], positionals: ["file"], example: "bailiff tape export a.mcap > a.jsonl")

    static let compiling = Command(
        "compile", "make a cache of a tape, which `bailiff replay` plays without decoding it again",
        options: [out, .value("config", "FILE", "whose excluded tags are to be told apart (TOML)")],
        positionals: ["file"], example: "bailiff tape compile crash.mcap --out crash.cache")

    static let generate = Command(
        "generate", "make a tape of a synthetic day from a recipe and a seed",
        options: [
            out,
            .value("recipe", "NAME", "crash, grind, depeg or calm (default crash)"),
            .value("hours", "N", "1 to 72 (default 6)"),
            .value("accounts", "N", "accounts whose fate is open (default 600)"),
            .value("safe-accounts", "N", "accounts that stay safe (default 400)"),
            .value("ticks", "N", "prices in every block's time beside the oracle's own, each a frame (default 0)"),
            .value("seed", "N", "the same seed is the same tape (default 1)"),
        ],
        example: "bailiff tape generate --recipe depeg --hours 12 --out depeg.mcap")

    static let calibrate = Command(
        "calibrate",
        "fit latency, gas, inclusion and rivals from tapes, with 95 % intervals, for `bailiff paper --models`",
        options: [
            .value("log", "FILE", "a log of `bailiff paper --log`; may be repeated", isRepeatable: true),
            .value("out", "FILE", "write the models there (TOML); must not be there yet"),
            .value(
                "seed", "N", "what intervals are drawn from; the same sources and seed are the same file (default 1)"),
        ],
        positionals: ["tape"], repeatsLast: true,
        example: "bailiff tape calibrate grind.mcap auctions.mcap --out models.toml")

    static let importing = Command(
        "import", "make a tape from a recorded episode's folder, from CSV (OHLC or ticks), or from JSON lines",
        options: [
            out,
            .value("layout", "NAME", "episode, ohlc, ticks or frames (default: by what SOURCE is)"),
            .value("asset", "NAME", "ohlc and ticks: whose prices these are (default: asset)"),
            .value("safe-accounts", "N", "episode of a crash: accounts that stay safe, from the seed (default 5000)"),
            .value("seed", "N", "seed of the safe accounts (default 1)"),
        ],
        positionals: ["source"], example: "bailiff tape import recordings/2021-01-eth-crash --out crash.mcap")
}
