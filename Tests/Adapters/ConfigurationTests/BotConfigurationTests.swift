import Configuration
import Strategy
import Testing
import Units

@Suite struct BotConfigurationTests {
    @Test func `values that are given replace the defaults`() throws {
        let text = """
            mode = "live"
            live.enabled = true
            [feed]
            endpoints = ["tcp://10.0.0.1:5556", "ipc:///run/feed"]
            topics = ["venue-1.", "venue-2."]
            high_water_mark = 1024
            silence_milliseconds_max = 100
            [venue]
            url = "https://venue.example:8443/base"
            liquidator = "desk-1"
            secret_file = "/etc/bailiff/secret"
            [capital]
            cash = "170141183460469231731687303715884105727"
            gas_money_wei = "5"
            [strategy]
            minimum_profit_micros = -5
            uses_flash_loans = false
            [output]
            summary = false
            """
        let configuration = try BotConfiguration.decode(text, file: "bailiff.toml")
        #expect(configuration.mode == .live && configuration.isLiveEnabled)
        #expect(configuration.feed.endpoints == ["tcp://10.0.0.1:5556", "ipc:///run/feed"])
        #expect(configuration.feed.topics == ["venue-1.", "venue-2."])
        #expect(configuration.feed.highWaterMark == 1_024)
        #expect(configuration.feed.silenceMax == .milliseconds(100))
        #expect(configuration.venue.url == "https://venue.example:8443/base")
        #expect(configuration.venue.secret == .file("/etc/bailiff/secret"))
        #expect(configuration.capital == UInt128(Int128.max))
        #expect(configuration.gasMoney == 5)
        #expect(configuration.strategy.minimumProfitMicros == -5)
        #expect(!configuration.strategy.usesFlashLoans)
        #expect(!configuration.printsSummary)
    }

    @Test func `the ends of every strategy range are accepted, and one past them is not`() throws {
        for row in StrategyParameters.table {
            // Lower ends of a pair are given with their upper ends, so that none is above the other.
            let others =
                "win_chance_most_bps rival_reservation_high_bps rival_latency_high_micros own_latency_high_micros"
                .split(separator: " ").filter { $0 != row.name }
                .map { name in "\(name) = \(name.hasSuffix("bps") ? 10_000 : 60_000_000)" }
            let lowers =
                row.name.contains("_high_") || row.name.contains("_most_")
                ? [
                    "win_chance_least_bps", "rival_reservation_low_bps", "rival_latency_low_micros",
                    "own_latency_low_micros",
                ]
                .map { "\($0) = 0" } : []
            let decode = { (value: String) throws(ConfigurationError) in
                let lines = ["[strategy]", "\(row.name) = \(value)"] + others + lowers
                return try BotConfiguration.decode(lines.joined(separator: "\n"), file: "t")
            }
            let isWord = if case .categorical = row.scale { true } else { false }
            for value in [row.range.lowerBound, row.range.upperBound] {
                let text = isWord ? "\"\(row.text(value))\"" : row.text(value)
                #expect(row.read(try decode(text).strategy) == value, "\(row.name)")
            }
            for value in [row.range.lowerBound - 1, row.range.upperBound + 1] {
                #expect(throws: ConfigurationError.self, "\(row.name) = \(value)") { try decode("\(value)") }
            }
        }
    }

    @Test func `two ends in the wrong order are told by name, and so is a word that is none`() {
        let error = #expect(throws: ConfigurationError.self) {
            try BotConfiguration.decode(
                "[strategy]\nrival_latency_low_micros = 5\nrival_latency_high_micros = 4\nwin_model = \"maybe\"",
                file: "t")
        }
        #expect(
            error?.description == """
                t:2: strategy.rival_latency_low_micros: found 5; allowed: at most rival_latency_high_micros, which is 4
                t:4: strategy.win_model: found "maybe"; allowed: "always", "table", "rivals"
                """)
    }

    @Test(arguments: [
        "https://venue.example", "https://venue.example/", "https://10.1.2.3:443/a/b", "http://localhost:1",
        "http://127.0.0.1:65535",
        "http://127.9.9.9", "http://[::1]:8080/x", "https://[2001:db8::1]:8443",
    ])
    func `these addresses are allowed`(url: String) throws {
        let configuration = try BotConfiguration.decode("venue.url = \"\(url)\"", file: "t")
        #expect(configuration.venue.url == url)
    }

    @Test func `all problems are told at once, in order of line`() {
        let text = """
            mode = "fast"
            [strategy]
            deadline_blocks = 0
            tip_share = 3
            [feed]
            topics = []
            endpoints = ["tcp://a:1", 7, "udp://b:2"]
            """
        let error = #expect(throws: ConfigurationError.self) { try BotConfiguration.decode(text, file: "f.toml") }
        #expect(
            error?.description == """
                f.toml:1: mode: found "fast"; allowed: "paper" or "live"
                f.toml:3: strategy.deadline_blocks: found 0; allowed: an integer from 1 to 10000
                f.toml:4: strategy.tip_share: found an unknown key; allowed: did you mean strategy.tip_share_bps?
                f.toml:6: feed.topics: found an array of 0; allowed: an array of 1 to 16 strings
                f.toml:7: feed.endpoints[1]: found 7; allowed: tcp://host:port or ipc://path
                f.toml:7: feed.endpoints[2]: found "udp://b:2"; allowed: tcp://host:port or ipc://path
                """)
    }

    @Test func `no key is asked for twice`() {
        #expect(Set(BotConfiguration.keys).count == BotConfiguration.keys.count)
        #expect(BotConfiguration.keys.count == 73)
    }
}
