import Console
import Domain
import FeedProtocol
import MarginEngine
import TapeImport
import Units
import ZeroMQFeed

/// The venue's two streams: `market` (definitions, prices, pools, accounts: what must keep its order) and `chain` (gas and
/// blocks; it too begins with the market's definition, since its records name the market).
///
/// Whoever subscribes gets a snapshot of each stream that the subscription covers, and everybody does from time to time.
/// One thread: the one that plays, so that no change comes into the middle of a snapshot.
struct VenueFeed: ~Copyable {
    private var socket: PublisherSocket
    private var market: FeedStream
    private var chain: FeedStream
    private let records: MarketRecords
    private let snapshotInterval: Interval
    private var heartbeatDue = Moment.start
    private var snapshotDue: Moment
    private var wanted: Set<String> = []
    /// Streams that somebody has subscribed to since the start.
    private var heard: Set<String> = []

    /// Accounts that are read under one hold of the world, so that requests get their turn within a snapshot.
    private static let accountsPerHold = 512
    /// A snapshot takes at most this share of the time: a large market sends its own less often.
    private static let snapshotRest = 20

    init(_ socket: consuming PublisherSocket, _ options: VenueOptions) {
        let epoch = UInt64(Clock.wall.nanoseconds)
        self.socket = socket
        market = FeedStream("market", epoch: epoch)
        chain = FeedStream("chain", epoch: epoch)
        records = MarketRecords(episode: options.episode)
        snapshotInterval = .milliseconds(Int64(options.pace.snapshotIntervalMilliseconds))
        snapshotDue = Clock.monotonic + snapshotInterval
    }

    var isHeard: Bool { heard.count == 2 }
    var messages: UInt64 { market.sequence + chain.sequence }

    /// Answers subscribers, and sends heartbeats and snapshots that are due.
    mutating func tend(_ world: SharedWorld) throws(ZeroMQError) {
        while let event = try socket.nextSubscription() {
            guard event.begins else { continue }
            for stream in [market, chain] where stream.topic.starts(with: event.topic) {
                wanted.insert(stream.name)
                heard.insert(stream.name)
            }
        }
        let now = Clock.monotonic
        if now >= snapshotDue { wanted = [market.name, chain.name] }
        try sendWanted(world)
        if now >= heartbeatDue {
            heartbeatDue = now + PlaySettings.heartbeat
            try market.heartbeat(to: socket, at: Clock.wall)
            try chain.heartbeat(to: socket, at: Clock.wall)
        }
    }

    private mutating func sendWanted(_ world: SharedWorld) throws(ZeroMQError) {
        guard !wanted.isEmpty else { return }
        let begin = Clock.monotonic
        // The chain comes last: an account that was taken in the block it names is in the market's snapshot.
        if wanted.contains(market.name) { try sendMarket(world) }
        if wanted.contains(chain.name) { try sendChain(world) }
        let end = Clock.monotonic
        let rest = Interval(nanoseconds: (end - begin).nanoseconds * Int64(Self.snapshotRest))
        if end >= snapshotDue { snapshotDue = end + max(snapshotInterval, rest) }
        wanted.removeAll()
    }

    /// Sends what has changed: prices and pools before the accounts that they decide about.
    mutating func publish(_ world: SharedWorld) throws(ZeroMQError) {
        let (changes, reserves, states, gas) = world.changes()
        let now = Clock.wall
        for reserve in changes.prices.sorted() {
            guard let price = reserves.price(of: reserve) else { continue }
            try market.write(to: socket, at: now) { records.price(reserve, price, &$0) }
        }
        for reserve in changes.pools.sorted() {
            guard let pool = reserves.row(reserve)?.pool else { continue }
            try market.write(to: socket, at: now) { records.pool(reserve, pool, &$0) }
        }
        for state in states { try market.write(to: socket, at: now) { records.account(state, &$0) } }
        try market.flush(to: socket)
        if changes.hasGas { try chain.write(to: socket, at: now) { records.gas(gas, &$0) } }
        try chain.flush(to: socket)
    }

    mutating func publish(_ block: BlockUpdate) throws(ZeroMQError) {
        try chain.write(to: socket, at: Clock.wall) { records.block(block, &$0) }
        try chain.flush(to: socket)
    }

    /// Waits until a subscriber stirs, or the time is over.
    func wait(milliseconds: Int) throws(ZeroMQError) {
        _ = try socket.wait(milliseconds: milliseconds)
    }

    private mutating func sendMarket(_ world: SharedWorld) throws(ZeroMQError) {
        let now = Clock.wall
        try market.beginSnapshot(to: socket)
        try market.write(to: socket, at: now) { records.definition(&$0) }
        let reserves = world.reserves
        let indices = records.episode.reserves.indices.map { ReserveIndex($0) }
        for index in indices { try market.write(to: socket, at: now) { records.reserve(index, &$0) } }
        for index in indices {
            guard let row = reserves.row(index) else { continue }
            if let price = row.price { try market.write(to: socket, at: now) { records.price(index, price, &$0) } }
            if let pool = row.pool { try market.write(to: socket, at: now) { records.pool(index, pool, &$0) } }
        }
        var position = 0
        while true {
            let states = world.states(from: position, count: Self.accountsPerHold)
            if states.isEmpty { break }
            position += states.count
            for state in states { try market.write(to: socket, at: now) { records.account(state, &$0) } }
        }
        try market.endSnapshot(to: socket, at: now)
    }

    private mutating func sendChain(_ world: SharedWorld) throws(ZeroMQError) {
        let now = Clock.wall
        let (gas, block) = world.chain
        try chain.beginSnapshot(to: socket)
        try chain.write(to: socket, at: now) { records.definition(&$0) }
        try chain.write(to: socket, at: now) { records.gas(gas, &$0) }
        try chain.write(to: socket, at: now) { records.block(block, &$0) }
        try chain.endSnapshot(to: socket, at: now)
    }
}
