import Testing

@testable import Console

@Suite struct ArgumentsTests {
    private let set = CommandSet(
        program: "bailiff", meaning: "liquidates",
        commands: [
            Command(
                "run", "act on a live feed",
                options: [
                    .value("config", "FILE", "where the configuration is"),
                    .value("set", "KEY=VALUE", "overrides one setting", isRepeatable: true),
                    .toggle("dry", "sends nothing"),
                ], example: "bailiff run --config live.toml"),
            Command("explain", "says why", positionals: ["account"], example: "bailiff explain 0xabc"),
        ])

    @Test func `values, toggles and repetitions are read in either spelling`() throws {
        let arguments = try set.parse(["run", "--config", "a.toml", "--set=x=1", "--set", "y=2", "--dry", "--json"])
        #expect(arguments.command == "run" && arguments.value("config") == "a.toml")
        #expect(arguments.values("set") == ["x=1", "y=2"])
        #expect(arguments.has("dry") && arguments.wantsJSON && !arguments.wantsHelp)
    }

    @Test func `a positional may come anywhere, and after two dashes may begin with them`() throws {
        #expect(try set.parse(["explain", "0xabc", "--json"]).positionals == ["0xabc"])
        #expect(try set.parse(["explain", "--", "--odd"]).positionals == ["--odd"])
    }

    struct Wrong: Sendable {
        let words: [String], error: UsageError
    }

    @Test(arguments: [
        Wrong(words: [], error: .noCommand),
        Wrong(words: ["rum"], error: .unknownCommand("rum", suggestion: "run")),
        Wrong(words: ["dance"], error: .unknownCommand("dance", suggestion: nil)),
        Wrong(words: ["run", "--confg", "x"], error: .unknownOption("confg", suggestion: "config")),
        Wrong(words: ["run", "--zzzz"], error: .unknownOption("zzzz", suggestion: nil)),
        Wrong(words: ["run", "--config"], error: .missingValue(option: "config")),
        Wrong(words: ["run", "--config", "--dry"], error: .missingValue(option: "config")),
        Wrong(words: ["run", "--config", "a", "--config", "b"], error: .repeated(option: "config")),
        Wrong(words: ["run", "--dry=yes"], error: .unwantedValue(option: "dry")),
        Wrong(words: ["run", "more"], error: .unwantedPositional("more")),
        Wrong(words: ["explain"], error: .missingPositional("account")),
    ])
    func `a wrong command line is refused with what is wrong`(wrong: Wrong) {
        #expect(throws: wrong.error) { try set.parse(wrong.words) }
        #expect(!wrong.error.text.isEmpty)
    }

    @Test func `a number outside its range is refused with the range`() throws {
        let command = Command("a", "b", options: [.value("n", "N", "a number")], example: "")
        let set = CommandSet(program: "p", meaning: "m", commands: [command])
        #expect(try set.parse(["a"]).number("n", in: 1...9, default: 5) == 5)
        #expect(try set.parse(["a", "--n", "9"]).number("n", in: 1...9, default: 5) == 9)
        for text in ["0", "10", "x", "1.0"] {
            #expect(throws: UsageError.badValue(option: "n", found: text, allowed: "1 to 9")) {
                try set.parse(["a", "--n", text]).number("n", in: 1...9, default: 5)
            }
        }
    }

    @Test func `help names every option with its meaning, and asks for nothing`() throws {
        #expect(try set.parse(["explain", "--help"]).wantsHelp)
        #expect(
            set.commands[0].help(program: "bailiff") == """
                bailiff run: act on a live feed

                usage: bailiff run [options]

                  --config FILE    where the configuration is
                  --set KEY=VALUE  overrides one setting
                  --dry            sends nothing
                  --json           print one JSON object instead of text
                  --help           print this

                example: bailiff run --config live.toml

                """)
        #expect(set.help.contains("  explain  says why\n"))
    }

    @Test func `exit codes are those of sysexits and stay`() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 10, 64, 65, 66, 69, 70, 75, 78])
    }
}
