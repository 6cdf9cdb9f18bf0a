public import MarginEngine
public import Mechanisms
import Units

/// Everything a practice venue is started with.
public struct VenueOptions: Sendable {
    public var episode: Episode
    public var rules: any FixedPenaltyRules
    public var liquidators: [VenueLiquidator]
    public var world = WorldSettings()
    public var pace = PlaySettings()
    public var faults = FaultSettings()
    /// Where the feed is bound; the system chooses a port for `*`.
    public var feedEndpoint = "tcp://127.0.0.1:*"
    /// On loopback; the system chooses one for zero.
    public var httpPort: UInt16 = 0

    public init(episode: Episode, rules: any FixedPenaltyRules, liquidators: [VenueLiquidator]) {
        self.episode = episode
        self.rules = rules
        self.liquidators = liquidators
    }

    /// The feed's publisher, and so the first part of every topic.
    public static let publisher = "venue"
}

/// A liquidator with the secret that its requests are signed with.
public struct VenueLiquidator: Sendable {
    public var liquidator: Liquidator
    public var secret: [UInt8]

    public init(_ liquidator: Liquidator, secret: [UInt8]) {
        self.liquidator = liquidator
        self.secret = secret
    }
}

/// How fast an episode is played.
public struct PlaySettings: Equatable, Sendable {
    /// Market seconds for a second on the wall; zero is as fast as possible.
    public var speed: Double = 600
    /// A block takes at least so long on the wall while an order waits, or an account that fell lately can be taken.
    public var blockMillisecondsMin: Int = 25
    /// How many blocks an account that fell is raced for; then it is of no interest to anybody, and time runs on.
    public var contestedBlocks: UInt64 = 100
    /// Whether playing waits until somebody has subscribed to every stream.
    public var waitsForSubscriber = true
    /// From the first snapshot to the first block.
    public var warmUpMilliseconds: Int = 300
    /// How long the venue stays after the end, so that late orders end and can be asked about.
    public var lingerMilliseconds: Int = 2_000
    /// Between snapshots that nobody asked for.
    public var snapshotIntervalMilliseconds: Int = 5_000

    public init() {}

    static let heartbeat = Interval.milliseconds(250)
    /// Longest sleep between looks at the stop flag and at subscribers.
    static let napMilliseconds = 50
}

/// Trouble on purpose, for tests of those who speak to a venue. Zero is none.
public struct FaultSettings: Equatable, Sendable {
    /// Every so many orders are taken in and not answered.
    public var dropResponseEvery: UInt64 = 0
    /// Every so many orders are taken in and answered with 500.
    public var answer500Every: UInt64 = 0
    /// Before each answer to an order. Holds up everybody: there is one thread.
    public var delayMilliseconds: UInt32 = 0

    public init() {}
}
