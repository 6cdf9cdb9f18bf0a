import Units

/// What tapes and logs told, before anything is fitted. The same sources in the same order and the same seed are the same
/// observations.
///
/// Example: `try observations.read(file, title: "a day", rules: names)`, then `observations.fit()`. One thread.
public struct Observations {
    let seed: UInt64
    private(set) var samples: [ModelKey: Reservoir] = [:]
    private(set) var sources: [ModelKey: [String]] = [:]
    var rivals = RivalCount()
    /// Blocks that an order could have been in, and was, by the key of its chance.
    private(set) var trials: [ModelKey: (all: UInt64, in: UInt64)] = [:]
    var auctions: [Auction] = []
    public internal(set) var counts = Counts()
    public var ether = EtherPrices()

    /// An auction of the right to liquidate: a transaction.
    struct Auction {
        var at: Moment
        var incentiveDollars: Double
        var recapturedEther: Double
    }

    /// What was seen beside what is fitted.
    public struct Counts: Equatable, Sendable, Encodable {
        public internal(set) var frames: UInt64 = 0
        /// Frames that were received when they were published, or before: no latency is told.
        public internal(set) var framesWithoutLatency: UInt64 = 0
        public internal(set) var gasRecords: UInt64 = 0
        public internal(set) var liquidations: UInt64 = 0
        public internal(set) var liquidators = 0
        public internal(set) var auctions = 0
        /// Auctions too far from any price of ether, with an incentive of nothing, or that gave back more than the incentive.
        public internal(set) var auctionsWithoutPrice = 0
        public internal(set) var auctionsWithoutIncentive = 0
        public internal(set) var auctionsAboveIncentive = 0
        /// Liquidations of such recordings that did not go through an auction, or of which that is not known.
        public internal(set) var withoutAuction: UInt64 = 0
        public internal(set) var logLines: UInt64 = 0
        /// Answers of a venue to orders, on runs' own tapes.
        public internal(set) var answers: UInt64 = 0
    }

    public init(seed: UInt64) { self.seed = seed }

    mutating func add(_ value: Int64, to key: ModelKey, from source: String) {
        let number = UInt64(ModelKey.allCases.firstIndex(of: key) ?? 0)
        samples[key, default: Reservoir(seed: seed ^ number << 32)].add(
            min(max(value, key.range.lowerBound), key.range.upperBound))
        note(source, for: key)
    }

    mutating func add(blocks: UInt64, included: UInt64, to key: ModelKey, from source: String) {
        guard blocks > 0 else { return }
        let before = trials[key] ?? (0, 0)
        trials[key] = (before.all + blocks, before.in + included)
        note(source, for: key)
    }

    mutating func note(_ source: String, for key: ModelKey) {
        if sources[key]?.last == source { return }
        if sources[key]?.contains(source) ?? false { return }
        sources[key, default: []].append(source)
    }
}
