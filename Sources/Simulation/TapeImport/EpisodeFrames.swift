import Domain
import FeedProtocol
public import MarginEngine
public import Units

/// An episode as the frames that a venue would have sent while it was played: `market` and `chain`, each after a snapshot, then
/// what changes at its moment and a block at each interval.
///
/// Nobody liquidates here: an account stays as the episode opened it. The same episode gives the same frames, byte for byte.
public struct EpisodeFrames {
    private let episode: Episode
    private let records: MarketRecords
    private var market = FrameStream(publisher: EpisodeFrames.publisher, "market")
    private var chain = FrameStream(publisher: EpisodeFrames.publisher, "chain")
    private var versions: [String: UInt64] = [:]
    private var ticks: PriceTicks?

    public static let publisher = "tape"

    /// - Parameter ticks: prices between the episode's own; none where it is to be played as it is.
    public init(_ episode: Episode, ticks: PriceTicks? = nil) {
        self.episode = episode
        self.ticks = ticks
        records = MarketRecords(episode: episode)
    }

    public mutating func write(
        to sink: (_ topic: [UInt8], _ body: [UInt8], _ at: Moment, _ sequence: UInt64) throws -> Void
    ) throws {
        let opening = episode.events.prefix { $0.moment <= episode.start }
        for event in opening { ticks?.note(event.event) }
        try open(with: opening, sink)
        var events = episode.events[opening.count...]
        var number: UInt64 = 0
        var blockAt = episode.start
        while blockAt <= episode.end {
            if number > 0 { try tick(before: blockAt, &events, sink) }
            try apply(&events, upTo: blockAt, sink)
            try market.flush(to: sink)
            let block = BlockUpdate(
                market: MarketIndex(0), number: BlockNumber(episode.firstBlock.height + number), timestamp: blockAt)
            try chain.write(at: blockAt, to: sink) { records.block(block, &$0) }
            try chain.flush(to: sink)
            number += 1
            blockAt = blockAt + episode.blockInterval
        }
    }

    private mutating func apply(
        _ events: inout ArraySlice<TimedEvent>, upTo moment: Moment, _ sink: FrameStream.Sink
    ) throws {
        while let event = events.first, event.moment <= moment {
            events.removeFirst()
            ticks?.note(event.event)
            try apply(event, sink)
        }
    }

    /// Prices at even steps through the time before a block, each in a frame of its own.
    private mutating func tick(
        before blockAt: Moment, _ events: inout ArraySlice<TimedEvent>, _ sink: FrameStream.Sink
    ) throws {
        let count = ticks?.perBlock ?? 0
        for step in stride(from: count, to: 0, by: -1) {
            let back = episode.blockInterval.nanoseconds / Int64(count + 1) * Int64(step)
            let moment = blockAt + Interval(nanoseconds: -back)
            try apply(&events, upTo: moment, sink)
            guard let (reserve, price) = ticks?.next() else { continue }
            try market.flush(before: moment, to: sink)
            try market.write(at: moment, to: sink) { [records] in records.price(reserve, price, &$0) }
        }
    }

    private mutating func open(with opening: ArraySlice<TimedEvent>, _ sink: FrameStream.Sink) throws {
        let start = episode.start
        let records = records
        var versions = versions
        try market.snapshot(at: start, to: sink) { stream in
            try stream.write(at: start, to: sink) { records.definition(&$0) }
            for index in episode.reserves.indices {
                try stream.write(at: start, to: sink) { records.reserve(ReserveIndex(index), &$0) }
            }
            // Prices before the accounts that they decide about.
            for event in opening { try stream.write(event.event, at: start, sink, records, accounts: false, &versions) }
            for event in opening { try stream.write(event.event, at: start, sink, records, accounts: true, &versions) }
        }
        self.versions = versions
        try chain.snapshot(at: start, to: sink) { stream in
            try stream.write(at: start, to: sink) { records.definition(&$0) }
            for event in opening {
                guard let gas = event.event.gas else { continue }
                try stream.write(at: start, to: sink) { records.gas(gas, &$0) }
            }
        }
    }

    private mutating func apply(_ event: TimedEvent, _ sink: FrameStream.Sink) throws {
        try market.flush(before: event.moment, to: sink)
        if let gas = event.event.gas {
            try chain.write(at: event.moment, to: sink) { [records] in records.gas(gas, &$0) }
            return try chain.flush(to: sink)
        }
        let isAccount = if case .account = event.event { true } else { false }
        try market.write(event.event, at: event.moment, sink, records, accounts: isAccount, &versions)
    }
}

extension EpisodeEvent {
    fileprivate var gas: GasUpdate? {
        guard case .gas(let baseFee, let median, let high) = self else { return nil }
        return GasUpdate(market: MarketIndex(0), baseFee: baseFee, priorityFeeMedian: median, priorityFeeHigh: high)
    }
}

extension FrameStream {
    /// Writes an event of the market's stream if it is an account, or if it is none.
    fileprivate mutating func write(
        _ event: EpisodeEvent, at moment: Moment, _ sink: Sink, _ records: MarketRecords, accounts: Bool,
        _ versions: inout [String: UInt64]
    ) throws {
        switch event {
        case .price(let reserve, let price) where !accounts:
            try write(at: moment, to: sink) { records.price(reserve, price, &$0) }
        case .pool(let reserve, let pool) where !accounts:
            try write(at: moment, to: sink) { records.pool(reserve, pool, &$0) }
        case .account(let account) where accounts:
            let version = versions[account.name, default: 0] + 1
            versions[account.name] = version
            try write(at: moment, to: sink) { records.account(account.name, version: version, account.legs, &$0) }
        default: break
        }
    }
}
