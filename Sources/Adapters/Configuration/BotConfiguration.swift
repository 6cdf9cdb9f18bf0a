public import Domain
public import Limits
public import Strategy
public import Units
public import Winning

/// Everything an operator decides, typed and within its range.
///
/// Each default is the value that `config/bailiff.toml` shows.
public struct BotConfiguration: Equatable, Sendable {
    public enum Mode: String, CaseIterable, Sendable { case paper, live }

    public struct Feed: Equatable, Sendable {
        public var endpoints = ["tcp://127.0.0.1:5556"]
        /// Prefixes; the empty one is everything.
        public var topics = [""]
        public var highWaterMark: Int32 = 65_536
        /// A stream that says nothing for longer is not trusted and its socket is rebuilt.
        public var silenceMax: Interval = .milliseconds(1_000)

        public init() {}
    }

    public struct Venue: Equatable, Sendable {
        public var url = "http://127.0.0.1:8080"
        /// The name that the venue knows our key by.
        public var liquidator = "bailiff"
        public var secret = SecretSource.environment("BAILIFF_SECRET")
        public var requestMax: Interval = .milliseconds(2_000)
        public var attemptsMax: Int = 5
        public var statusPoll: Interval = .milliseconds(50)

        public init() {}
    }

    /// Whose attested levels are believed, and for which market.
    public struct Attestor: Equatable, Sendable {
        public var market: String
        /// `scheme:key`; whether it is one is for whoever knows the schemes to say.
        public var key: String

        public init(market: String, key: String) {
            self.market = market
            self.key = key
        }
    }

    /// An outside model that has a say on every bid.
    public struct Model: Equatable, Sendable {
        /// The program and its words; empty for none.
        public var command: [String] = []
        public var answerMax: Interval = .milliseconds(50)
        public var timeToLive: Interval = .milliseconds(12_000)
        public var isBuiltInWithoutAnswer = true
        /// Empty for none.
        public var transcript = ""

        public init() {}
    }

    /// What becomes of an asset that is seized, by its names.
    public struct AssetChoice: Equatable, Sendable {
        public var market: String
        public var asset: String
        public var use: AssetUse

        public init(market: String, asset: String, use: AssetUse) {
            self.market = market
            self.asset = asset
            self.use = use
        }
    }

    public struct Proceeds: Equatable, Sendable {
        /// Of assets that are not named.
        public var otherwise = AssetUse.pool
        public var assets: [AssetChoice] = []

        public init() {}
    }

    /// What is known at the start of how bids fare by their tip.
    public struct Winning: Equatable, Sendable {
        /// `nil`: the line that the strategy draws.
        public var table: WinTable?
        /// Where it came from; empty for none.
        public var file = ""
        public var learns = true
        public var weight: UInt32 = 16

        public init() {}
    }

    /// The bytes of a transaction, for rollups.
    public struct Transaction: Equatable, Sendable {
        public var zeroBytes: UInt64 = 104
        public var otherBytes: UInt64 = 176
        public var compressed: UInt64 = 230

        public init() {}
    }

    public var mode = Mode.paper
    /// The second of three keys to real money; the third is given on the command line.
    public var isLiveEnabled = false
    public var feed = Feed()
    public var venue = Venue()
    public var journalPath = "var/bailiff.sqlite"
    /// In the smallest unit of the cash asset.
    public var capital: TokenAmount = 0
    /// One whole native token.
    public var gasMoney: Wei = 1_000_000_000_000_000_000
    public var strategy = StrategyParameters()
    public var limits = LimitSettings()
    public var proceeds = Proceeds()
    public var winning = Winning()
    public var transaction = Transaction()
    public var model = Model()
    /// Markets and accounts that carry one of these tags are watched and not acted on.
    public var excludedTags: [String] = []
    public var attestors: [Attestor] = []
    public var printsSummary = true

    public init() {}
}
