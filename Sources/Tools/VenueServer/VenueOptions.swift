package import MarginEngine
package import Mechanisms
import Units

/// Everything a practice venue is started with.
package struct VenueOptions: Sendable {
    package var episode: Episode
    package var rules: any FixedPenaltyRules
    package var liquidators: [VenueLiquidator]
    package var world = WorldSettings()
    package var pace = PlaySettings()
    package var faults = FaultSettings()
    /// Where the feed is bound; the system chooses a port for `*`.
    package var feedEndpoint = "tcp://127.0.0.1:*"
    /// On loopback; the system chooses one for zero.
    package var httpPort: UInt16 = 0

    package init(episode: Episode, rules: any FixedPenaltyRules, liquidators: [VenueLiquidator]) {
        self.episode = episode
        self.rules = rules
        self.liquidators = liquidators
    }

    /// The feed's publisher, and so the first part of every topic.
    package static let publisher = "venue"
}

/// A liquidator with the secret that its requests are signed with.
package struct VenueLiquidator: Sendable {
    package var liquidator: Liquidator
    package var secret: [UInt8]

    package init(_ liquidator: Liquidator, secret: [UInt8]) {
        self.liquidator = liquidator
        self.secret = secret
    }
}

/// How fast an episode is played.
package struct PlaySettings: Equatable, Sendable {
    /// Market seconds for a second on the wall; zero is as fast as possible.
    package var speed: Double = 600
    /// A block takes at least so long on the wall while an order waits, or an account that fell lately can be taken.
    package var blockMillisecondsMin: Int = 25
    /// How many blocks an account that fell is raced for; then it is of no interest to anybody, and time runs on.
    package var contestedBlocks: UInt64 = 100
    /// Whether playing waits until somebody has subscribed to every stream.
    package var waitsForSubscriber = true
    /// From the first snapshot to the first block.
    package var warmUpMilliseconds: Int = 300
    /// How long the venue stays after the end, so that late orders end and can be asked about.
    package var lingerMilliseconds: Int = 2_000
    /// Between snapshots that nobody asked for.
    package var snapshotIntervalMilliseconds: Int = 5_000

    package init() {}

    static let heartbeat = Interval.milliseconds(250)
    /// Longest sleep between looks at the stop flag and at subscribers.
    static let napMilliseconds = 50
}

/// Trouble on purpose, for tests of those who speak to a venue. Zero is none.
package struct FaultSettings: Equatable, Sendable {
    /// Every so many orders are taken in and not answered.
    package var dropResponseEvery: UInt64 = 0
    /// Every so many orders are taken in and answered with 500.
    package var answer500Every: UInt64 = 0
    /// Before each answer to an order. Holds up everybody: there is one thread.
    package var delayMilliseconds: UInt32 = 0

    package init() {}
}
