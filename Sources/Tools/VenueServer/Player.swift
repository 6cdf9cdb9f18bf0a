import Console
import Domain
import MarginEngine
import Units
import ZeroMQFeed

/// Plays an episode in scaled time: applies what is due, publishes it, lets those who listen have a block's time, and
/// closes the block. One thread.
struct Player: ~Copyable {
    private let episode: Episode
    private let pace: PlaySettings
    private let world: SharedWorld
    private var feed: VenueFeed
    private let stop: () -> Bool
    private var nextEvent = 0

    init(_ options: VenueOptions, _ world: SharedWorld, _ feed: consuming VenueFeed, stop: @escaping () -> Bool) {
        episode = options.episode
        pace = options.pace
        self.world = world
        self.feed = feed
        self.stop = stop
    }

    /// Takes in what stands at the start: before anybody may ask, since an order for an account that is not there yet would be
    /// refused for good.
    mutating func prepare() {
        applyEvents(until: episode.start)
        // Whoever subscribes gets all of it in a snapshot.
        _ = world.changes()
    }

    /// Returns whether the episode was played to its end.
    mutating func play(_ onProgress: (VenueProgress) -> Void) throws(ZeroMQError) -> Bool {
        try awaitSubscriber()
        world.enter(.playing)
        var time = episode.start
        while time < episode.end {
            time = time + episode.blockInterval
            guard try playBlock(until: time) else { return false }
            onProgress(world.progress(messages: feed.messages))
        }
        world.enter(.finished)
        try linger(onProgress)
        return true
    }

    private mutating func awaitSubscriber() throws(ZeroMQError) {
        guard pace.waitsForSubscriber else { return }
        while !feed.isHeard && !stop() { try rest(milliseconds: PlaySettings.napMilliseconds) }
        try rest(milliseconds: pace.warmUpMilliseconds)
    }

    /// Returns whether it came to the block's end.
    private mutating func playBlock(until time: Moment) throws(ZeroMQError) -> Bool {
        let begin = Clock.monotonic
        applyEvents(until: time)
        try feed.publish(world)
        try rest(until: begin + Interval.milliseconds(Int64(blockMilliseconds())))
        guard !stop() else { return false }
        try closeBlock()
        return true
    }

    private mutating func closeBlock() throws(ZeroMQError) {
        let result = world.withWorld { $0.closeBlock() }
        try feed.publish(world)
        try feed.publish(result.block)
        try feed.tend(world)
    }

    /// The block's time on the wall: its market time scaled, and at least what is needed to race in.
    private func blockMilliseconds() -> Int {
        let seconds = Double(episode.blockInterval.nanoseconds) / 1e9
        let scaled = pace.speed > 0 ? Int(seconds * 1_000 / pace.speed) : 0
        let blocks = pace.contestedBlocks
        let isRaced = world.withWorld { $0.pendingCount > 0 || $0.isContested(within: blocks) }
        return isRaced ? max(scaled, pace.blockMillisecondsMin) : scaled
    }

    private mutating func applyEvents(until time: Moment) {
        let first = nextEvent
        while nextEvent < episode.events.count, episode.events[nextEvent].moment <= time { nextEvent += 1 }
        guard nextEvent > first else { return }
        let due = episode.events[first..<nextEvent]
        world.withWorld { world in
            for event in due { world.apply(event.event) }
        }
    }

    /// After the end blocks go on, so that late orders end, and questions are answered.
    private mutating func linger(_ onProgress: (VenueProgress) -> Void) throws(ZeroMQError) {
        let end = Clock.monotonic + .milliseconds(Int64(pace.lingerMilliseconds))
        while Clock.monotonic < end && !stop() {
            try rest(milliseconds: max(pace.blockMillisecondsMin, 1))
            try closeBlock()
            onProgress(world.progress(messages: feed.messages))
        }
    }

    private mutating func rest(milliseconds: Int) throws(ZeroMQError) {
        try rest(until: Clock.monotonic + .milliseconds(Int64(milliseconds)))
    }

    /// Lets time pass, and answers subscribers meanwhile.
    private mutating func rest(until end: Moment) throws(ZeroMQError) {
        try feed.tend(world)
        while !stop() {
            let left = (end - Clock.monotonic).nanoseconds
            guard left > 0 else { return }
            try feed.wait(milliseconds: min(Int(left / 1_000_000) + 1, PlaySettings.napMilliseconds))
            try feed.tend(world)
        }
    }
}
