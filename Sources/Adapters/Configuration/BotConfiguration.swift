package import Domain
package import Limits
package import Strategy
package import Units
package import Winning

/// Everything an operator decides, typed and within its range.
///
/// Each default is the value that `config/bailiff.toml` shows.
package struct BotConfiguration: Equatable, Sendable {
    package enum Mode: String, CaseIterable, Sendable { case paper, live }

    package struct Feed: Equatable, Sendable {
        package var endpoints = ["tcp://127.0.0.1:5556"]
        /// Prefixes; the empty one is everything.
        package var topics = [""]
        package var highWaterMark: Int32 = 65_536
        /// A stream that says nothing for longer is not trusted and its socket is rebuilt.
        package var silenceMax: Interval = .milliseconds(1_000)

        package init() {}
    }

    package struct Venue: Equatable, Sendable {
        package var url = "http://127.0.0.1:8080"
        /// The name that the venue knows our key by.
        package var liquidator = "bailiff"
        package var secret = SecretSource.environment("BAILIFF_SECRET")
        package var requestMax: Interval = .milliseconds(2_000)
        package var attemptsMax: Int = 5
        package var statusPoll: Interval = .milliseconds(50)

        package init() {}
    }

    /// Whose attested levels are believed, and for which market.
    package struct Attestor: Equatable, Sendable {
        package var market: String
        /// `scheme:key`; whether it is one is for whoever knows the schemes to say.
        package var key: String

        package init(market: String, key: String) {
            self.market = market
            self.key = key
        }
    }

    /// An outside model that has a say on every bid.
    package struct Model: Equatable, Sendable {
        /// The program and its words; empty for none.
        package var command: [String] = []
        package var answerMax: Interval = .milliseconds(50)
        package var timeToLive: Interval = .milliseconds(12_000)
        package var isBuiltInWithoutAnswer = true
        /// Empty for none.
        package var transcript = ""

        package init() {}
    }

    /// What becomes of an asset that is seized, by its names.
    package struct AssetChoice: Equatable, Sendable {
        package var market: String
        package var asset: String
        package var use: AssetUse

        package init(market: String, asset: String, use: AssetUse) {
            self.market = market
            self.asset = asset
            self.use = use
        }
    }

    package struct Proceeds: Equatable, Sendable {
        /// Of assets that are not named.
        package var otherwise = AssetUse.pool
        package var assets: [AssetChoice] = []

        package init() {}
    }

    /// What is known at the start of how bids fare by their tip.
    package struct Winning: Equatable, Sendable {
        /// `nil`: the line that the strategy draws.
        package var table: WinTable?
        /// Where it came from; empty for none.
        package var file = ""
        package var learns = true
        package var weight: UInt32 = 16

        package init() {}
    }

    /// The bytes of a transaction, for rollups.
    package struct Transaction: Equatable, Sendable {
        package var zeroBytes: UInt64 = 104
        package var otherBytes: UInt64 = 176
        package var compressed: UInt64 = 230

        package init() {}
    }

    package var mode = Mode.paper
    /// The second of three keys to real money; the third is given on the command line.
    package var isLiveEnabled = false
    package var feed = Feed()
    package var venue = Venue()
    package var journalPath = "var/bailiff.sqlite"
    /// In the smallest unit of the cash asset.
    package var capital: TokenAmount = 0
    /// One whole native token.
    package var gasMoney: Wei = 1_000_000_000_000_000_000
    package var strategy = StrategyParameters()
    package var limits = LimitSettings()
    package var proceeds = Proceeds()
    package var winning = Winning()
    package var transaction = Transaction()
    package var model = Model()
    /// Markets and accounts that carry one of these tags are watched and not acted on.
    package var excludedTags: [String] = []
    package var attestors: [Attestor] = []
    package var printsSummary = true

    package init() {}
}
