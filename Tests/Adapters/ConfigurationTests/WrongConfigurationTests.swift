import Configuration
import Testing

@Suite struct WrongConfigurationTests {
    /// A text that must be refused, and every word that the operator then reads.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let message: String
        var testDescription: String { text }

        init(_ text: String, _ message: String) {
            self.text = text
            self.message = message
        }
    }

    static let table = [
        Wrong(#"mode = 1"#, #"f:1: mode: found 1; allowed: "paper" or "live""#),
        Wrong(#"mode = "Paper""#, #"f:1: mode: found "Paper"; allowed: "paper" or "live""#),
        Wrong(
            #"mode = "live""#,
            #"f:1: mode: found "live" while live.enabled is false; allowed: "live" with live.enabled = true"#),
        Wrong(
            #"mode = "live"\#nlive.enabled = false"#,
            #"f:1: mode: found "live" while live.enabled is false; allowed: "live" with live.enabled = true"#),
        Wrong(#"live.enabled = "true""#, #"f:1: live.enabled: found "true"; allowed: true or false"#),
        Wrong(#"live = true"#, #"f:1: live: found true; allowed: a table"#),
        Wrong(#"live.enable = true"#, #"f:1: live.enable: found an unknown key; allowed: did you mean live.enabled?"#),
        Wrong(#"moode = "paper""#, #"f:1: moode: found an unknown key; allowed: did you mean mode?"#),
        Wrong(#"[feeds]\#ntopics = [""]"#, #"f:1: feeds: found an unknown key; allowed: did you mean feed?"#),
        Wrong(#"feed = []"#, #"f:1: feed: found an array of 0; allowed: a table"#),
        Wrong(#"[[feed]]\#ntopics = [""]"#, #"f:1: feed: found an array of 1; allowed: a table"#),
        Wrong(
            #"[feed]\#nendpoints = "tcp://127.0.0.1:5556""#,
            #"f:2: feed.endpoints: found "tcp://127.0.0.1:5556"; allowed: an array of 1 to 16 strings"#),
        Wrong(
            #"[feed]\#nendpoints = []"#,
            #"f:2: feed.endpoints: found an array of 0; allowed: an array of 1 to 16 strings"#),
        Wrong(
            #"[feed]\#nendpoints = ["127.0.0.1:5556"]"#,
            #"f:2: feed.endpoints[0]: found "127.0.0.1:5556"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["tcp://127.0.0.1"]"#,
            #"f:2: feed.endpoints[0]: found "tcp://127.0.0.1"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["tcp://:5556"]"#,
            #"f:2: feed.endpoints[0]: found "tcp://:5556"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["tcp://h:0"]"#,
            #"f:2: feed.endpoints[0]: found "tcp://h:0"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["tcp://h:65536"]"#,
            #"f:2: feed.endpoints[0]: found "tcp://h:65536"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["tcp://h:*"]"#,
            #"f:2: feed.endpoints[0]: found "tcp://h:*"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["tcp://a b:1"]"#,
            #"f:2: feed.endpoints[0]: found "tcp://a b:1"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["tcp:"]"#,
            #"f:2: feed.endpoints[0]: found "tcp:"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoints = ["ipc://"]"#,
            #"f:2: feed.endpoints[0]: found "ipc://"; allowed: tcp://host:port or ipc://path"#),
        Wrong(
            #"[feed]\#nendpoint = ["tcp://h:1"]"#,
            #"f:2: feed.endpoint: found an unknown key; allowed: did you mean feed.endpoints?"#),
        Wrong(
            #"[feed]\#ntopics = ["123456789012345678901234567890123"]"#,
            #"f:2: feed.topics[0]: found "123456789012345678901234567890123"; allowed: a string of at most 32 bytes"#),
        Wrong(
            #"[feed]\#ntopics = [[""]]"#,
            #"f:2: feed.topics[0]: found an array of 1; allowed: a string of at most 32 bytes"#),
        Wrong(
            #"[feed]\#nhigh_water_mark = 0"#,
            #"f:2: feed.high_water_mark: found 0; allowed: an integer from 1024 to 4194304"#),
        Wrong(
            #"[feed]\#nhigh_water_mark = 1023"#,
            #"f:2: feed.high_water_mark: found 1023; allowed: an integer from 1024 to 4194304"#),
        Wrong(
            #"[feed]\#nhigh_water_mark = 4194305"#,
            #"f:2: feed.high_water_mark: found 4194305; allowed: an integer from 1024 to 4194304"#),
        Wrong(
            #"[feed]\#nhigh_water_mark = 65536.0"#,
            #"f:2: feed.high_water_mark: found 65536.0; allowed: an integer from 1024 to 4194304"#),
        Wrong(
            #"[feed]\#nhigh_water_mark = "65536""#,
            #"f:2: feed.high_water_mark: found "65536"; allowed: an integer from 1024 to 4194304"#),
        Wrong(
            #"[feed]\#nhighwatermark = 65536"#,
            #"f:2: feed.highwatermark: found an unknown key; allowed: did you mean feed.high_water_mark?"#),
        Wrong(
            #"[feed]\#nsilence_milliseconds_max = 99"#,
            #"f:2: feed.silence_milliseconds_max: found 99; allowed: an integer from 100 to 60000"#),
        Wrong(
            #"[feed]\#nsilence_milliseconds_max = 2021-01-11"#,
            #"f:2: feed.silence_milliseconds_max: found the date 2021-01-11; allowed: an integer from 100 to 60000"#),
        Wrong(
            #"[venue]\#nurl = "http://venue.example""#,
            #"f:2: venue.url: found "http://venue.example"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = "http://127.evil.example""#,
            #"f:2: venue.url: found "http://127.evil.example"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = "http://127.0.0.1.evil.example""#,
            #"f:2: venue.url: found "http://127.0.0.1.evil.example"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = "http://127.0.0.1@evil.example""#,
            #"f:2: venue.url: found "http://127.0.0.1@evil.example"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = "https://user@venue.example""#,
            #"f:2: venue.url: found "https://user@venue.example"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = "https://venue.example?key=1""#,
            #"f:2: venue.url: found "https://venue.example?key=1"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = "https://""#,
            #"f:2: venue.url: found "https://"; allowed: https://host[:port][/path], or http:// with a loopback host"#),
        Wrong(
            #"[venue]\#nurl = "https://venue.example:0""#,
            #"f:2: venue.url: found "https://venue.example:0"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = "ftp://venue.example""#,
            #"f:2: venue.url: found "ftp://venue.example"; allowed: https://host[:port][/path], or http:// with a loopback host"#
        ),
        Wrong(
            #"[venue]\#nurl = """#,
            #"f:2: venue.url: found ""; allowed: https://host[:port][/path], or http:// with a loopback host"#),
        Wrong(
            #"[venue]\#nliquidator = """#,
            #"f:2: venue.liquidator: found ""; allowed: 1 to 64 printable ASCII characters without blanks, quotes or backslashes"#
        ),
        Wrong(
            #"[venue]\#nliquidator = "two words""#,
            #"f:2: venue.liquidator: found "two words"; allowed: 1 to 64 printable ASCII characters without blanks, quotes or backslashes"#
        ),
        Wrong(
            #"[venue]\#nsecret = "s3cret""#,
            #"f:2: venue.secret: found an unknown key; allowed: keys of config/bailiff.toml"#),
        Wrong(#"[venue]\#nsecret_file = """#, #"f:2: venue.secret_file: found ""; allowed: a path of 1 to 1024 bytes"#),
        Wrong(
            #"[venue]\#nsecret_environment = "1A""#,
            #"f:2: venue.secret_environment: found "1A"; allowed: the name of an environment variable: letters, digits and underscores"#
        ),
        Wrong(
            #"[venue]\#nsecret_environment = "A-B""#,
            #"f:2: venue.secret_environment: found "A-B"; allowed: the name of an environment variable: letters, digits and underscores"#
        ),
        Wrong(
            #"[venue]\#nsecret_file = "a"\#nsecret_environment = "B""#,
            #"f:2: venue.secret_file: found a second source of the secret; allowed: secret_file or secret_environment, not both"#
        ),
        Wrong(
            #"[venue]\#nrequest_milliseconds_max = 49"#,
            #"f:2: venue.request_milliseconds_max: found 49; allowed: an integer from 50 to 60000"#),
        Wrong(#"[venue]\#nattempts_max = 0"#, #"f:2: venue.attempts_max: found 0; allowed: an integer from 1 to 20"#),
        Wrong(#"[venue]\#nattempts_max = 21"#, #"f:2: venue.attempts_max: found 21; allowed: an integer from 1 to 20"#),
        Wrong(
            #"[venue]\#nstatus_poll_milliseconds = 4"#,
            #"f:2: venue.status_poll_milliseconds: found 4; allowed: an integer from 5 to 10000"#),
        Wrong(#"[journal]\#npath = """#, #"f:2: journal.path: found ""; allowed: a path of 1 to 1024 bytes"#),
        Wrong(
            #"[capital]\#ncash = 0"#, #"f:2: capital.cash: found 0; allowed: a string of decimal digits, below 2^127"#),
        Wrong(
            #"[capital]\#ncash = "-1""#,
            #"f:2: capital.cash: found "-1"; allowed: a string of decimal digits, below 2^127"#),
        Wrong(
            #"[capital]\#ncash = "1.5""#,
            #"f:2: capital.cash: found "1.5"; allowed: a string of decimal digits, below 2^127"#),
        Wrong(
            #"[capital]\#ncash = "1_000""#,
            #"f:2: capital.cash: found "1_000"; allowed: a string of decimal digits, below 2^127"#),
        Wrong(
            #"[capital]\#ncash = "170141183460469231731687303715884105728""#,
            #"f:2: capital.cash: found "170141183460469231731687303715884105728"; allowed: a string of decimal digits, below 2^127"#
        ),
        Wrong(
            #"[capital]\#ngas_money_wei = """#,
            #"f:2: capital.gas_money_wei: found ""; allowed: a string of decimal digits, below 2^127"#),
        Wrong(
            #"[capital]\#ngas_money = "1""#,
            #"f:2: capital.gas_money: found an unknown key; allowed: did you mean capital.gas_money_wei?"#),
        Wrong(
            #"[strategy]\#nminimum_profit_micros = 1e6"#,
            #"f:2: strategy.minimum_profit_micros: found 1000000.0; allowed: an integer from -1000000000000 to 1000000000000000"#
        ),
        Wrong(
            #"[strategy]\#ntip_share_bps = 9901"#,
            #"f:2: strategy.tip_share_bps: found 9901; allowed: an integer from 0 to 9900"#),
        Wrong(
            #"[strategy]\#nmin_profit_micros = 1"#,
            #"f:2: strategy.min_profit_micros: found an unknown key; allowed: did you mean strategy.minimum_profit_micros?"#
        ),
        Wrong(
            #"[strategy]\#nuses_flash_loans = 1"#, #"f:2: strategy.uses_flash_loans: found 1; allowed: true or false"#),
        Wrong(
            #"[strategy]\#ncompletely_different = 1"#,
            #"f:2: strategy.completely_different: found an unknown key; allowed: keys of config/bailiff.toml"#),
        Wrong(
            #"[strategy]\#nfeed.topics = [""]"#,
            #"f:2: strategy.feed: found an unknown key; allowed: did you mean feed?"#),
        Wrong(#"summary = true"#, #"f:1: summary: found an unknown key; allowed: did you mean output.summary?"#),
        Wrong(#"output.summary = inf"#, #"f:1: output.summary: found inf; allowed: true or false"#),
        Wrong(
            #"mode = "#,
            #"f:1: syntax: found Error while parsing key-value pair: encountered end-of-file; allowed: TOML 1.0"#),
        Wrong(
            #"mode = "paper"\#nmode = "paper""#,
            #"f:2: syntax: found Error while parsing key-value pair: cannot redefine existing string 'mode'; allowed: TOML 1.0"#
        ),
        Wrong(
            #"[feed"#,
            #"f:1: syntax: found Error while parsing table header: encountered end-of-file; allowed: TOML 1.0"#),
        Wrong(
            #"mode = "paper"#,
            #"f:1: syntax: found Error while parsing string: encountered end-of-file; allowed: TOML 1.0"#),
        Wrong(
            #"deadline_blocks = 99999999999999999999"#,
            #"f:1: syntax: found Error while parsing decimal integer: '99999999999999999999' is not representable in 64 bits; allowed: TOML 1.0"#
        ),
    ]

    @Test(arguments: table)
    func `a wrong configuration is refused with file, line, key, what was found and what is allowed`(wrong: Wrong) {
        let error = #expect(throws: ConfigurationError.self) { try BotConfiguration.decode(wrong.text, file: "f") }
        #expect(error?.description == wrong.message)
    }

    @Test func `a secret written into the file by mistake is not repeated in the message`() {
        let error = #expect(throws: ConfigurationError.self) {
            try BotConfiguration.decode("[venue]\nsecret = \"canary-7391\"", file: "f")
        }
        #expect(error?.description.contains("canary") == false)
    }
}
