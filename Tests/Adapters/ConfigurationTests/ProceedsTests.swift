import Configuration
import Domain
import Glibc
import Testing
import Units
import Winning

@Suite struct ProceedsTests {
    private func message(_ text: String) -> String {
        let error = #expect(throws: ConfigurationError.self) { try BotConfiguration.decode(text, file: "f") }
        return error?.description ?? ""
    }

    @Test func `each asset is sold in its pool, in streamed depth, or kept`() throws {
        let text = """
            [proceeds]
            otherwise = "depth"
            [[proceeds.assets]]
            market = "aave-v2"
            asset = "WETH"
            use = "pool"
            [[proceeds.assets]]
            market = "aave-v2"
            asset = "WBTC"
            use = "keep"
            haircut_bps = 150
            held_max = "500000000"
            held = "7"
            """
        let proceeds = try BotConfiguration.decode(text, file: "f").proceeds
        let keeping = AssetUse.Keeping(haircut: .basisPoints(150), heldMax: 500_000_000, held: 7)
        #expect(proceeds.otherwise == .depth)
        #expect(
            proceeds.assets == [
                BotConfiguration.AssetChoice(market: "aave-v2", asset: "WETH", use: .pool),
                BotConfiguration.AssetChoice(market: "aave-v2", asset: "WBTC", use: .keep(keeping)),
            ])
    }

    @Test func `without a word everything is sold in its own pool`() throws {
        let proceeds = try BotConfiguration.decode("", file: "f").proceeds
        #expect(proceeds.otherwise == .pool)
        #expect(proceeds.assets.isEmpty)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let message: String
        var testDescription: String { text }
    }

    static let named = "[[proceeds.assets]]\nmarket = \"m\"\nasset = \"A\"\n"
    static let wrong = [
        Wrong(
            text: "proceeds.otherwise = \"keep\"",
            message: "f:1: proceeds.otherwise: found \"keep\"; allowed: \"pool\" or \"depth\""),
        Wrong(
            text: named + "use = \"sell\"",
            message: "f:4: proceeds.assets[0].use: found \"sell\"; allowed: \"pool\", \"depth\" or \"keep\""),
        Wrong(
            text: named, message: "f:1: proceeds.assets[0].use: found nothing; allowed: \"pool\", \"depth\" or \"keep\""
        ),
        Wrong(
            text: named + "use = \"keep\"",
            message: "f:1: proceeds.assets[0].held_max: found nothing; allowed: a string of decimal digits, below 2^127"
        ),
        Wrong(
            text: named + "use = \"depth\"\nhaircut_bps = 5",
            message:
                "f:5: proceeds.assets[0].haircut_bps: found a key of what is kept; allowed: only with use = \"keep\""),
        Wrong(
            text: named + "use = \"keep\"\nheld_max = \"1\"\nhaircut_bps = 5001",
            message: "f:6: proceeds.assets[0].haircut_bps: found 5001; allowed: an integer from 0 to 5000"),
        Wrong(
            text: named + "use = \"pool\"\nhair = 5",
            message:
                "f:5: proceeds.assets[0].hair: found an unknown key; allowed: market, asset, use, haircut_bps, held_max, held"
        ),
        Wrong(
            text: "proceeds.assets = [1]",
            message:
                "f:1: proceeds.assets[0]: found 1; allowed: a table of market, asset, use, haircut_bps, held_max, held"),
        Wrong(
            text: named + "use = \"pool\"\n" + named + "use = \"pool\"",
            message: "f:5: proceeds.assets[1]: found A of m a second time; allowed: each asset of a market once"),
        Wrong(
            text: "mode = \"live\"\nlive.enabled = true\n" + named + "use = \"keep\"\nheld_max = \"1\"",
            message:
                "f:6: proceeds.assets[0].use: found \"keep\" while mode is \"live\"; allowed: \"pool\" or \"depth\" with mode = \"live\""
        ),
        Wrong(text: "winning.weight = 0", message: "f:1: winning.weight: found 0; allowed: an integer from 1 to 10000"),
        Wrong(
            text: "transaction.zero_bytes = -1",
            message: "f:1: transaction.zero_bytes: found -1; allowed: an integer from 0 to 131072"),
    ]

    @Test(arguments: wrong) func `what cannot be is named with what is allowed`(_ wrong: Wrong) {
        #expect(message(wrong.text) == wrong.message)
    }

    private static let chances = (0..<16).map { "\($0 * 10_000_000)" }.joined(separator: ", ")

    @Test func `a table of chances is sixteen numbers that do not fall`() throws {
        let table = try WinTable.decode("chances_ppb = [\(Self.chances)]", file: "t")
        #expect(table.partsPerBillion == (0..<16).map { $0 * 10_000_000 })
        let tables = [
            ("", "t:1: chances_ppb: found nothing; allowed: sixteen chances in billionths, none below the one before"),
            ("chances_ppb = [1]", "t:1: chances_ppb: found an array of 1; allowed: an array of 16 integers"),
            (
                "chances_ppb = [\(Self.chances)]\nchance = 1",
                "t:2: chance: found an unknown key; allowed: keys of config/bailiff.toml"
            ),
        ]
        for (text, message) in tables {
            let error = #expect(throws: ConfigurationError.self) { try WinTable.decode(text, file: "t") }
            #expect(error?.description == message)
        }
        let falling = "chances_ppb = [\(Self.chances)]".replacing("150000000", with: "1")
        let error = #expect(throws: ConfigurationError.self) { try WinTable.decode(falling, file: "t") }
        #expect(error?.description.contains("found a chance below the one before") == true)
    }

    @Test func `the table is found beside the configuration`() throws {
        let folder = "/tmp/bailiff-table-\(getpid())"
        try #require(mkdir(folder, 0o700) == 0)
        defer {
            unlink("\(folder)/win.toml")
            rmdir(folder)
        }
        let file = try #require(fopen("\(folder)/win.toml", "w"))
        fputs("chances_ppb = [\(Self.chances)]\n", file)
        fclose(file)
        let found = try BotConfiguration.decode("winning.table = \"win.toml\"", file: "\(folder)/bailiff.toml")
        #expect(found.winning.table?.partsPerBillion.last == 150_000_000)
        let error = #expect(throws: ConfigurationError.self) {
            try BotConfiguration.decode("winning.table = \"other.toml\"", file: "\(folder)/bailiff.toml")
        }
        #expect(error?.description.contains("\(folder)/other.toml") == true)
    }
}
